"""What is new, followed, kept and thanked for: the same on every device, and hers alone."""

import threading

import pytest
from django.db import connection

from forums import actions, reading
from forums.models import Forum, ForumRead, Post, PostMark, SpaceAlias, Thread, ThreadRead
from forums.news import readers_of
from forums.privacy import erase_person
from tests.forums.conftest import FORUM, HOME

JSON = {"headers": {"accept": "application/json"}}


def new_in(client, address=FORUM):
    return [thread.title for thread in client.get(address).context["page"] if thread.has_new]


@pytest.fixture
def theirs(stranger_alias, write):
    """Two threads of somebody else's."""
    return [write(stranger_alias, title=f"Thread {n}").thread for n in (1, 2)]


def followers(thread):
    """Ids of those whom a post of a stranger to all of them concerns."""
    return set(readers_of(thread, Post(alias_id=0)))


# New -------------------------------------------------------------------------------------------


def test_marking_a_forum_as_read_leaves_what_comes_later(learner_client, stranger_alias, theirs, write):
    assert new_in(learner_client) == ["Thread 2", "Thread 1"]
    assert learner_client.post(f"{FORUM}read/").status_code == 303
    assert new_in(learner_client) == []
    write(stranger_alias, "More", thread=theirs[0])
    assert new_in(learner_client) == ["Thread 1"]


def test_marking_everything_as_read_takes_one_row_a_forum(learner_client, learner, other_forum, theirs):
    learner_client.post(f"{HOME}read/")
    assert new_in(learner_client) == []
    assert not ThreadRead.objects.filter(user=learner).exists()


def test_marking_as_read_is_hers_alone(learner_client, sign_in, make_user, theirs):
    learner_client.post(f"{FORUM}read/")
    assert new_in(sign_in(make_user("third"))) == ["Thread 2", "Thread 1"]


def test_first_unread_post_is_found_after_marking_as_read(learner_client, stranger_alias, theirs, write, many_posts):
    many_posts(theirs[0], stranger_alias, 50)
    learner_client.post(f"{FORUM}read/")
    fresh = write(stranger_alias, "The new one", thread=theirs[0])
    page = learner_client.get(f"{FORUM}{theirs[0].pk}/?unread=1").context["page"]
    assert [post.pk for post in page] == [fresh.pk]
    assert page.rows[0].first_new


def test_her_own_post_is_not_new_to_her(learner, learner_client, alias, theirs, write):
    learner_client.get(f"{FORUM}{theirs[0].pk}/")
    own = write(alias, "I was there too.", thread=theirs[0])
    rows = learner_client.get(f"{FORUM}{theirs[0].pk}/?at={own.pk}").context["page"].rows
    assert [row.first_new for row in rows] == [False, False]


def test_a_short_thread_is_shown_whole_whichever_post_is_asked_for(learner_client, stranger_alias, theirs, write):
    posts = [write(stranger_alias, f"Post {n}", thread=theirs[0]) for n in range(9)]
    page = learner_client.get(f"{FORUM}{theirs[0].pk}/?at={posts[-1].pk}").context["page"]
    assert [row.pk for row in page][1:] == [post.pk for post in posts]
    more = write(stranger_alias, "One more", thread=theirs[0])
    page = learner_client.get(f"{FORUM}{theirs[0].pk}/?at={more.pk}").context["page"]
    assert [row.pk for row in page] == [more.pk]


# Following -------------------------------------------------------------------------------------


def test_whoever_writes_follows(learner, alias, stranger, theirs, write):
    write(alias, "My question", thread=theirs[0])
    assert followers(theirs[0]) == {learner.pk, stranger.pk}


def test_who_stopped_following_is_not_made_to_follow_again(learner_client, learner, alias, theirs, write):
    learner_client.post(f"{FORUM}{theirs[0].pk}/follow/", {"on": "0"})
    write(alias, "A word", thread=theirs[0])
    assert learner.pk not in followers(theirs[0])


