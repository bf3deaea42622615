"""Brings a hub's own data up to date: messages, tables, kits, static files. Each step is skipped while its inputs are the same."""

import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from stamps import ROOT, Stamp, digest

sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
VAR = Path(os.environ.get("HUB_VAR", ROOT / "var"))
DATABASE_URL = os.environ.get("DATABASE_URL", "")
MESSAGES = "locale/*/LC_MESSAGES/*.po"
MIGRATIONS = ["*/migrations/*.py", "hub/*/migrations/*.py", "requirements.txt"]
KITS = [
    *MIGRATIONS,
    "content/**/*",
    "locale/*/kits/*.po",
    "locale/*/*.po",
    "courses/translation/*.py",
    "hub/accounts/roles.py",
    "forums/actions.py",
]
# Named one by one: */static/ would find var/static/, which the step itself makes.
STATIC = [*(f"{app}/static/**/*" for app in ("hub", "courses", "forums")), "hub/bundle.py", "requirements.txt"]


def prepare():
    compile_messages()
    steps = {
        "migrate": (digest(*MIGRATIONS, also=DATABASE_URL), "Bringing the tables up to date", migrate),
        "kits": (digest(*KITS, also=DATABASE_URL), "Loading the kits and pages", load_kits),
        "static": (digest(*STATIC), "Collecting static files", collect_static),
    }
    for name, (value, words, work) in steps.items():
        stamp = Stamp(VAR / "stamps" / name, value)
        if not (stamp.holds() and is_there(name)):
            with told(words):
                django()
                done = work()
            if done is not False:
                stamp.set()


def is_there(name):
    """Whether what the step made can still be there: a database elsewhere may have been emptied, so it is always asked."""
    if name == "static":
        return (VAR / "static" / "staticfiles.json").exists()
    return not DATABASE_URL and (VAR / "hub.sqlite3").exists()


def compile_messages():
    """Compile .po to .mo by polib, so that gettext need not be installed."""
    late = [po for po in ROOT.glob(MESSAGES) if not is_newer(po.with_suffix(".mo"), po)]
    if late:
        import polib

        with told(f"Compiling {len(late)} message files"):
            for po in late:
                polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo")))


def is_newer(made, source):
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def django():
    import django

    django.setup()


def migrate():
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def load_kits():
    """False when a file is broken and the hub goes on with what it has; a hub that has nothing yet does not start."""
    from django.core.management import CommandError, call_command

    from hub.models import HomePage

    try:
        call_command("load_kits")
    except CommandError as error:
        if not HomePage.objects.exists():
            sys.exit(str(error))
        print(f"{error}\nThe hub serves the kits and pages as they were before.", flush=True)
        return False
    return True


def collect_static():
    from django.core.management import call_command

    from hub.lib.stamp import touch

    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    touch()  # kept pages name the files of before


@contextmanager
def told(words):
    began = time.monotonic()
    print(f"{words} …", flush=True)
    yield
    print(f"  done in {time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    prepare()
