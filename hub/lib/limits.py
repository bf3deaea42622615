"""How often is too often: counters in the shared cache."""

import time

from django.core.cache import cache


def allow(key, *, limit, seconds):
    """Count one hit for `key`; False when it is more than `limit` in the running window of `seconds`."""
    slot = f"limit:{key}:{seconds}:{int(time.time() // seconds)}"
    if cache.add(slot, 1, timeout=seconds):
        return limit >= 1
    try:
        return cache.incr(slot) <= limit
    except ValueError:  # the window ended between the two lines
        return limit >= 1
