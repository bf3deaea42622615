"""Who is told of what happens in a forum: everybody it concerns once, and nobody who may not read it."""

import uuid

import pytest

from forums import actions, moderation, safety
from forums.models import Act, Forum, Post, Thread
from forums.news import words_of
from forums.reading import follow_forum, follow_thread
from hub.notifications.models import Notification, Preference
from tests.forums.conftest import FORUM


def told(user):
    return [(row.kind, row.key) for row in Notification.objects.shown().filter(user=user).order_by("pk")]


@pytest.fixture
def thread(stranger_alias, write):
    """A question of the stranger's, which she follows by having written it."""
    return write(stranger_alias).thread


@pytest.fixture
def moderate(moderator, moderator_alias):
    def act_on(post, act, **extra):
        post = Post.objects.select_related("thread__forum", "alias").get(pk=post.pk)
        return moderation.moderate_post(post=post, moderator=moderator, alias=moderator_alias, act=act, **extra)

    return act_on


def test_who_follows_is_told_of_a_reply_and_who_wrote_it_is_not(thread, stranger, alias, learner, write):
    post = write(alias, "I think", thread=thread)
    assert told(stranger) == [("reply", f"post:{post.pk}")]
    assert told(learner) == []


def test_an_answer_to_her_post_is_told_once_and_as_that(thread, stranger, alias, write):
    first = thread.posts.get()
    post = write(alias, "I think", thread=thread, in_reply_to=first)
    assert told(stranger) == [("to_her", f"post:{post.pk}")]


def test_an_answer_reaches_her_who_does_not_follow_unless_she_stopped(thread, stranger, alias, learner, write):
    hers = write(alias, "I think", thread=thread)
    follow_thread(user=learner, thread=thread, on=False)
    write(thread.alias, "Why?", thread=thread, in_reply_to=hers)
    assert told(learner) == []


def test_sending_the_same_reply_twice_tells_once(thread, stranger, alias, learner):
    words = {"source": "Yes", "html": "<p>Yes</p>", "language": "en", "client_id": uuid.uuid4()}
    for _ in range(2):
        actions.reply(thread=thread, author=learner, alias=alias, **words)
    assert len(told(stranger)) == 1


def test_a_follower_of_the_forum_is_told_of_threads_and_posts(forum, learner, stranger_alias, write):
    follow_forum(user=learner, forum=forum)
    post = write(stranger_alias)
    answer = write(stranger_alias, "More", thread=post.thread)
    assert told(learner) == [("thread", f"post:{post.pk}"), ("reply", f"post:{answer.pk}")]


def test_an_announcement_reaches_everybody_with_an_alias_there(forum, alias, learner, stranger, moderator_alias):
    words = {"source": "We meet", "html": "<p>We meet</p>", "language": "en", "client_id": uuid.uuid4()}
    actions.start_thread(
        forum=forum, author=moderator_alias.user, alias=moderator_alias, title="We meet", kind="announcement", **words
    )
    assert [kind for kind, _ in told(learner)] == ["announcement"]
    assert told(stranger) == []  # no alias in this forum


def test_nobody_is_told_of_a_waiting_post_before_it_is_let_through(thread, stranger, alias, learner, write, moderate):
    post = write(alias, "I think", thread=thread, held="first")
    assert told(stranger) == []
    moderate(post, Act.RELEASE)
    assert told(stranger) == [("reply", f"post:{post.pk}")]
    assert [kind for kind, _ in told(learner)] == ["moderated"]


def test_nobody_is_told_of_a_waiting_thread_before_it_is_let_through(
    forum, learner, stranger, stranger_alias, moderate
):
    follow_forum(user=learner, forum=forum)
    words = {"source": "How?", "html": "<p>How?</p>", "language": "en", "client_id": uuid.uuid4()}
    made = actions.start_thread(forum=forum, author=stranger, alias=stranger_alias, title="How?", held="first", **words)
    assert told(learner) == []
    moderate(made.posts.get(), Act.RELEASE)
    assert [kind for kind, _ in told(learner)] == ["thread"]


def test_who_does_not_read_an_alias_is_not_told_of_it(thread, stranger, alias, write):
    safety.block_alias(user=stranger, alias=alias)
    write(alias, "I think", thread=thread)
    assert told(stranger) == []


def test_blocking_an_alias_takes_away_what_is_unread_of_it(thread, stranger, alias, write):
    write(alias, "I think", thread=thread)
    safety.block_alias(user=stranger, alias=alias)
    assert told(stranger) == []


@pytest.mark.parametrize("field", ["banned_until", "hub_banned_until"])
def test_who_is_excluded_is_told_nothing(thread, stranger, stranger_alias, alias, write, restrict, field):
    restrict(stranger_alias, field)
    write(alias, "I think", thread=thread)
    assert told(stranger) == []


def test_who_lost_her_role_is_told_nothing_of_a_staff_forum(thread, stranger, moderator_alias, write):
    Forum.objects.update(staff_only=True)
    thread.refresh_from_db()
    write(moderator_alias, "Among us", thread=thread)
    assert told(stranger) == []
    stranger.is_superuser = True
    stranger.save()
    write(moderator_alias, "Among us", thread=thread)
    assert len(told(stranger)) == 1


