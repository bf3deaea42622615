"""A thread closes by hand, on a day, or when nobody wrote in it for long; it says since when and why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.models import Forum, ModerationEntry, Post, Thread
from tests.forums.conftest import FORUM, words


def ago(**time):
    return timezone.now() - timedelta(**time)


def moderate(client, at, act, **data):
    return client.post(f"{at}moderate/", {"act": act, "reason": ""} | data)


def refused(client, at):
    return client.post(f"{at}reply/", words(body="My long answer")).status_code == 403


def test_a_forum_closes_what_was_quiet_for_long(learner_client, alias, post, at):
    Thread.objects.update(last_post_at=ago(days=40))
    assert "Closed" not in learner_client.get(FORUM).text
    Forum.objects.update(close_after_days=30)
    assert '<span class="tag">Closed</span>' in learner_client.get(FORUM).text
    page = learner_client.get(at).text
    assert "because nobody wrote in it for 30 days." in page
    assert f'href="{FORUM}new/?title=How%20did%20you%20begin%3F"' in page
    assert "data-post-form" not in page
    assert refused(learner_client, at)
    assert Post.objects.count() == 1


def test_what_is_kept_on_top_stays_open(learner_client, alias, post, at):
    Forum.objects.update(close_after_days=30)
    Thread.objects.update(last_post_at=ago(days=40), pinned=True)
    assert not refused(learner_client, at)


def test_a_post_in_time_keeps_a_thread_open(learner_client, alias, post, at):
    Forum.objects.update(close_after_days=30)
    Thread.objects.update(created_at=ago(days=400), last_post_at=ago(days=29))
    assert not refused(learner_client, at)


def test_a_moderator_opens_again_what_was_quiet(learner_client, moderator_client, alias, post, at):
    Forum.objects.update(close_after_days=30)
    Thread.objects.update(last_post_at=ago(days=40))
    assert moderate(moderator_client, at, "lock").status_code == 422  # it is closed: that act is not offered
    assert moderate(moderator_client, at, "unlock").status_code == 302
    assert not refused(learner_client, at)


def test_a_moderator_closes_at_once_and_opens_again(learner_client, moderator_client, alias, post, at):
    moderate(moderator_client, at, "lock")
    assert "A moderator closed this thread on" in learner_client.get(at).text
    assert refused(learner_client, at)
    moderate(moderator_client, at, "unlock")
    assert Thread.objects.get().closes_at is None
    assert not refused(learner_client, at)


def test_a_moderator_sets_the_day(learner_client, moderator_client, alias, post, at):
    day = timezone.localdate() + timedelta(days=2)
    assert moderate(moderator_client, at, "close_on", until=day.isoformat()).status_code == 302
    assert ModerationEntry.objects.get().act == "close_on"
    assert "This thread closes on" in learner_client.get(at).text
    assert not refused(learner_client, at)
    Thread.objects.update(closes_at=ago(minutes=1))
    assert "as a moderator had planned" in learner_client.get(at).text
    assert refused(learner_client, at)


@pytest.mark.parametrize("until", ["", "yesterday", "2001-01-01", "9999-01-01"])
def test_a_day_that_is_none_is_refused(moderator_client, post, at, until):
    assert moderate(moderator_client, at, "close_on", until=until).status_code == 422
    assert Thread.objects.get().closes_at is None


def test_a_day_counts_for_nothing_else(moderator_client, post, at):
    moderate(moderator_client, at, "pin", until="2999-01-01")
    assert (Thread.objects.get().closes_at, ModerationEntry.objects.get().until) == (None, None)


def test_a_day_goes_before_the_rule_of_the_forum(learner_client, alias, post, at):
    Forum.objects.update(close_after_days=30)
    Thread.objects.update(last_post_at=ago(days=40), closes_at=timezone.now() + timedelta(days=1))
    assert not refused(learner_client, at)


def test_moderators_write_in_a_closed_thread_and_read_why(moderator_client, moderator_alias, post, at):
    Thread.objects.update(closes_at=ago(days=1))
    assert "as a moderator had planned" in moderator_client.get(at).text
    assert moderator_client.post(f"{at}reply/", words()).status_code == 302


def test_closing_costs_no_statement(learner_client, alias, post, at, django_assert_num_queries):
    Forum.objects.update(close_after_days=30)
    Thread.objects.update(last_post_at=ago(days=40))
    learner_client.get(FORUM)
    learner_client.get(at)
    # session, user, forum, alias, groups, threads, pinned, reading marks
    with django_assert_num_queries(8):
        learner_client.get(FORUM)
    # session, user, thread with forum and reading mark, alias, groups, posts, roles of the authors, her marks on posts
    with django_assert_num_queries(8):
        learner_client.get(at)