def test_following_a_forum_reaches_every_thread_but_those_she_stopped(learner_client, learner, theirs):
    learner_client.post(f"{FORUM}follow/", {"on": "1"})
    reading.follow_thread(user=learner, thread=theirs[1], on=False)
    assert learner.pk in followers(theirs[0])
    assert learner.pk not in followers(theirs[1])
    learner_client.post(f"{FORUM}follow/", {"on": "0"})
    assert learner.pk not in followers(theirs[0])


def test_list_of_followed_threads_says_which_have_news(learner_client, learner, stranger_alias, theirs, write):
    for thread in theirs:
        learner_client.post(f"{FORUM}{thread.pk}/follow/", {"on": "1"})
        learner_client.get(f"{FORUM}{thread.pk}/")
    write(stranger_alias, "News", thread=theirs[0])
    page = learner_client.get(f"{HOME}followed/").context["page"]
    assert [(thread.pk, thread.has_new) for thread in page] == [(theirs[0].pk, True), (theirs[1].pk, False)]


def test_reading_does_not_end_following(learner_client, learner, theirs):
    learner_client.post(f"{FORUM}{theirs[0].pk}/follow/", {"on": "1"})
    learner_client.get(f"{FORUM}{theirs[0].pk}/")
    assert ThreadRead.objects.get(user=learner, thread=theirs[0]).following is True


def test_hidden_threads_leave_her_lists(learner_client, learner, theirs):
    for thread in theirs:
        reading.follow_thread(user=learner, thread=thread)
    reading.mark_post(user=learner, post=theirs[0].posts.get(), kind="kept", on=True)
    Thread.objects.update(hidden=True)
    for name in ("followed", "kept"):
        assert learner_client.get(f"{HOME}{name}/").context["page"].rows == []


# Keeping and thanking --------------------------------------------------------------------------


def test_a_thank_you_counts_once_and_can_be_taken_back(learner_client, post):
    for on, count in [("1", 1), ("1", 1), ("0", 0), ("0", 0)]:
        assert learner_client.post(f"{HOME}posts/{post.pk}/thank/", {"on": on}).status_code == 303
        assert Post.objects.get(pk=post.pk).thanks == count


def test_nobody_thanks_herself_or_for_what_is_gone(stranger_client, learner_client, post):
    stranger_client.post(f"{HOME}posts/{post.pk}/thank/", {"on": "1"})
    actions.withdraw_post(post=post)
    learner_client.post(f"{HOME}posts/{post.pk}/thank/", {"on": "1"})
    assert not PostMark.objects.exists()


def test_who_thanked_is_on_no_page(learner_client, learner, alias, sign_in, make_user, post, at):
    learner_client.post(f"{HOME}posts/{post.pk}/thank/", {"on": "1"})
    page = sign_in(make_user("third")).get(at).text
    assert "1 thank-you" in page
    assert alias.name not in page


def test_script_gets_the_buttons_anew(learner_client, post):
    answer = learner_client.post(f"{HOME}posts/{post.pk}/keep/", {"on": "1"}, **JSON)
    assert 'aria-pressed="true"' in answer.json()["html"]
    assert learner_client.get(f"{HOME}kept/").context["page"].rows[0].post == post


def test_kept_posts_are_listed_until_withdrawn(learner_client, post):
    learner_client.post(f"{HOME}posts/{post.pk}/keep/", {"on": "1"})
    assert post.source in learner_client.get(f"{HOME}kept/").text
    actions.withdraw_post(post=post)
    assert learner_client.get(f"{HOME}kept/").context["page"].rows == []


@pytest.mark.parametrize("value", ["", "2", "x" * 5000, "\0"])
def test_a_switch_that_says_nothing_changes_nothing(learner_client, post, value):
    for address in (f"{HOME}posts/{post.pk}/keep/", f"{FORUM}follow/", f"{FORUM}{post.thread_id}/follow/"):
        assert learner_client.post(address, {"on": value}).status_code == 303
    assert not PostMark.objects.exists()


