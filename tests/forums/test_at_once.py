"""Many hands at once: nothing lost, nothing doubled."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection

from forums import actions
from forums.models import Post, SpaceAlias, Thread

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(jobs):
    def run(job):
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(run, jobs))


def sender(thread, alias, text, client_id=None):
    words = {"source": text, "html": f"<p>{text}</p>", "language": "en", "client_id": client_id or uuid.uuid4()}
    return lambda: actions.reply(thread=thread, author=alias.user, alias=alias, **words)


def test_counters_are_exact_after_many_replies_at_once(alias, stranger_alias, write):
    thread = write(alias).thread
    posts = at_once([sender(thread, [alias, stranger_alias][n % 2], f"Post {n}") for n in range(40)])
    thread.refresh_from_db()
    newest = Post.objects.order_by("-pk").first()
    assert len({post.pk for post in posts}) == 40
    assert (thread.post_count, thread.last_post_id) == (41, newest.pk)


def test_one_post_comes_of_one_id_sent_at_once(alias, write):
    thread = write(alias).thread
    client_id = uuid.uuid4()
    posts = at_once([sender(thread, alias, "The same", client_id) for _ in range(8)])
    assert len({post.pk for post in posts}) == 1
    assert Thread.objects.get().post_count == 2


def test_one_thread_comes_of_one_id_sent_at_once(alias):
    words = {"source": "x", "html": "<p>x</p>", "language": "en", "client_id": uuid.uuid4(), "title": "Where to begin"}
    start = lambda: actions.start_thread(forum=alias.forum, author=alias.user, alias=alias, **words)  # noqa: E731
    threads = at_once([start] * 8)
    assert len({thread.pk for thread in threads}) == 1
    assert Thread.objects.count() == Post.objects.count() == 1


def test_replies_sent_by_the_form_at_once_are_all_there_once(forum, make_user, sign_in, alias, write):
    """What scripts/prove_posting.py does for a minute: several members, each post sent twice at the same moment."""
    thread = write(alias).thread
    clients = [sign_in(make_user(f"member-{n}")) for n in range(4)]
    for n, client in enumerate(clients):
        client.post(f"{forum.get_absolute_url()}join/", {"name": f"Heron {n}", "rules": "on"})
    sent = [{"body": f"Post {n}", "language": "en", "client_id": str(uuid.uuid4())} for n in range(12)]
    jobs = [partial(clients[n % 4].post, f"{thread.get_absolute_url()}reply/", data) for n, data in enumerate(sent)]
    assert {answer.status_code for answer in at_once(jobs * 2)} == {302}
    kept = thread.posts.exclude(alias=alias)
    assert sorted(map(str, kept.values_list("client_id", flat=True))) == sorted(data["client_id"] for data in sent)
    thread.refresh_from_db()
    assert (thread.post_count, thread.last_post_id) == (13, kept.order_by("-pk").first().pk)


def test_one_name_asked_for_at_once_goes_to_one(forum, make_user):
    users = [make_user(f"member-{n}") for n in range(6)]
    joiners = [lambda user=user: actions.join_forum(user=user, forum=forum, name="Heron 27") for user in users]
    assert len([alias for alias in at_once(joiners) if alias]) == 1
    assert SpaceAlias.objects.count() == 1
