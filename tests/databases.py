"""The databases of a test process: an empty one (migrations only), a loaded one (then `load_kits`), and worlds laid upon them.

Migrating takes 10 s and loading as long again, so both are made once and kept, named by a hash of everything they are made from: as
files on SQLite, as databases of the server on PostgreSQL. A run copies them, there by CREATE DATABASE … TEMPLATE. `python -m
tests.databases` makes them beforehand, so that no test waits for them.
A world is what many tests of one kind begin with. It is made once a process, by a function, instead of before each test.
"""

import fcntl
import os
import shutil
import sys
from contextlib import contextmanager
from copy import deepcopy
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation

from tests.settings import PREPARED, ROOT, VAR

EMPTY = [
    "*/migrations/*.py",
    "hub/*/migrations/*.py",
    "requirements.txt",
    "courses/translation.py",
    "forums/translation.py",
]
LOADED = [
    *EMPTY,
    "content/**/*",
    "locale/**/*.po",
    "courses/blocks.py",
    "courses/captions.py",
    "courses/models/pages.py",
    "courses/translation/**/*.py",
    "forums/actions.py",
    "hub/accounts/roles.py",
    "hub/accounts/workflows.py",
    "hub/management/commands/load_kits.py",
    "hub/models.py",
    "hub/search/*.py",
    "hub/lib/stemming.py",
]


def digest(patterns):
    files = sorted({path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()})
    seen = sha256()
    for path in files:
        seen.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()[:16]


MADE_FROM = {"empty": EMPTY, "loaded": LOADED}
BUILD = {
    "empty": lambda: call_command("migrate", verbosity=0),
    "loaded": lambda: call_command("load_kits", verbosity=0),
}
DROP = 'DROP DATABASE IF EXISTS "{}" WITH (FORCE)'
# {fixture by which a test asks for a world: (what it is laid upon, the function that makes it)}. What the function returns is the
# value of the fixture: keys and ids rather than rows, because every test gets a copy of it.
WORLDS = {
    "small_hub": ("empty", "tests.courses.small_kit:make_hub"),
    "asking_hub": ("small_hub", "tests.courses.questions.asked:ask_everything"),
    "bad_input_world": ("loaded", "tests.bad_input.world:make_world"),
    "permissions_world": ("loaded", "tests.permissions:World"),
}


def kind_for(fixtures):
    """The database that a test with these fixtures works in."""
    named = [name for name in WORLDS if name in fixtures] + ["loaded"] * ("loaded_hub" in fixtures)
    below = {WORLDS[name][0] for name in named if name in WORLDS}
    top = [name for name in named if name not in below] or ["empty"]
    assert len(top) == 1, f"one test cannot live in {' and '.join(top)}"
    return top[0]


def make_world(name):
    """Make it in the database in use. Returns what its function returns."""
    module, function = WORLDS[name][1].split(":")
    with translation.override("en"), transaction.atomic():
        return getattr(import_module(module), function)()


def use(name):
    """Point Django's default connection at this database. New threads follow, because the settings are shared.

    A connection that is there already stays open from test to test: to open one costs as much as a small test.
    """
    if connection.settings_dict["NAME"] == str(name):
        return
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(name)


class SQLite:
    """Prepared files, and their copies in this process's own folder."""

    def __init__(self):
        self.worlds = {}

    def copy(self, kind, name=None):
        """A fresh copy of the prepared database of `kind`, in use; called `name` where tests shall not meet it."""
        prepared = self.prepare(kind)
        connection.close()
        name = name or kind
        for old in VAR.glob(f"{name}.sqlite3*"):
            old.unlink()
        use(shutil.copyfile(prepared, VAR / f"{name}.sqlite3"))
        shutil.copytree(prepared.with_suffix(".media"), settings.MEDIA_ROOT, dirs_exist_ok=True)

    def prepare(self, kind):
        """The prepared file of `kind`, built unless it is there; two processes do not build it twice."""
        if kind in WORLDS:
            return self.prepare_world(kind)
        path = PREPARED / f"{kind}-{digest(MADE_FROM[kind])}.sqlite3"
        if path.exists():
            return path
        with locked(PREPARED / f"{kind}.lock"):
            if not path.exists():
                print(f"Preparing the {kind} test database …", file=sys.stderr)
                self.build(kind, path)
                forget_others(path)
        return path

    def prepare_world(self, name):
        """The file of this world, which no other process uses."""
        path = VAR / f"world-{name}.sqlite3"
        if name not in self.worlds:
            self.copy(WORLDS[name][0], f"draft-{name}")
            self.worlds[name] = make_world(name)
            flush()
            shutil.copyfile(connection.settings_dict["NAME"], path)
            shutil.copytree(settings.MEDIA_ROOT, path.with_suffix(".media"), dirs_exist_ok=True)
        return path

    def build(self, kind, path):
        draft, media = VAR / f"draft-{kind}.sqlite3", Path(settings.MEDIA_ROOT)
        draft.unlink(missing_ok=True)
        shutil.rmtree(media, ignore_errors=True)
        media.mkdir()
        if kind == "loaded":
            shutil.copyfile(self.prepare("empty"), draft)
        use(draft)
        BUILD[kind]()
        flush()
        shutil.copytree(media, path.with_suffix(".media"), dirs_exist_ok=True)
        draft.rename(path)

    def tear_down(self):
        connection.close()
        shutil.rmtree(VAR, ignore_errors=True)


