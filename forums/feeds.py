"""The newest threads of an open forum as an Atom feed, kept for some minutes: it holds titles and aliases, and nothing else of anybody."""

import re
import time
from hashlib import blake2b
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from forums.models import Thread

IN_FEED = 20
VERSION = "forum-feeds"
NOT_IN_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed_key(forum_id, language, host):
    name = blake2b(host.encode(), digest_size=8).hexdigest()
    return f"forum-feed:{cache.get(VERSION, 0)}:{forum_id}:{language}:{name}"


def forget_feeds():
    """A title or a name is gone: no feed that was made before says it any longer."""
    transaction.on_commit(lambda: cache.set(VERSION, time.time_ns(), None))


def atom_of(forum, absolute):
    """(feed, its ETag). `absolute` makes an address of a path."""
    host = urlsplit(absolute("/")).hostname
    feed = Atom1Feed(
        title=forum.name,
        link=absolute(forum.get_absolute_url()),
        description=None,
        subtitle=forum.topic or None,
        language=get_language(),
        feed_url=absolute(reverse("forums:feed", args=[forum.slug])),
    )
    for thread in Thread.objects.open_in(forum).select_related("alias").order_by("-pk")[:IN_FEED]:
        thread.forum = forum
        feed.add_item(
            title=_plain(str(thread)),
            link=absolute(thread.get_absolute_url()),
            description=None,
            author_name=_plain(str(thread.alias)),
            pubdate=thread.created_at,
            updateddate=thread.last_post_at,
            # The same in every language and after a move, as Atom asks of an id.
            unique_id=f"tag:{host},{thread.created_at:%Y-%m-%d}:thread-{thread.pk}",
        )
    text = feed.writeString("utf-8")
    return text, f'"{blake2b(text.encode(), digest_size=12).hexdigest()}"'


def _plain(text):
    return NOT_IN_XML.sub("", text)
