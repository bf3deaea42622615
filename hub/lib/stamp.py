"""The content stamp: one short text that changes whenever what visitors may read has changed.

It is part of every shared cache key, so that all processes follow a publish at once and nothing has to be deleted.
On one machine it is the modification time of var/content.stamp; with Redis, one key there.
"""

import os
import time

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

KEY = "content-stamp"
KEEP_SECONDS = 7 * 24 * 3600
AT_HAND = 256  # so much is kept in the memory of a process
memory = {}


def content_stamp():
    """The stamp of now: one `stat` of a file, or one read from Redis."""
    if settings.SHARED_CACHE:
        return str(cache.get(KEY) or 0)
    try:
        return str(_path().stat().st_mtime_ns)
    except FileNotFoundError:
        return "0"


def kept(name, make):
    """What `make()` gives, made once per content stamp. It stays at hand in this process, so that nobody may change it."""
    key = f"{name}:{content_stamp()}"
    found = memory.get(key)
    if found is None:
        found = cache.get_or_set(key, make, KEEP_SECONDS)
        if len(memory) >= AT_HAND:
            memory.clear()
        memory[key] = found
    return found


def touch_content_stamp():
    """Change the stamp once the running transaction is committed: earlier, another process would keep the old text under it."""
    transaction.on_commit(touch)


def touch():
    """Change the stamp now. Two touches within one tick of the clock still give two stamps."""
    now = max(time.time_ns(), int(content_stamp()) + 1)
    if settings.SHARED_CACHE:
        cache.set(KEY, now, timeout=None)
        return
    path = _path()
    path.touch()
    os.utime(path, ns=(now, now))


def _path():
    return settings.VAR / "content.stamp"
