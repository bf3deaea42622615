"""What new members write waits, reports hide, a forum left alone closes itself, and nobody need read whom she does not want to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums import actions, safety
from forums.models import Block, Forum, ModerationEntry, Post, SpaceAlias, Thread
from forums.privacy import erase_person
from tests.forums.conftest import FORUM, HOME, words


@pytest.fixture
def first_posts(settings):
    settings.FORUM_FIRST_POSTS = 3


def age(user, days):
    type(user).objects.filter(pk=user.pk).update(date_joined=timezone.now() - timedelta(days=days))


def reply(client, at, body="My first words"):
    return client.post(f"{at}reply/", words(body=body))


def seen_by(client, at, body="My first words"):
    return body in client.get(at).text


# Waiting ---------------------------------------------------------------------------------------


def test_first_posts_wait_and_are_seen_by_their_author_alone(
    first_posts, learner_client, stranger_client, moderator_client, alias, post, at
):
    reply(learner_client, at)
    held = Post.objects.get(held="first")
    assert [seen_by(client, at) for client in (learner_client, stranger_client, moderator_client)] == [
        True,
        False,
        True,
    ]
    assert Thread.objects.get().post_count == 1
    for act in ("report", "keep", "thank"):
        assert stranger_client.post(f"{HOME}posts/{held.pk}/{act}/", {"on": "1"}).status_code == 404
    assert "Words" not in stranger_client.get(f"{at}reply/?quote={held.pk}").text


def test_a_moderator_lets_it_through(first_posts, learner_client, stranger_client, moderator_client, alias, post, at):
    reply(learner_client, at)
    held = Post.objects.get(held="first")
    assert "My first words" in moderator_client.get(f"{HOME}moderation/waiting/").text
    answer = moderator_client.post(f"{HOME}posts/{held.pk}/moderate/?waiting=1", {"act": "release"})
    assert answer["Location"] == f"{HOME}moderation/waiting/#review"
    assert seen_by(stranger_client, at)
    thread = Thread.objects.get()
    assert (thread.post_count, thread.last_post_id) == (2, held.pk)
    assert ModerationEntry.objects.get().act == "release"


def test_a_refused_post_stays_for_its_author_as_hidden(
    first_posts, learner_client, stranger_client, moderator_client, alias, post, at
):
    reply(learner_client, at)
    held = Post.objects.get(held="first")
    moderator_client.post(f"{HOME}posts/{held.pk}/moderate/", {"act": "refuse", "reason": "An offer"})
    assert [seen_by(client, at) for client in (learner_client, stranger_client)] == [True, False]
    assert moderator_client.get(f"{HOME}moderation/waiting/").context["page"].rows == []


def test_a_first_thread_is_in_no_list_before_it_is_let_through(
    first_posts, learner_client, stranger_client, moderator_client, learner, alias
):
    address = learner_client.post(f"{FORUM}new/", words(title="My first question"))["Location"]
    assert learner_client.get(address).status_code == 200
    assert stranger_client.get(address).status_code == 404
    for client in (stranger_client, moderator_client):
        assert "My first question" not in client.get(FORUM).text
        assert "My first question" not in client.get(HOME).text
    safety.release_post(Post.objects.get())
    assert "My first question" in stranger_client.get(FORUM).text
    assert Thread.objects.get().last_post_id == Post.objects.get().pk


def test_the_fourth_post_does_not_wait(first_posts, learner_client, alias, write, post, at):
    for n in range(3):
        write(alias, f"Post {n}", thread=post.thread)
    reply(learner_client, at)
    assert not Post.objects.exclude(held="").exists()


def test_staff_never_wait(first_posts, moderator_client, moderator_alias, post, at):
    reply(moderator_client, at)
    assert not Post.objects.exclude(held="").exists()


@pytest.mark.parametrize(("days", "held"), [(6, "link"), (8, "")])
def test_links_wait_in_a_members_first_days(settings, learner_client, learner, alias, post, at, days, held):
    settings.FORUM_LINK_DAYS = 7
    age(learner, days)
    reply(learner_client, at, body="Look: https://example.org")
    assert Post.objects.get(author=learner).held == held


def test_every_post_of_a_board_waits(learner_client, learner, alias, write, post, at):
    Forum.objects.update(moderated=True)
    assert "looks at each post" in learner_client.get(FORUM).text
    reply(learner_client, at)
    assert Post.objects.get(author=learner).held == "board"


# A forum left alone ----------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "status", "held"), [(6, 302, [""]), (8, 302, ["absent"]), (31, 403, [])])
def test_a_forum_without_a_moderator_holds_and_then_closes(
    learner_client, learner, alias, post, at, days, status, held
):
    Forum.objects.update(moderator_seen_at=timezone.now() - timedelta(days=days))
    answer = reply(learner_client, at)
    assert answer.status_code == status
    assert list(Post.objects.filter(author=learner).values_list("held", flat=True)) == held
    assert (status == 302) or "My first words" in answer.text


@pytest.mark.parametrize("path", [FORUM, f"{HOME}moderation/", f"{HOME}moderation/waiting/"])
def test_a_moderators_visit_opens_it_again(learner_client, moderator_client, forum, path):
    Forum.objects.update(moderator_seen_at=timezone.now() - timedelta(days=40))
    learner_client.get(FORUM)
    assert safety.is_closed(Forum.objects.get())
    moderator_client.get(path)
    assert not safety.is_closed(Forum.objects.get())


# Reports ---------------------------------------------------------------------------------------


def report(make_user, post, number, days, reason="hurtful"):
    for n in range(number):
        user = make_user(f"reader-{days}-{reason}-{n}")
        age(user, days)
        user.refresh_from_db()
        actions.report_post(post=post, reporter=user, reason=reason, note="")


def test_three_reports_of_members_of_some_standing_hide_a_post(
    make_user, learner_client, stranger_client, alias, write
):
    post = write(alias, "Hurtful words")
    report(make_user, post, 2, 20)
    report(make_user, post, 3, 2)
    report(make_user, post, 3, 20, reason="note")
    post.refresh_from_db()
    assert not post.hidden
    report(make_user, post, 1, 21)
    post.refresh_from_db()
    assert post.hidden
    assert "Hurtful words" not in stranger_client.get(post.thread.get_absolute_url()).text
    assert ModerationEntry.objects.get().act == "reported"


def test_a_post_shown_again_is_not_hidden_by_the_same_reports(make_user, moderator_client, alias, write):
    post = write(alias)
    report(make_user, post, 3, 20)
    moderator_client.post(f"{HOME}posts/{post.pk}/moderate/", {"act": "restore"})
    report(make_user, post, 1, 22)
    post.refresh_from_db()
    assert not post.hidden


# Moderators' acts ------------------------------------------------------------------------------


def test_a_warning_is_read_by_her_alone_and_put_away(learner_client, stranger_client, moderator_client, alias, write):
    post = write(alias)
    moderate = f"{HOME}posts/{post.pk}/moderate/"
    assert moderator_client.post(moderate, {"act": "warn"}).status_code == 422
    moderator_client.post(moderate, {"act": "warn", "reason": "Please name no person."})
    assert "Please name no person." in learner_client.get(FORUM).text
    assert "Please name no person." not in stranger_client.get(FORUM).text
    stranger_client.post(f"{FORUM}warning/")
    assert "Please name no person." in learner_client.get(FORUM).text
    learner_client.post(f"{FORUM}warning/")
    assert "Please name no person." not in learner_client.get(FORUM).text


def test_exclusion_from_all_forums_holds_for_every_alias_and_shows_on_none(
    learner, learner_client, moderator_client, alias, other_forum, write
):
    elsewhere = actions.join_forum(user=learner, forum=other_forum, name="Willow 51")
    here, there = write(alias), write(elsewhere)
    until = timezone.localdate() + timedelta(days=9)
    moderator_client.post(f"{HOME}posts/{here.pk}/moderate/", {"act": "hub_ban", "until": until, "reason": "Why"})
    for address in (FORUM, "/en/forums/trainers-kit/"):
        assert learner_client.get(address).status_code == 403
    page = moderator_client.get(f"{HOME}posts/{there.pk}/moderate/")
    assert "excluded" not in page.text.split("<form")[0]
    assert (elsewhere.banned_until, SpaceAlias.objects.get(pk=elsewhere.pk).banned_until) == (None, None)
    moderator_client.post(f"{HOME}posts/{there.pk}/moderate/", {"act": "hub_unban"})
    assert learner_client.get(FORUM).status_code == 200


def test_who_is_excluded_from_all_forums_finds_no_new_one(learner, learner_client, alias, other_forum):
    SpaceAlias.objects.update(hub_banned_until=timezone.now() + timedelta(days=2))
    assert learner_client.get("/en/forums/trainers-kit/join/").status_code == 403
    fresh = actions.join_forum(user=learner, forum=other_forum, name="Willow 51")
    assert fresh.hub_banned_until


# Blocks ----------------------------------------------------------------------------------------


def test_what_a_blocked_alias_writes_is_folded_for_her_alone(
    learner_client, sign_in, make_user, stranger_alias, post, at
):
    block = f"{HOME}aliases/{stranger_alias.pk}/block/"
    learner_client.post(block, {"on": "1"})
    assert "A post by an alias you do not read" in learner_client.get(at).text
    assert "A post by an alias" not in sign_in(make_user("third")).get(at).text
    assert stranger_alias.name in learner_client.get(f"{HOME}blocked/").text
    learner_client.post(block, {"on": "0"})
    assert "A post by an alias" not in learner_client.get(at).text


def test_nobody_blocks_herself_or_what_is_not_there(learner_client, alias):
    learner_client.post(f"{HOME}aliases/{alias.pk}/block/", {"on": "1"})
    assert learner_client.post(f"{HOME}aliases/999/block/", {"on": "1"}).status_code == 404
    assert learner_client.post(f"{HOME}aliases/{2**70}/block/", {"on": "1"}).status_code == 404
    assert not Block.objects.exists()


def test_her_blocks_go_with_her(learner, stranger_alias):
    safety.block_alias(user=learner, alias=stranger_alias)
    erase_person(learner)
    assert not Block.objects.exists()
