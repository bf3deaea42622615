"""The hub's own settings, made fast and kept apart: every test process has a var/test/<worker> of its own."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Prepared databases are kept here between runs; tests/databases.py says when they are made anew.
# pytest-xdist's workers inherit the environment of the process that starts them, which has changed HUB_VAR already.
BASE = os.environ.setdefault("HUB_TEST_BASE", os.environ.get("HUB_VAR", str(ROOT / "var")))
PREPARED = Path(BASE).resolve() / "test"
os.environ["HUB_VAR"] = str(PREPARED / os.environ.get("PYTEST_XDIST_WORKER", f"main-{os.getpid()}"))
# A shell that runs a hub of its own must not change what is tested.
for name in (
    "ALLOWED_HOSTS",
    "CACHE_URL",
    "DEBUG",
    "EMAIL_URL",
    "LANGUAGES",
    "PAGE_TRANSLATE_URL",
    "SECRET_KEY",
    "STORAGE_URL",
    "TRANSLATE_URL",
):
    os.environ.pop(name, None)

from hub.settings import *  # noqa: E402, F403
from hub.settings import DATABASES, VAR  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"},
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "pictures": STORAGES["pictures"],  # noqa: F405
    "waiting": STORAGES["waiting"],  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# The editors' search is Wagtail's own; to index every page that a test saves takes a fifth of the time.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}
MAIL_WAITS = True
VISITS_EVERY = 0
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)

_db = DATABASES["default"]
_db["CONN_MAX_AGE"] = 0
if _db["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the browser tests' server answers from several threads.
    _db["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
    _db["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA foreign_keys=ON;"
else:
    # No pool, because the tests change the database under the connection; and no waiting for the disk.
    _db["OPTIONS"] = {"options": "-c synchronous_commit=off"}

# Most tests are about something else than a new member's first posts.
FORUM_FIRST_POSTS = FORUM_LINK_DAYS = FORUM_FASTEST_SECONDS = 0
