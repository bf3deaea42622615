"""Sending a post without leaving the page: the same form and rules, answered in pieces of the page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums import writing_views
from forums.models import Post, Thread, ThreadRead
from tests.forums.conftest import words

JSON = {"accept": "application/json"}


@pytest.fixture
def send(learner_client, alias, at):
    def go(**data):
        return learner_client.post(f"{at}reply/", words(**data), headers=JSON)

    return go


def test_the_new_post_comes_with_an_empty_form(send, post, learner):
    answer = send(body="My answer", after=post.pk)
    hers = Post.objects.get(source="My answer")
    said = answer.json()
    assert (answer.status_code, said["id"], said["said"]) == (200, hers.pk, "Your post is sent.")
    assert said["posts"].count("<article") == 1
    assert f'id="post-{hers.pk}"' in said["posts"]
    assert "My answer" not in said["form"]
    assert "data-post-form" in said["form"]
    assert '<option value="el" selected>' in said["form"]
    assert ThreadRead.objects.get(user=learner).last_post_id == hers.pk


def test_posts_that_others_wrote_in_the_meantime_come_too(send, post, stranger_alias, write):
    write(stranger_alias, "A moment before", thread=post.thread)
    said = send(body="My answer", after=post.pk).json()
    assert said["posts"].index("A moment before") < said["posts"].index("My answer")


@pytest.mark.parametrize("after", ["", "x", "-1", "0", str(2**70)])
def test_without_a_place_it_leads_to_the_post(send, post, after):
    said = send(body="My answer", after=after).json()
    assert said == {"url": Post.objects.get(source="My answer").get_absolute_url()}


def test_with_more_than_a_page_between_it_leads_to_the_post(send, post, stranger_alias, many_posts):
    many_posts(post.thread, stranger_alias, 30)
    assert send(body="My answer", after=post.pk).json()["url"].startswith(post.thread.get_absolute_url())


def test_sent_twice_it_is_one_post(send, post):
    same = words(after=post.pk)
    first, second = send(**same).json(), send(**same).json()
    assert first["id"] == second["id"]
    assert Post.objects.count() == 2


def test_a_post_that_waits_says_so(send, post, settings):
    settings.FORUM_FIRST_POSTS = 3
    said = send(body="My answer", after=post.pk).json()
    assert "A moderator looks at it first" in said["said"]
    assert "Waits for a moderator" in said["posts"]


def test_a_wrong_field_is_named_and_her_words_are_kept(send, post):
    answer = send(body="My answer", language="xx")
    assert answer.status_code == 422
    assert "data-error-summary" in answer.json()["notes"]
    assert "My answer" in answer.json()["form"]


@pytest.mark.parametrize(("state", "status"), [({"locked": True}, 403), ({}, 429)])
def test_what_is_refused_is_said_and_kept(send, post, monkeypatch, state, status):
    Thread.objects.update(**state)
    monkeypatch.setattr(writing_views, "POSTS_PER_TEN_MINUTES", 0)
    answer = send(body="My answer", after=post.pk)
    assert answer.status_code == status
    assert "data-refused" in answer.json()["notes"]
    assert "My answer" in answer.json()["form"]
    assert Post.objects.count() == 1


def test_who_is_signed_out_is_told_so(visitor, post, at):
    assert visitor.post(f"{at}reply/", words(), headers=JSON).json() == {"error": "signed_out"}


def test_the_page_says_where_it_ends(learner_client, alias, post, at, many_posts, stranger_alias):
    assert "data-posts data-end>" in learner_client.get(at).text
    many_posts(post.thread, stranger_alias, 30)
    assert "data-posts>" in learner_client.get(at).text
    assert "data-posts data-end>" in learner_client.get(f"{at}?last=1").text


def test_names_of_this_page_are_offered_without_hers_and_without_former_members(
    learner_client, alias, post, at, write, moderator_alias, erase
):
    write(alias, "Mine", thread=post.thread)
    write(moderator_alias, "Theirs", thread=post.thread)
    erase(moderator_alias)
    page = learner_client.get(at).text
    assert page.count("data-alias") == 1
    assert '<strong dir="auto" data-alias>Maple 81</strong>' in page


@pytest.fixture
def erase():
    def go(alias):
        Post.objects.filter(alias=alias).update(author=None)
        type(alias).objects.filter(pk=alias.pk).update(user=None, name="")

    return go


@pytest.mark.parametrize("count", [0, 1, 3])
def test_it_costs_the_same_with_more_posts(send, post, stranger_alias, write, count):
    for n in range(count):
        write(stranger_alias, f"Between {n}", thread=post.thread)
    with CaptureQueriesContext(connection) as seen:
        assert "posts" in send(body="My answer", after=post.pk).json()
    # session, user, thread with forum, alias, groups, the same words before, thread locked, the same id before, post, counters,
    # reading mark with following, whom it concerns, their news, their mail; posts, roles of the authors, reading mark;
    # and, where others wrote in between, her marks on their posts
    statements = [query for query in seen if "SAVEPOINT" not in query["sql"]]
    assert len(statements) == (18 if count else 17)
