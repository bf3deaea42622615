"""A thread goes to another forum; nobody's two aliases meet, and nobody takes the name of another."""

import pytest

from forums import actions
from forums.models import Forum, ModerationEntry, Post, SpaceAlias, Thread, ThreadRead
from forums.moving import NamesMeet, homes_for, move_thread
from forums.news import words_of
from hub.notifications.models import Notification
from tests.forums.conftest import FORUM, HOME, words
from tests.forums.test_news import told

OTHER = f"{HOME}trainers-kit/"


@pytest.fixture
def thread(stranger_alias, write, alias):
    """Maple 81 asked; Heron 27 answered."""
    question = write(stranger_alias)
    write(alias, "I think", thread=question.thread)
    return Thread.objects.select_related("forum", "alias").get()


@pytest.fixture
def move(thread, other_forum, moderator, moderator_alias):
    def go(to=other_forum):
        return move_thread(thread=thread, to=to, moderator=moderator, alias=moderator_alias, reason="It fits there")

    return go


def test_a_moderator_moves_it_by_the_form(moderator_client, learner_client, thread, other_forum, stranger):
    old = thread.get_absolute_url()
    answer = moderator_client.post(f"{old}moderate/", {"act": "move", "to": other_forum.pk, "reason": "It fits there"})
    assert answer["Location"] == f"{OTHER}{thread.pk}/"
    entry = ModerationEntry.objects.get()
    assert (entry.act, entry.forum.slug, entry.reason) == ("move", "learners-kit", "It fits there")
    assert "How did you begin?" in learner_client.get(OTHER).text
    assert "How did you begin?" not in learner_client.get(FORUM).text


def test_old_addresses_lead_to_the_new_place(learner_client, thread, move):
    old, post = thread.get_absolute_url(), thread.posts.last()
    move()
    answer = learner_client.get(f"{old}?at={post.pk}")
    assert (answer.status_code, answer["Location"]) == (302, f"{OTHER}{thread.pk}/?at={post.pk}")


def test_who_may_not_read_the_new_place_finds_nothing_at_the_old(learner_client, thread, move, other_forum):
    old = thread.get_absolute_url()
    move()
    Forum.objects.filter(pk=other_forum.pk).update(staff_only=True)
    assert learner_client.get(old).status_code == 404


def test_readers_stay_and_the_author_is_told(thread, move, stranger, learner):
    before = list(ThreadRead.objects.order_by("pk").values())
    move()
    assert list(ThreadRead.objects.order_by("pk").values()) == before
    row = Notification.objects.get(user=stranger, kind="moderated")
    assert (row.path, row.context["act"]) == (f"forums/trainers-kit/{thread.pk}/", "move")
    assert words_of(stranger, [row])[row.pk].place == "Holding a circle"
    assert "moderated" not in [kind for kind, _ in told(learner)]


def test_who_wrote_in_it_goes_on_under_the_same_alias(learner_client, learner, alias, thread, move, other_forum):
    move()
    page = learner_client.get(f"{OTHER}{thread.pk}/").text
    assert "data-post-form" in page  # without an alias in the other forum
    assert "In it you stay <strong>Heron 27</strong>" in page
    elsewhere = actions.join_forum(user=learner, forum=other_forum, name="Comet 5")
    learner_client.post(f"{OTHER}{thread.pk}/reply/", words(body="And one more"))
    assert Post.objects.last().alias == alias
    assert "Comet 5" not in learner_client.get(f"{OTHER}{thread.pk}/").text
    learner_client.post(f"{OTHER}new/", words(title="Elsewhere"))
    assert Post.objects.last().alias == elsewhere


def test_who_asked_still_says_which_answer_helped_and_chooses_tags(stranger_client, thread, move):
    move()
    answer = thread.posts.last()
    assert stranger_client.post(f"{HOME}posts/{answer.pk}/accept/", {"on": "1"}).status_code == 302
    assert Thread.objects.get().accepted == answer
    assert stranger_client.get(f"{OTHER}{thread.pk}/tags/").status_code == 200


def test_who_did_not_write_in_it_uses_her_alias_of_the_new_forum(
    moderator, sign_in, make_user, move, thread, other_forum
):
    other = make_user("another")
    hers = actions.join_forum(user=other, forum=other_forum, name="Comet 5")
    move()
    sign_in(other).post(f"{OTHER}{thread.pk}/reply/", words(body="Welcome"))
    assert Post.objects.last().alias == hers


