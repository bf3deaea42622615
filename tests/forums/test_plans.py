"""By which index the statements of a forum's pages find their rows, so that a page costs the same at any size.

SQLite plans by rules, not by what the tables hold: what it says of these few rows holds for a million.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums import reading
from forums.models import ForumTag, Report, Thread
from tests.forums.conftest import FORUM, HOME

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by what the tables hold")

ABOUT_TALK = re.compile(r'"(forums|notifications)_')
# What may be read from one end: small tables, what was counted up to a limit, lists in the order of their key.
READ_THROUGH = {
    "SCAN forums_forum",
    "SCAN U0",  # forums, in a subquery
    "SCAN counted",
    "SCAN subquery",
    "SCAN forums_moderationentry",
    "SCAN forums_report USING INDEX reports_open",
    "SCAN forums_post USING INDEX posts_that_wait",
}


@pytest.fixture
def plan_of():
    """`plan_of(client, path)`: what SQLite says of all statements of a page."""

    def make(client, path):
        client.get(path)  # what is kept in memory is read once
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        lines = []
        statements = [sql for query in seen if ABOUT_TALK.search(sql := query["sql"])]
        for sql in statements:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                lines += [row[3] for row in cursor.fetchall()]
        return lines

    return make


def indexes(plan):
    return {word for line in plan for word in line.split()}


def read_through(plan):
    return {line for line in plan if line.startswith("SCAN")}


@pytest.fixture
def thread(alias, stranger_alias, write, many_posts):
    thread = write(alias).thread
    ForumTag.objects.create(forum=thread.forum, slug="papers", name="Papers")
    many_posts(thread, stranger_alias, 50)
    return thread


@pytest.mark.parametrize(
    ("page", "index"),
    [
        ("", "threads_by_key"),
        ("", "threads_on_top"),
        ("?after=40", "threads_by_key"),
        ("?before=1", "threads_by_key"),
        ("?tag=papers", "threads_with_tags"),
        ("{thread}/", "posts_of_thread_by_key"),
        ("{thread}/?after=20", "posts_of_thread_by_key"),
        ("{thread}/?last=1", "posts_of_thread_by_key"),
        ("{thread}/?unread=1", "posts_of_thread_by_key"),
        ("../mine/", "posts_of_author_by_key"),
        ("../mine/?after=1", "posts_of_author_by_key"),
        ("../kept/", "marks_of_reader"),
        ("../followed/", "followed_by_reader"),
        ("../../my/news/", "news_of_reader_by_key"),
        ("../../my/news/", "unread_news"),
    ],
)
def test_a_member_s_page_finds_its_rows_by_an_index(learner_client, thread, plan_of, page, index):
    path = FORUM + page.format(thread=thread.pk)
    path = path.replace("/forums/learners-kit/../../", "/").replace("learners-kit/../", "")
    plan = plan_of(learner_client, path)
    assert index in indexes(plan)
    assert read_through(plan) <= READ_THROUGH
    assert "followed" in path or not [line for line in plan if "ORDER BY" in line]


@pytest.mark.parametrize(
    ("page", "index"),
    [("moderation/", "reports_open"), ("moderation/waiting/", "posts_that_wait"), ("moderation/log/", "")],
)
def test_a_moderator_s_list_finds_its_rows_by_an_index(moderator_client, thread, plan_of, page, index):
    for post in thread.posts.all()[:30]:
        Report.objects.create(post=post, reason="rules")
    thread.posts.filter(pk__gt=thread.posts.first().pk).update(held="first")
    plan = plan_of(moderator_client, HOME + page)
    assert index in {*indexes(plan), ""}
    assert read_through(plan) <= READ_THROUGH


def test_who_follows_much_meets_her_threads_from_the_newest_on(learner_client, thread, plan_of, monkeypatch):
    monkeypatch.setattr(reading, "FEW", 1)
    plan = plan_of(learner_client, f"{HOME}followed/")
    assert "SCAN forums_thread USING INDEX threads_newest" in plan
    assert read_through(plan) <= {*READ_THROUGH, "SCAN forums_thread USING INDEX threads_newest"}
    assert not [line for line in plan if "ORDER BY" in line]


def test_the_newest_threads_of_a_forum_are_found_without_sorting(alias, many_threads):
    many_threads(alias, 3)
    assert (
        "threads_by_key"
        in Thread.objects.filter(forum=alias.forum, pinned=False, held=False, hidden=False)
        .order_by("-last_post_id")
        .explain()
    )
