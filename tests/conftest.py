"""The databases, and a small cast: each person with one reason to be here."""

import gc
import time
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation

from hub.lib import stamp
from hub.lib.limits import forget_all
from tests.databases import Databases, kind_for

PASSPHRASE = "four quiet circles meet"


# The garbage collector ---------------------------------------------------------------------------


def pytest_configure():
    """To look through all modules and tests again and again, none of which goes away, took a fifth of the time."""
    gc.set_threshold(100_000, 20, 20)


def pytest_collection_finish():
    gc.collect()
    gc.freeze()


# Databases -------------------------------------------------------------------------------------


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what asks a database: the rest has run on SQLite and would say the same."""
    if connection.vendor != "postgresql":
        return
    asks = [item for item in items if "db" in item.fixturenames or item.get_closest_marker("django_db")]
    asks = [item for item in asks if not item.get_closest_marker("any_database")]
    kept = set(asks)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = asks


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    # After a test in a real browser the next one gets a fresh copy, so nothing has to be emptied table by table.
    TransactionTestCase._fixture_teardown = lambda self: None
    with django_db_blocker.unblock():
        made = Databases()
        yield made
        made.tear_down()


@pytest.fixture
def chosen_database(request, django_db_setup, django_db_blocker):
    """The loaded database for tests that name `loaded_hub`, that of a world for tests that name it, otherwise the empty one."""
    marker = request.node.get_closest_marker("django_db")
    transactional = bool(marker and marker.kwargs.get("transaction"))
    transactional |= bool({"live_server", "transactional_db"} & set(request.fixturenames))
    with django_db_blocker.unblock():
        django_db_setup.give(kind_for(request.fixturenames), rolled_back=not transactional)


@pytest.fixture
def _django_db_helper(chosen_database, _django_db_helper):
    """pytest-django's own fixture, begun only after the database is chosen."""


@pytest.fixture
def loaded_hub(db):
    """A hub with the kits and pages of content/ in all languages, as `load_kits` leaves it."""


@pytest.fixture
def small_hub(db, django_db_setup):
    """The small kit in English and Greek: {language: KitIndexPage}."""
    return django_db_setup.world("small_hub")


@pytest.fixture
def asking_hub(small_hub):
    """The small kit, whose first lesson asks in every way."""


@pytest.fixture(autouse=True)
def _one_window(monkeypatch):
    """Limits count within windows of the clock; a test must not begin in one and end in the next."""
    now = time.time()
    monkeypatch.setattr("hub.lib.limits.time", SimpleNamespace(time=lambda: now))


@pytest.fixture(autouse=True)
def _fresh_start():
    """No cache entry, no counted attempt and no language of the test before."""
    stamp.memory.clear()
    for cache in caches.all(initialized_only=True):
        cache.clear()
    forget_all()
    with translation.override("en"):
        yield


# People ----------------------------------------------------------------------------------------


@pytest.fixture
def make_user(db, django_user_model):
    """`make_user("name", "editor-el", language="el")`: a person with these groups; her passphrase is PASSPHRASE."""

    def make(username, *groups, **fields):
        user = django_user_model.objects.create_user(username, password=PASSPHRASE, **fields)
        user.groups.add(*(Group.objects.get_or_create(name=name)[0] for name in groups))
        return user

    return make


@pytest.fixture
def sign_in():
    """`sign_in(user)`: a client of hers; the second factor counts as passed."""

    def make(user):
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def visitor():
    """Reads without an account; her pages may come from the shared cache."""
    return Client()


@pytest.fixture
def learner(make_user):
    """Takes the Learner's kit; owns a record nobody else may see."""
    return make_user("learner", language="el")


@pytest.fixture
def stranger(make_user):
    """Another member: whatever is the learner's must stay closed to her."""
    return make_user("stranger")


@pytest.fixture
def newcomer(make_user):
    """Has signed in with a card, whose passphrase somebody else has seen."""
    return make_user("newcomer", must_change_passphrase=True)


@pytest.fixture
def trainer(make_user):
    """Holds circles; may be her learner's job counsellor."""
    return make_user("trainer", "trainer")


@pytest.fixture
def moderator(make_user):
    """Keeps the forums; answers in Swedish."""
    return make_user("moderator", "moderator", language="sv")


@pytest.fixture
def editor_en(make_user, ensured_roles):
    """Edits the English source of the kits."""
    return make_user("editor-en", "editor", "editor-en")


@pytest.fixture
def editor_el(make_user, ensured_roles):
    """Edits the Greek tree only."""
    return make_user("editor-el", "editor", "editor-el", language="el")


@pytest.fixture
def coordinator(make_user, ensured_roles):
    """Sees every partner; grants trainer and editor."""
    return make_user("coordinator", "coordinator")


@pytest.fixture
def admin(django_user_model, db):
    """The first administrator, from `createsuperuser`."""
    return django_user_model.objects.create_superuser("admin", password=PASSPHRASE)


@pytest.fixture
def ensured_roles(db):
    """The groups with their rights, as load_kits leaves them."""
    from hub.accounts.roles import ensure_roles

    ensure_roles()


@pytest.fixture
def learner_client(learner, sign_in):
    return sign_in(learner)


@pytest.fixture
def moderator_client(moderator, sign_in):
    return sign_in(moderator)