def test_nobody_is_given_a_name_of_the_thread_in_the_new_forum(moderator_client, move):
    move()
    answer = moderator_client.post(f"{OTHER}join/", {"name": "Heron-27", "rules": "on"})
    assert [error.code for error in answer.context["form"].errors.as_data()["name"]] == ["taken"]
    assert not SpaceAlias.objects.filter(forum__slug="trainers-kit").exclude(name="").exists()


@pytest.mark.parametrize("same_person", [True, False])
def test_it_does_not_move_where_one_of_its_names_is_taken(
    moderator_client, make_user, learner, thread, move, other_forum, same_person
):
    """The answer is the same for one person and for two: it must not tell which."""
    holder = learner if same_person else make_user("another")
    actions.join_forum(user=holder, forum=other_forum, name="heron27")
    with pytest.raises(NamesMeet):
        move()
    answer = moderator_client.post(f"{FORUM}{thread.pk}/moderate/", {"act": "move", "to": other_forum.pk})
    assert answer.status_code == 422
    assert "Two people could look like one." in answer.text
    assert Thread.objects.get().forum.slug == "learners-kit"
    assert SpaceAlias.objects.filter(forum=other_forum).count() == 1


def test_it_moves_back_and_a_second_one_after_it(thread, move, forum, other_forum, write, alias, moderator):
    move()
    move(forum)
    move()
    second = write(alias, title="Another matter").thread
    move_thread(thread=second, to=other_forum, moderator=moderator, alias=None)
    assert set(Thread.objects.values_list("forum__slug", flat=True)) == {"trainers-kit"}


def test_an_erased_name_of_the_new_forum_stops_nothing(move, make_user, other_forum):
    gone = actions.join_forum(user=make_user("another"), forum=other_forum, name="Heron 27")
    SpaceAlias.objects.filter(pk=gone.pk).update(user=None, name="")
    move()
    assert Thread.objects.get().forum == other_forum


@pytest.mark.parametrize("rule", ["staff_only", "public"])
def test_it_moves_only_where_the_same_people_read(moderator_client, moderator, thread, other_forum, rule):
    Forum.objects.filter(pk=other_forum.pk).update(**{rule: True})
    assert list(homes_for(thread, moderator)) == []
    answer = moderator_client.post(f"{FORUM}{thread.pk}/moderate/", {"act": "move", "to": other_forum.pk})
    assert answer.status_code == 422
    assert Thread.objects.get().forum.slug == "learners-kit"


@pytest.mark.parametrize("to", ["", "x", "999", str(2**70)])
def test_a_forum_that_is_none_is_refused(moderator_client, thread, other_forum, to):
    assert moderator_client.post(f"{FORUM}{thread.pk}/moderate/", {"act": "move", "to": to}).status_code == 422


def test_members_move_nothing(learner_client, thread, other_forum):
    data = {"act": "move", "to": other_forum.pk}
    assert learner_client.post(f"{FORUM}{thread.pk}/moderate/", data).status_code == 403


def test_what_is_on_its_way_while_it_moves_is_kept_in_the_form(learner, alias, thread, move):
    stale = Thread.objects.select_related("forum").get()
    move()
    same = {"author": learner, "alias": alias, "source": "x", "html": "<p>x</p>", "language": "en", "client_id": None}
    with pytest.raises(actions.ThreadLocked):
        actions.reply(thread=stale, **same)


@pytest.mark.parametrize("field", ["muted_until", "banned_until"])
def test_a_paused_alias_stays_paused_in_the_thread(learner_client, alias, restrict, thread, move, field):
    restrict(alias, field)
    move()
    assert learner_client.get(f"{OTHER}{thread.pk}/").status_code == 200
    assert learner_client.post(f"{OTHER}{thread.pk}/reply/", words()).status_code == 403


def test_an_alias_of_the_old_forum_is_spoken_to_in_the_thread(thread, move, learner, write, moderator, other_forum):
    move()
    hers = actions.join_forum(user=moderator, forum=other_forum, name="Amber 13")
    post = write(hers, "@Heron 27?", thread=Thread.objects.select_related("forum").get())
    assert 'class="mention"' in post.html
    assert told(learner)[-1] == ("mention", f"post:{post.pk}")


def test_a_moved_thread_costs_one_statement_more(learner_client, thread, move, django_assert_num_queries):
    move()
    learner_client.get(f"{OTHER}{thread.pk}/")
    # as any thread, and under which alias she wrote in it
    with django_assert_num_queries(9):
        learner_client.get(f"{OTHER}{thread.pk}/")


def test_pinning_and_tags_of_the_old_forum_stay_there(thread, move):
    thread.pinned, thread.tags = True, ",papers,"
    move()
    moved = Thread.objects.get()
    assert (moved.pinned, moved.tags) == (False, "")