def test_erasing_her_takes_back_her_thanks(learner, stranger, post):
    reading.mark_post(user=learner, post=post, kind="thanks", on=True)
    erase_person(learner)
    assert Post.objects.get(pk=post.pk).thanks == 0
    assert not PostMark.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_thanks_of_sixteen_at_once_are_all_counted(make_user, post):
    users = [make_user(f"reader{n}") for n in range(16)]

    def thank(user):
        for on in (True, True, False, True):
            reading.mark_post(user=user, post=post, kind="thanks", on=on)
        connection.close()

    threads = [threading.Thread(target=thank, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Post.objects.get(pk=post.pk).thanks == 16 == PostMark.objects.count()


# Her posts -------------------------------------------------------------------------------------


def test_my_posts_are_mine_in_every_forum(learner_client, learner, alias, other_forum, post, write):
    elsewhere = actions.join_forum(user=learner, forum=other_forum, name="Willow 51")
    mine = [write(alias, "Here"), write(elsewhere, "There"), write(alias, "Gone")]
    actions.withdraw_post(post=mine[2])
    page = learner_client.get(f"{HOME}mine/").context["page"]
    assert [row.source for row in page] == ["There", "Here"]


@pytest.mark.parametrize("count", [1, 3, 60])
@pytest.mark.parametrize("name", ["mine", "kept", "followed"])
def test_her_lists_cost_the_same_with_more_rows(
    learner_client, learner, alias, write, django_assert_num_queries, count, name
):
    for n in range(count):
        post = write(alias, f"Post {n}")
        reading.mark_post(user=learner, post=post, kind="kept", on=True)
    learner_client.get(f"{HOME}{name}/")
    # session, user, rows; groups where a room for staff could be among them; for threads how many they are, and the reading marks
    with django_assert_num_queries({"mine": 3, "kept": 4, "followed": 6}[name]):
        page = learner_client.get(f"{HOME}{name}/").context["page"]
    assert len(page.rows) == min(count, 20)


@pytest.mark.parametrize("few", [1, 1000])
def test_followed_threads_are_the_same_however_they_are_found(learner, alias, many_threads, monkeypatch, few):
    """Up to a thousand are put in order; among more she meets some soon enough from the newest on."""
    monkeypatch.setattr(reading, "FEW", few)
    many_threads(alias, 5)
    threads = list(Thread.objects.order_by("pk"))
    for thread in threads[:4]:
        reading.follow_thread(user=learner, thread=thread)
    reading.follow_thread(user=learner, thread=threads[1], on=False)
    Thread.objects.filter(pk=threads[2].pk).update(hidden=True)
    found = reading.followed_by(learner).order_by("-last_post_id")
    assert list(found) == [threads[3], threads[0]]


def test_everything_up_to_the_newest_thread_counts_as_read_pinned_or_not(learner, alias, write):
    first, last = write(alias, "First"), write(alias, "Last")
    Thread.objects.filter(pk=first.thread_id).update(pinned=True)
    reading.mark_all_read(user=learner, forums=[alias.forum])
    assert ForumRead.objects.get(user=learner).all_read_id == last.pk
    newest = write(alias, "Now on top", thread=first.thread)
    reading.mark_all_read(user=learner, forums=[alias.forum])
    assert ForumRead.objects.get(user=learner).all_read_id == newest.pk


def test_visitor_is_sent_to_sign_in(visitor, post):
    for name in ("mine", "kept", "followed"):
        assert visitor.get(f"{HOME}{name}/").status_code == 302
    assert visitor.post(f"{HOME}posts/{post.pk}/keep/", {"on": "1"}).status_code == 403
    assert Forum.objects.count() == SpaceAlias.objects.count() == 1
