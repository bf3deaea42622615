"""Pages by key, and how many statements a page costs."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.models import Thread, ThreadRead
from hub.lib.paging import key_page
from hub.notifications.actions import choose_mail
from hub.notifications.models import Notification, Outbox, Preference

FORUM = "/en/forums/learners-kit/"


@pytest.fixture
def ids(alias, write, many_posts):
    thread = write(alias).thread
    return many_posts(thread, alias, 59)


@pytest.fixture
def rows(ids):
    return Thread.objects.get().posts.all()


def shown(page):
    return [row.pk for row in page]


def test_pages_follow_each_other_without_gap_or_repeat(rows, ids):
    first = key_page(rows, key="pk")
    second = key_page(rows, key="pk", after=first.next)
    third = key_page(rows, key="pk", after=second.next)
    assert shown(first) + shown(second) + shown(third) == ids
    assert (first.previous, third.next) == (None, None)


def test_pages_lead_back_the_same_way(rows, ids):
    last = key_page(rows, key="pk", last=True)
    middle = key_page(rows, key="pk", before=last.previous)
    first = key_page(rows, key="pk", before=middle.previous)
    assert shown(first) + shown(middle) + shown(last) == ids
    assert (first.previous, last.next) == (None, None)


def test_newest_first_pages_both_ways(rows, ids):
    first = key_page(rows, key="pk", descending=True)
    second = key_page(rows, key="pk", descending=True, after=first.next)
    assert shown(first) + shown(second) == ids[::-1][:40]
    assert shown(key_page(rows, key="pk", descending=True, before=second.previous)) == shown(first)


def test_beyond_the_ends_there_is_still_a_full_page(rows, ids):
    assert shown(key_page(rows, key="pk", after=2**62)) == ids[-20:]
    assert shown(key_page(rows, key="pk", before=1)) == ids[:20]
    assert shown(key_page(rows, key="pk", before=ids[3])) == ids[:20]


def test_jump_shows_the_post_first(learner_client, ids):
    page = learner_client.get(f"{Thread.objects.get().get_absolute_url()}?at={ids[30]}").context["page"]
    assert shown(page) == ids[30:50]


def test_last_page_ends_with_the_last_post(learner_client, ids):
    page = learner_client.get(f"{Thread.objects.get().get_absolute_url()}?last=1").context["page"]
    assert shown(page) == ids[-20:]


def test_forum_pages_show_each_thread_once(learner_client, alias, many_threads):
    many_threads(alias, 45)
    seen, path = [], FORUM
    while path:
        page = learner_client.get(path).context["page"]
        seen += [thread.title for thread in page]
        path = f"{FORUM}?after={page.next}" if page.next else None
    assert seen == [f"Thread {n}" for n in range(44, -1, -1)]


# Statements ------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 30])
def test_forum_costs_the_same_with_more_threads(learner_client, alias, many_threads, django_assert_num_queries, count):
    many_threads(alias, count)
    learner_client.get(FORUM)
    # session, user, forum, alias, groups, threads, pinned, reading marks
    with django_assert_num_queries(8):
        learner_client.get(FORUM)


@pytest.mark.parametrize("count", [1, 3, 3000])
def test_thread_costs_the_same_with_more_posts(
    learner_client, stranger_alias, write, many_posts, django_assert_num_queries, count
):
    thread = write(stranger_alias).thread
    ids = many_posts(thread, stranger_alias, count - 1)
    learner_client.get(thread.get_absolute_url())
    for query in ["", "?last=1", f"?at={ids[len(ids) // 2]}"]:
        learner_client.get(thread.get_absolute_url() + query)
        # session, user, thread with forum and reading mark, alias, groups, posts, roles of the authors, her marks on posts
        with django_assert_num_queries(8):
            learner_client.get(thread.get_absolute_url() + query)


def test_reading_on_costs_one_statement_more(learner_client, stranger_alias, write, django_assert_num_queries):
    thread = write(stranger_alias).thread
    learner_client.get(FORUM)
    # as above, and the reading mark is written
    with django_assert_num_queries(9):
        learner_client.get(thread.get_absolute_url())


def test_reading_what_the_bell_told_costs_one_more(
    learner_client, learner, alias, stranger_alias, write, django_assert_num_queries
):
    thread = write(alias).thread
    write(stranger_alias, "An answer", thread=thread)
    learner_client.get(FORUM)
    # as above: the reading mark is written, and what the bell told of this thread is read
    with django_assert_num_queries(10):
        learner_client.get(f"{thread.get_absolute_url()}?unread=1")


@pytest.mark.parametrize("count", [1, 3])
def test_index_costs_the_same_with_more_forums(learner_client, django_assert_num_queries, count):
    from forums.models import Forum

    Forum.objects.bulk_create(Forum(slug=f"forum-{n}", name_en="x") for n in range(count))
    learner_client.get("/en/forums/")
    # session, user, forums, groups
    with django_assert_num_queries(4):
        learner_client.get("/en/forums/")


@pytest.mark.parametrize("count", [1, 3])
def test_queue_and_log_cost_the_same_with_more_rows(
    moderator_client, learner, moderator, stranger_alias, write, django_assert_num_queries, count
):
    from forums.models import Report
    from forums.moderation import Act, moderate_post

    for n in range(count):
        first = write(stranger_alias, "A question")
        post = write(stranger_alias, f"Post {n}", thread=first.thread)
        moderate_post(post=post, moderator=moderator, alias=None, act=Act.HIDE)
        Report.objects.create(post=post, reporter=learner, reason="spam")
        write(stranger_alias, "Waits", thread=post.thread, held="first")
    moderator_client.get("/en/forums/moderation/")
    for path, more in [("", 3), ("waiting/", 3), ("log/", 0)]:
        # session, user, groups, forums (a moderator was here), rows; in a queue also ids of what stands before them, these posts,
        # and earlier lines about their aliases
        with django_assert_num_queries(5 + more):
            moderator_client.get(f"/en/forums/moderation/{path}")


def test_reply_costs_at_most_18_statements(learner_client, alias, stranger_alias, write):
    """Opening and closing of transactions are not counted. The one it answers wants an e-mail at once."""
    post = write(stranger_alias)
    choose_mail(user=stranger_alias.user, how="now")
    data = {"body": "Yes", "language": "en", "client_id": uuid.uuid4(), "in_reply_to": post.pk}
    with CaptureQueriesContext(connection) as queries:
        assert learner_client.post(f"{post.thread.get_absolute_url()}reply/", data).status_code == 302
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= 18, "\n\n".join(statements)


@pytest.mark.parametrize("followers", [1, 1000])
def test_reply_costs_the_same_however_many_follow(
    learner_client, alias, stranger_alias, write, django_user_model, settings, followers
):
    """All that may come: it answers a post, its author was new not long ago, and each follower wants an e-mail at once."""
    settings.FORUM_FIRST_POSTS = 1
    thread = write(alias).thread
    answered = write(stranger_alias, "A question back", thread=thread)
    people = django_user_model.objects.bulk_create(django_user_model(username=f"reader-{n}") for n in range(followers))
    ThreadRead.objects.bulk_create(ThreadRead(user=user, thread=thread, following=True) for user in people)
    Preference.objects.bulk_create(Preference(user=user, how="now") for user in people)
    data = {"body": "Yes", "language": "en", "client_id": uuid.uuid4(), "in_reply_to": answered.pk}
    with CaptureQueriesContext(connection) as queries:
        assert learner_client.post(f"{thread.get_absolute_url()}reply/", data).status_code == 302
    assert Notification.objects.filter(user__in=people).count() == Outbox.objects.count() == followers
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    # session, user, thread, alias, groups; the post it answers, said before, new; lock, replay, post, counters, reading mark;
    # readers, notifications, choices, told, outbox
    assert len(statements) == 18, "\n\n".join(statements)
