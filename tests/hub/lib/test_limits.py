from django.core.cache.backends.filebased import FileBasedCache

from hub.lib import limits
from hub.lib.limits import allow


def test_the_hit_after_the_last_allowed_one_is_refused():
    assert [allow("post:1", limit=3, seconds=600) for _ in range(5)] == [True, True, True, False, False]


def test_keys_count_apart():
    assert allow("post:1", limit=1, seconds=600)
    assert allow("post:2", limit=1, seconds=600)
    assert not allow("post:1", limit=1, seconds=600)


def test_a_new_window_begins_from_nothing(monkeypatch):
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_000)
    assert allow("post:1", limit=1, seconds=60)
    assert not allow("post:1", limit=1, seconds=60)
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_060)
    assert allow("post:1", limit=1, seconds=60)


def test_a_long_window_is_not_forgotten_by_the_file_cache(tmp_path, monkeypatch):
    """Its `incr` gives every key the 300 s of the cache, whatever was asked for."""
    now = 86_400 * 20_000
    monkeypatch.setattr(limits, "cache", FileBasedCache(tmp_path, {}))
    monkeypatch.setattr(limits.time, "time", lambda: now)
    assert allow("report:1", limit=2, seconds=86_400)
    assert allow("report:1", limit=2, seconds=86_400)
    now += 1_000
    assert not allow("report:1", limit=2, seconds=86_400)


def test_a_limit_of_nothing_allows_nothing():
    assert not allow("post:1", limit=0, seconds=60)
