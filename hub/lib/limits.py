"""How often is too often: counters in the shared cache."""

import time
from hashlib import blake2b

from django.core.cache import cache


def allow(key, *, limit, seconds):
    """Count one hit for `key`; False when it is more than `limit` in the running window of `seconds`."""
    # A digest: keys hold what people type, which must not reach a log through a cache's warning about odd keys.
    digest = blake2b(key.encode(), digest_size=16).hexdigest()
    slot = f"limit:{digest}:{seconds}:{int(time.time() // seconds)}"
    if cache.add(slot, 1, timeout=seconds):
        return limit >= 1
    try:
        hits = cache.incr(slot)
    except ValueError:  # the window ended between the two lines
        return limit >= 1
    cache.touch(slot, seconds)  # the file cache's `incr` gives every key 300 s, which forgets a longer window
    return hits <= limit
