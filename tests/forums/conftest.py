"""A forum with two members in it, and posts without typing."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from forums import actions
from forums.counting import recount
from forums.models import Forum, Post, SpaceAlias, Thread
from hub.lib.sanitise import render_markdown

HOME = "/en/forums/"
FORUM = "/en/forums/learners-kit/"


def words(**changes):
    """What the form of a post sends; she is sure of the language."""
    sent = {"body": "Good **morning**", "language": "el", "client_id": str(uuid.uuid4())} | changes
    return {"language_sure": sent["language"]} | sent


@pytest.fixture
def forum(db):
    return Forum.objects.create(slug="learners-kit", name_en="Your next step", kit_key=uuid.UUID(int=7))


@pytest.fixture
def other_forum(db):
    return Forum.objects.create(slug="trainers-kit", name_en="Holding a circle", kit_key=uuid.UUID(int=8))


@pytest.fixture
def alias(learner, forum):
    return actions.join_forum(user=learner, forum=forum, name="Heron 27")


@pytest.fixture
def stranger_alias(stranger, forum):
    return actions.join_forum(user=stranger, forum=forum, name="Maple 81")


@pytest.fixture
def moderator_alias(moderator, forum):
    return actions.join_forum(user=moderator, forum=forum, name="Amber 12")


@pytest.fixture
def stranger_client(stranger, sign_in, stranger_alias):
    return sign_in(stranger)


@pytest.fixture
def write():
    """`write(alias, "text", thread=None, title=…)`: a stored post, in a new thread when none is given."""

    def make(alias, text="A first question", *, thread=None, title="How did you begin?", language="en", **extra):
        values = {
            "author": alias.user,
            "alias": alias,
            "source": text,
            "html": str(render_markdown(text)),
            "language": language,
            "client_id": uuid.uuid4(),
        }
        if thread:
            return actions.reply(thread=thread, **values, **extra)
        return actions.start_thread(forum=alias.forum, title=title, **values).posts.get()

    return make


@pytest.fixture
def many_posts():
    """`many_posts(thread, alias, count)`: posts in bulk, counters kept."""

    def make(thread, alias, count):
        rows = [
            Post(thread=thread, author=alias.user, alias=alias, source=f"Post {n}", html=f"<p>Post {n}</p>\n")
            for n in range(count)
        ]
        Post.objects.bulk_create(rows)
        recount(thread)
        return list(thread.posts.order_by("pk").values_list("pk", flat=True))

    return make


@pytest.fixture
def many_threads():
    def make(alias, count):
        for n in range(count):
            thread = Thread.objects.create(forum=alias.forum, alias=alias, title=f"Thread {n}")
            Post.objects.create(thread=thread, author=alias.user, alias=alias, source="x", html="<p>x</p>")
            recount(thread)

    return make


@pytest.fixture
def restrict():
    """Pause or exclude an alias for a day."""

    def make(alias, field):
        SpaceAlias.objects.filter(pk=alias.pk).update(**{field: timezone.now() + timedelta(days=1)})

    return make


@pytest.fixture
def post(stranger_alias, write):
    return write(stranger_alias)


@pytest.fixture
def at(post):
    """The address of its thread."""
    return f"{FORUM}{post.thread_id}/"
