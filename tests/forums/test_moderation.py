"""What moderators may do, who may not, and what the log says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.counting import recount
from forums.models import Act, ModerationEntry, Post, Report, SpaceAlias, Thread
from forums.moderation import moderate_post

HOME = "/en/forums/"


@pytest.fixture
def post(alias, write):
    return write(alias, "Words that hurt")


def act_on(post):
    return f"{HOME}posts/{post.pk}/moderate/"


def act_on_thread(thread):
    return f"{thread.get_absolute_url()}moderate/"


@pytest.mark.parametrize(
    ("who", "status"),
    [("learner", 403), ("stranger", 403), ("trainer", 403), ("moderator", 200), ("coordinator", 200), ("admin", 200)],
)
def test_who_may_moderate(request, sign_in, post, who, status):
    client = sign_in(request.getfixturevalue(who))
    for path in [act_on(post), act_on_thread(post.thread), f"{HOME}moderation/", f"{HOME}moderation/log/"]:
        assert client.get(path).status_code == status
    if status == 403:
        client.post(act_on(post), {"act": "hide"})
        client.post(act_on_thread(post.thread), {"act": "hide"})
        assert not Post.objects.get().hidden
        assert not Thread.objects.get().hidden
        assert not ModerationEntry.objects.exists()


def test_hidden_post_is_gone_for_others_and_seen_by_its_author(moderator_client, learner_client, stranger_client, post):
    moderator_client.post(act_on(post), {"act": "hide", "reason": "hurts"})
    at = post.thread.get_absolute_url()
    assert "Words that hurt" not in stranger_client.get(at).text
    assert "A moderator has hidden this post." in stranger_client.get(at).text
    assert "Only you and the moderators see it." in learner_client.get(at).text
    assert "Words that hurt" not in stranger_client.get(f"{at}reply/?quote={post.pk}").text
    assert stranger_client.post(f"{HOME}posts/{post.pk}/report/", {"reason": "spam"}).status_code == 404
    assert learner_client.post(f"{HOME}posts/{post.pk}/edit/", {"body": "Back again"}).status_code == 404


def test_hide_and_restore_keep_the_counters(moderator_client, post, stranger_alias, write):
    last = write(stranger_alias, "The last one", thread=post.thread)
    moderator_client.post(act_on(last), {"act": "hide"})
    thread = Thread.objects.get()
    assert (thread.post_count, thread.last_post_id, thread.last_post_at) == (1, post.pk, post.created_at)
    moderator_client.post(act_on(last), {"act": "restore"})
    thread.refresh_from_db()
    assert (thread.post_count, thread.last_post_id, thread.last_post_at) == (2, last.pk, last.created_at)


def test_recount_makes_lost_counters_again(post):
    Thread.objects.update(post_count=99, last_post_id=99)
    recount(Thread.objects.get())
    assert Thread.objects.values_list("post_count", "last_post_id").get() == (1, post.pk)


@pytest.mark.parametrize(
    ("on", "off", "field"), [("lock", "unlock", "locked"), ("pin", "unpin", "pinned"), ("hide", "restore", "hidden")]
)
def test_switches_of_a_thread(moderator_client, post, on, off, field):
    for act, value in [(on, True), (off, False)]:
        assert moderator_client.post(act_on_thread(post.thread), {"act": act}).status_code == 302
        assert getattr(Thread.objects.get(), field) is value
    assert list(ModerationEntry.objects.values_list("act", flat=True).order_by("pk")) == [on, off]


def test_pinned_thread_stays_on_top_of_the_first_page(learner_client, stranger_alias, write, many_threads, post):
    Thread.objects.update(pinned=True)
    many_threads(stranger_alias, 25)
    first = learner_client.get("/en/forums/learners-kit/")
    assert [thread.pk for thread in first.context["pinned"]] == [post.thread_id]
    assert post.thread_id not in [thread.pk for thread in first.context["page"]]
    older = learner_client.get(f"/en/forums/learners-kit/?after={first.context['page'].next}")
    assert older.context["pinned"] == []


@pytest.mark.parametrize(
    ("act", "undo", "field"), [("mute", "unmute", "muted_until"), ("ban", "unban", "banned_until")]
)
def test_pause_and_exclusion_have_an_end_and_can_be_undone(moderator_client, post, alias, act, undo, field):
    day = timezone.localdate() + timedelta(days=7)
    assert moderator_client.post(act_on(post), {"act": act, "until": day.isoformat()}).status_code == 302
    alias.refresh_from_db()
    assert timezone.localtime(getattr(alias, field)).date() == day
    moderator_client.post(act_on(post), {"act": undo})
    alias.refresh_from_db()
    assert getattr(alias, field) is None


def test_pause_ends_by_itself(learner_client, alias, post):
    SpaceAlias.objects.update(muted_until=timezone.now() - timedelta(seconds=1))
    answer = learner_client.post(f"{post.thread.get_absolute_url()}reply/", {"body": "Here again", "language": "en"})
    assert answer.status_code == 302


def test_pause_in_one_forum_says_nothing_in_another(moderator_client, learner_client, learner, post, other_forum):
    elsewhere = SpaceAlias.objects.create(user=learner, forum=other_forum, name="Cedar 44")
    day = timezone.localdate() + timedelta(days=7)
    moderator_client.post(act_on(post), {"act": "mute", "until": day.isoformat()})
    elsewhere.refresh_from_db()
    assert not elsewhere.is_muted


@pytest.mark.parametrize("until", ["", "2020-01-01", "9999-12-31", "x", "\0"])
@pytest.mark.parametrize("act", ["mute", "ban"])
def test_pause_without_a_sound_end_is_asked_again(moderator_client, post, act, until):
    answer = moderator_client.post(act_on(post), {"act": act, "until": until, "reason": "Keep this"})
    assert answer.status_code == 422
    assert "Keep this" in answer.text
    assert not ModerationEntry.objects.exists()


@pytest.mark.parametrize("act", ["", "restore", "pin", "x"])
def test_acts_that_do_not_fit_are_refused(moderator_client, post, act):
    assert moderator_client.post(act_on(post), {"act": act}).status_code == 422
    assert not ModerationEntry.objects.exists()


def test_an_act_answers_the_open_reports(moderator_client, stranger, post):
    Report.objects.create(post=post, reporter=stranger, reason="hurtful")
    assert (
        moderator_client.post(f"{act_on(post)}?queue=1", {"act": "dismiss"})["Location"] == f"{HOME}moderation/#review"
    )
    assert Report.objects.get().handled_at is not None
    assert not Post.objects.get().hidden
    assert "No open report" in moderator_client.get(f"{HOME}moderation/").text


def test_log_names_role_and_alias_but_no_person(moderator_client, moderator_alias, alias, post):
    day = timezone.localdate() + timedelta(days=7)
    moderator_client.post(act_on(post), {"act": "mute", "until": day.isoformat(), "reason": "Second time"})
    entry = ModerationEntry.objects.get()
    assert (entry.role, entry.alias_name, entry.act, entry.target, entry.reason) == (
        "moderator",
        "Amber 12",
        Act.MUTE,
        alias,
        "Second time",
    )
    page = moderator_client.get(f"{HOME}moderation/log/").text.partition("<main")[2].partition("</main>")[0]
    for said in ["Moderator", "Amber 12", "Heron 27", "Second time"]:
        assert said in page
    assert "learner<" not in page
    assert ">moderator" not in page


def test_moderator_without_alias_is_logged_by_role(coordinator, post):
    entry = moderate_post(post=post, moderator=coordinator, alias=None, act=Act.HIDE)
    assert (entry.role, entry.alias_name) == ("coordinator", "")
