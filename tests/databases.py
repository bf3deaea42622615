"""The databases of a test process: an empty one (migrations only), a loaded one (then `load_kits`), and worlds laid upon them.

Migrating takes 10 s and loading as long again, so on SQLite both are made once and kept as files, named by a hash of everything
they are made from; a run copies them. On PostgreSQL they are made once a run, and copied by CREATE DATABASE … TEMPLATE.
A world is what many tests of one kind begin with. It is made once a process, by a function, instead of before each test.
"""

import fcntl
import shutil
import sys
from contextlib import contextmanager
from copy import deepcopy
from hashlib import sha256
from importlib import import_module
from pathlib import Path

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
    """Point Django's default connection at another database. New threads follow, because the settings are shared."""
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
    """Databases named after the test database; those that tests work in are copies of templates made once a run."""

    def __init__(self):
        self.stem = f"test_{connection.settings_dict['NAME']}_{VAR.name}".replace("-", "_")
        self.made = set()
        self.worlds = {}

    def copy(self, kind):
        template = self.template(kind)
        use(self.create(f"{self.stem}_{kind}", template))

    def template(self, kind):
        name = f"{self.stem}_{kind}_template"
        if name not in self.made:
            use(self.create(name, self.ground(kind)))
            if kind in WORLDS:
                self.worlds[kind] = make_world(kind)
            else:
                BUILD[kind]()
        return name

    def ground(self, kind):
        """The database that one of this kind begins as."""
        if kind == "empty":
            return "template0"
        return self.template("empty" if kind == "loaded" else WORLDS[kind][0])

    def create(self, name, template):
        self.run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        self.made.add(name)
        return name

    def tear_down(self):
        self.run(*(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in self.made))
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