def flush():
    """Everything written into the one file, which may be copied now."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


class PostgreSQL:
    """Databases named after the test database; those that tests work in are copies of what is kept, or of this process's worlds."""

    def __init__(self):
        self.kept = f"test_{connection.settings_dict['NAME']}".replace("-", "_")
        self.stem = f"{self.kept}_{VAR.name}".replace("-", "_")
        self.made = set()
        self.worlds = {}

    def copy(self, kind):
        template = self.prepare_world(kind) if kind in WORLDS else self.prepare(kind)
        use(self.create(f"{self.stem}_{kind}", template))

    def prepare_world(self, name):
        """The database of this world, which no other process uses."""
        template = f"{self.stem}_{name}_template"
        if name not in self.worlds:
            below = WORLDS[name][0]
            use(self.create(template, self.prepare_world(below) if below in WORLDS else self.prepare(below)))
            self.worlds[name] = make_world(name)
        return template

    def prepare(self, kind):
        """The database kept on the server for `kind`, built unless it is there; two processes do not build it twice."""
        name = f"{self.kept}_{kind}_{digest(MADE_FROM[kind])}"
        media = PREPARED / f"{name}.media"
        with locked(PREPARED / f"{self.kept}_{kind}.lock"):
            there = self.kept_of(kind)
            if not (name in there and media.exists()):
                print(f"Preparing the {kind} test database on PostgreSQL …", file=sys.stderr)
                draft = self.build(kind, media)
                self.run(*map(DROP.format, there), f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
        shutil.copytree(media, settings.MEDIA_ROOT, dirs_exist_ok=True)
        return name

    def build(self, kind, media):
        draft = self.create(f"{self.stem}_draft", self.prepare("empty") if kind == "loaded" else "template0")
        use(draft)
        for old in (settings.MEDIA_ROOT, *PREPARED.glob(f"{self.kept}_{kind}_*.media")):
            shutil.rmtree(old, ignore_errors=True)
        Path(settings.MEDIA_ROOT).mkdir()
        BUILD[kind]()
        shutil.copytree(settings.MEDIA_ROOT, media)
        return draft

    def kept_of(self, kind):
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{self.kept}_{kind}_"])
            return [name for (name,) in cursor.fetchall()]

    def create(self, name, template):
        self.run(DROP.format(name), f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self.made.add(name)
        return name

    def tear_down(self):
        self.run(*map(DROP.format, self.made))
        shutil.rmtree(VAR, ignore_errors=True)

    def run(self, *statements):
        connection.close()
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


class Databases:
    """Gives each test the database it asked for, copied anew only after a test that was not rolled back."""

    def __init__(self):
        self.kept_name = connection.settings_dict["NAME"]
        self.made_by = SQLite() if connection.vendor == "sqlite" else PostgreSQL()
        self.clean = {}

    def give(self, kind, *, rolled_back):
        if kind in self.clean:
            use(self.clean[kind])
        else:
            self.made_by.copy(kind)
            self.clean[kind] = connection.settings_dict["NAME"]
        if not rolled_back:
            del self.clean[kind]

    def world(self, name):
        """A copy of what the maker of this world returned."""
        return deepcopy(self.made_by.worlds[name])

    def tear_down(self):
        use(self.kept_name)
        self.made_by.tear_down()


def forget_others(path):
    kind = path.name.partition("-")[0]
    for old in PREPARED.glob(f"{kind}-*"):
        if old.stem != path.stem:
            shutil.rmtree(old) if old.is_dir() else old.unlink()


@contextmanager
def locked(path):
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    databases = Databases()
    databases.made_by.prepare("loaded")
    databases.tear_down()
