"""How often is too often: counters that all web processes share.

With Redis they are its own atomic counters. Without it they stand in 256 small files under var/limits, each changed under a lock of
the operating system. Django's file cache would not do: two processes that count at the same moment count once (docs/decisions.md has
the figures), and a full cache throws counters out, which whoever fills it could bring about.
"""

import fcntl
import json
import os
import shutil
import time
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.core.cache import cache


def allow(key, *, limit, seconds):
    """Count one hit for `key`; False when it is more than `limit` in the running window of `seconds`."""
    return count(key, 1, seconds) <= limit


def give_back(key, *, seconds):
    """Take back one hit: it turned out to be no attempt of a stranger."""
    count(key, -1, seconds)


def hits(key, *, seconds):
    return count(key, 0, seconds)


def forget_all():
    """For tests; the shared cache, if any, is cleared by whoever clears caches."""
    shutil.rmtree(folder(), ignore_errors=True)


def count(key, step, seconds):
    """Add `step` to the hits of `key` in the running window, and return them."""
    window = int(time.time() // seconds)
    # A digest: keys hold what people type, which must not reach a disk, nor a log through a cache's warning about odd keys.
    slot = blake2b(f"{key}:{seconds}:{window}".encode(), digest_size=16).hexdigest()
    if settings.SHARED_CACHE:
        return count_in_cache(f"limit:{slot}", step, seconds)
    return count_in_file(slot, step, ends_at=(window + 1) * seconds)


def count_in_cache(slot, step, seconds):
    cache.add(slot, 0, timeout=seconds)
    try:
        return cache.incr(slot, step)
    except ValueError:  # the window ended between the two lines
        return step


def count_in_file(slot, step, *, ends_at):
    with locked_counters(slot[:2]) as counters:
        _, number = counters.get(slot, (ends_at, 0))
        counters[slot] = (ends_at, number + step)
        return number + step


@contextmanager
def locked_counters(name):
    """The counters in one file, {slot: (end of its window, hits)}; what is changed in them is written, what has ended forgotten."""
    with open_locked(folder() / name) as file:
        counters = read_counters(file)
        yield counters
        now = time.time()
        alive = {slot: entry for slot, entry in counters.items() if entry[0] > now and entry[1] > 0}
        file.seek(0)
        file.truncate()
        file.write(json.dumps(alive).encode())


@contextmanager
def open_locked(path):
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:  # closing it gives the lock back
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def read_counters(file):
    try:
        return json.loads(file.read() or b"{}")
    except ValueError:  # a process was killed while it wrote: these few counters begin anew
        return {}


def folder():
    return Path(settings.VAR) / "limits"