def test_a_hidden_post_is_neither_shown_nor_counted_until_it_is_back(thread, stranger, alias, write, moderate):
    post = write(alias, "I think", thread=thread)
    moderate(post, Act.HIDE)
    assert told(stranger) == []
    moderate(post, Act.RESTORE)
    assert told(stranger) == [("reply", f"post:{post.pk}")]


def test_a_hidden_thread_is_not_shown_and_what_was_hidden_in_it_stays_so(
    thread, stranger, alias, write, moderate, moderator, moderator_alias
):
    shown, hidden = (write(alias, text, thread=thread) for text in ("One", "Two"))
    moderate(hidden, Act.HIDE)
    whole = {"thread": Thread.objects.get(), "moderator": moderator, "alias": moderator_alias}
    moderation.moderate_thread(act=Act.HIDE, **whole)
    assert [kind for kind, _ in told(stranger)] == ["moderated"]
    moderation.moderate_thread(act=Act.RESTORE, **whole)
    assert [row for row in told(stranger) if row[0] == "reply"] == [("reply", f"post:{shown.pk}")]


def test_a_withdrawn_post_was_never_told(thread, stranger, alias, write):
    actions.withdraw_post(post=write(alias, "I think", thread=thread))
    assert told(stranger) == []


def test_her_accepted_answer_is_told_once_and_not_while_it_is_taken_back(thread, learner, alias, write):
    post = write(alias, "I think", thread=thread)
    for answer, expected in [(post, 1), (None, 0), (post, 1)]:
        actions.accept_answer(thread=Thread.objects.get(), post=answer)
        assert len(told(learner)) == expected


def test_nobody_is_told_that_she_accepted_her_own_answer(thread, stranger):
    actions.accept_answer(thread=thread, post=thread.posts.get())
    assert told(stranger) == []


def test_who_reported_is_thanked_and_whose_post_it_is_learns_nothing_of_it(thread, learner, stranger, moderate):
    post = thread.posts.get()
    actions.report_post(post=post, reporter=learner, reason="rules", note="")
    moderate(post, Act.DISMISS)
    assert [kind for kind, _ in told(learner)] == ["report"]
    assert told(stranger) == []


@pytest.mark.parametrize("act", [Act.HIDE, Act.WARN, Act.MUTE, Act.BAN, Act.HUB_BAN])
def test_what_a_moderator_does_is_told_to_the_one_it_concerns(thread, stranger, moderate, act):
    moderate(thread.posts.get(), act, reason="Because")
    (row,) = Notification.objects.filter(user=stranger)
    assert (row.kind, row.context["act"]) == ("moderated", act.value)
    assert "Because" not in str(row.context)


def test_no_notification_holds_a_word_or_a_name(thread, learner, stranger, alias, write, moderate):
    post = write(alias, "I think", thread=thread)
    actions.report_post(post=thread.posts.first(), reporter=learner, reason="rules", note="My note")
    moderate(post, Act.WARN, reason="Please stop")
    kept = " ".join(str(list(row.values())) for row in Notification.objects.values())
    for word in ("How did you begin", "I think", "Heron", "Maple", "My note", "Please stop", "learner'", "stranger"):
        assert word not in kept


def test_the_title_is_looked_up_when_it_is_read(thread, stranger, alias, write):
    write(alias, "I think", thread=thread)
    row = Notification.objects.get()
    assert words_of(stranger, [row])[row.pk].title == "How did you begin?"
    Thread.objects.update(hidden=True)
    assert words_of(stranger, [row])[row.pk].title == ""
    Forum.objects.update(staff_only=True)
    assert words_of(stranger, [row]) == {}


# Mail about a forum or a thread ----------------------------------------------------------------


@pytest.mark.parametrize("place", ["", "thread"])
def test_she_chooses_mail_for_a_forum_or_a_thread_and_takes_it_back(learner_client, learner, thread, place):
    address = f"{FORUM}{thread.pk}/mail/" if place else f"{FORUM}mail/"
    scope = f"thread:{thread.pk}" if place else f"forum:{thread.forum_id}"
    learner_client.post(address, {"how": "daily"})
    assert list(Preference.objects.values_list("scope", "how")) == [(scope, "daily")]
    assert ("How did you begin?" if place else "Your next step") in learner_client.get("/en/my/news/settings/").text
    learner_client.post(address, {"how": ""})
    assert not Preference.objects.exists()


def test_a_choice_that_is_none_is_refused(learner_client, thread):
    assert learner_client.post(f"{FORUM}mail/", {"how": "hourly"}).status_code == 422


def test_nobody_chooses_for_a_thread_she_cannot_read(learner_client, thread):
    Thread.objects.update(hidden=True)
    assert learner_client.post(f"{FORUM}{thread.pk}/mail/", {"how": "now"}).status_code == 404


def test_she_is_asked_once_about_mail_and_gets_none_without_an_answer(learner_client, learner, thread):
    for expected in (True, False):
        learner_client.post(f"{FORUM}{thread.pk}/follow/", {"on": "1"})
        page = learner_client.get(thread.get_absolute_url())
        assert ("Nothing is sent by e-mail unless you want it" in page.text) is expected
    assert Preference.objects.get(user=learner).how == "none"


def test_reading_the_thread_reads_what_was_told_of_it(thread, stranger, sign_in, alias, write):
    write(alias, "I think", thread=thread)
    client = sign_in(stranger)
    assert "bell-count" not in client.get(thread.get_absolute_url()).text
    assert Notification.objects.get().read_at
