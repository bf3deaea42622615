import json
import subprocess
import sys
import time

import pytest

from hub.lib import limits
from hub.lib.limits import allow, give_back, hits
from tests.settings import ROOT

NOON = 86_400 * 20_000
COUNT_MANY = """
import sys
from pathlib import Path
from django.conf import settings
settings.configure(SHARED_CACHE=False, VAR=Path(sys.argv[1]))
from hub.lib.limits import allow
print(sum(allow("door", limit=100, seconds=10_000_000) for _ in range(50)))
"""


def test_the_hit_after_the_last_allowed_one_is_refused():
    assert [allow("post:1", limit=3, seconds=600) for _ in range(5)] == [True, True, True, False, False]


def test_keys_count_apart():
    assert allow("post:1", limit=1, seconds=600)
    assert allow("post:2", limit=1, seconds=600)
    assert not allow("post:1", limit=1, seconds=600)


def test_a_new_window_begins_from_nothing(monkeypatch):
    monkeypatch.setattr(limits.time, "time", lambda: NOON)
    assert allow("post:1", limit=1, seconds=60)
    assert not allow("post:1", limit=1, seconds=60)
    monkeypatch.setattr(limits.time, "time", lambda: NOON + 60)
    assert allow("post:1", limit=1, seconds=60)


def test_a_long_window_is_not_forgotten_before_its_end(monkeypatch):
    monkeypatch.setattr(limits.time, "time", lambda: NOON)
    assert allow("report:1", limit=2, seconds=86_400)
    assert allow("report:1", limit=2, seconds=86_400)
    monkeypatch.setattr(limits.time, "time", lambda: NOON + 86_399)
    assert not allow("report:1", limit=2, seconds=86_400)


def test_a_limit_of_nothing_allows_nothing():
    assert not allow("post:1", limit=0, seconds=60)


def test_a_hit_given_back_can_be_used_again():
    assert allow("door", limit=1, seconds=60)
    give_back("door", seconds=60)
    assert hits("door", seconds=60) == 0
    assert allow("door", limit=1, seconds=60)


def test_nothing_that_was_typed_reaches_the_disk_and_what_has_ended_is_forgotten(monkeypatch):
    monkeypatch.setattr(limits.time, "time", lambda: NOON)
    for number in range(600):
        allow(f"sign-in:lina{number}", limit=1, seconds=60)
    monkeypatch.setattr(limits.time, "time", lambda: NOON + 60)
    for number in range(2_000):
        allow(f"other:{number}", limit=1, seconds=60)
    files = list(limits.folder().iterdir())
    assert len(files) <= 256
    assert "lina" not in "".join(path.read_text() for path in files)
    assert sum(len(json.loads(path.read_text())) for path in files) == 2_000


def test_a_file_that_was_cut_off_begins_anew():
    allow("door", limit=1, seconds=60)
    (path,) = limits.folder().iterdir()
    path.write_text('{"a": [1')
    assert allow("door", limit=1, seconds=60)


def test_sixteen_processes_at_once_are_counted_exactly(tmp_path):
    command = [sys.executable, "-c", COUNT_MANY, str(tmp_path)]
    clients = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(16)]
    assert sum(int(client.communicate()[0]) for client in clients) == 100


class FakeRedis:
    """What `count_in_cache` needs of a cache."""

    def __init__(self):
        self.numbers = {}

    def add(self, key, value, timeout):
        self.numbers.setdefault(key, value)

    def incr(self, key, step):
        self.numbers[key] += step
        return self.numbers[key]


@pytest.fixture
def redis(monkeypatch, settings):
    settings.SHARED_CACHE = True
    monkeypatch.setattr(limits, "cache", FakeRedis())


def test_with_redis_its_own_counters_are_used(redis):
    assert [allow("post:1", limit=2, seconds=600) for _ in range(3)] == [True, True, False]
    give_back("post:1", seconds=600)
    assert not limits.folder().exists()
    assert hits("post:1", seconds=600) == 2


def test_a_count_takes_well_under_a_millisecond():
    began = time.perf_counter()
    for number in range(1_000):
        allow(f"key:{number}", limit=5, seconds=300)
    assert time.perf_counter() - began < 2
