"""Every address of the hub, asked as every role, with things of her own, of somebody else and of nobody: docs/permissions.md."""

import re
import time

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from hub.accounts.models import User
from tests.permissions import ROLES, UNTRANSLATED, addresses, names_in, read_lines, secret_of

LINES = read_lines()
# Arguments that name something of one person, or of one organisation; others name what is the same for all.
PERSONAL = {"post_id", "picture_key", "alias_id", "goal_uid", "step_uid", "client_id", "pk", "news_id"}
PERSONAL |= {"organisation_id", "person_id", "invitation_id", "request_id", "unmasking_id"}
PERSONAL |= {"cohort_id", "member_id", "session_id", "slips_id"}


def group_of(address):
    """A part of the hub that is walked in one go."""
    return "/".join(address.split("/")[: 2 if address.startswith(("accounts", "forums", "kits", "my", "staff")) else 1])


GROUPS = {}
for line in LINES:
    GROUPS.setdefault(group_of(line.address), []).append(line)


@pytest.fixture
def permissions_world(loaded_hub, django_db_setup):
    return django_db_setup.world("permissions_world")


@pytest.fixture
def world(permissions_world, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    return permissions_world


@pytest.fixture(autouse=True)
def _no_limits(monkeypatch):
    """Limits have their own tests; here a role asks hundreds of times."""
    monkeypatch.setattr("hub.lib.limits.count", lambda *arguments, **options: 1, raising=False)


def client_of(world, role):
    """A browser of hers. She signs in once for each world; whatever a page does to cookies is forgotten."""
    client = Client()
    if role not in world.cookies:
        world.cookies[role] = sign_in(world, role).output(header="", sep=";")
    client.cookies.load(world.cookies[role])
    return client


def sign_in(world, role):
    client = Client()
    if role in world.people:
        client.force_login(world.people[role])
        session = client.session  # her passphrase was asked a moment ago
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(world.people[role].pk)
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
        session.save()
    return client.cookies


def path_of(world, line, role):
    path = line.address.removeprefix("/")
    prefix = "/" if path.split("/")[0] in UNTRANSLATED else "/en/"
    for name, value in world.arguments(line, role).items():
        path = path.replace(f"<{name}>", str(value))
    return prefix + path


def ask(world, line, role):
    client, path = client_of(world, role), path_of(world, line, role)
    return client.get(path) if line.method == "GET" else client.post(path, {})


def verdict(response, role):
    """yes, no, sign in or –, as the tables say it."""
    target = response.headers.get("Location", "")
    if "/accounts/login/" in target or target.startswith("/editor/login/") or response.status_code == 401:
        return "sign in"
    if response.status_code == 302 and target == "/editor/":
        return "no"  # Wagtail leads back to its home, with a message
    path = response.wsgi_request.path
    if path != "/" and re.match(rf"/\w\w{re.escape(path.rstrip('/'))}", target):
        return "–"  # no such address; it is tried once with a language in front
    if response.status_code == 403:
        return "sign in" if role == "visitor" and response.wsgi_request.method == "POST" else "no"
    return {404: "–", 405: "–"}.get(response.status_code, "yes")


def statements_on(user):
    """One statement, with its parameters, for every table in which something hangs on a person."""
    rows = [
        model._base_manager.filter(**{field.name: user})
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.fields
        if field.is_relation and field.related_model is User
    ]
    return [those.values_list().query.sql_with_params() for those in rows if those.exists()]


def belongings(statements):
    """What the statements find. They are asked thousands of times, so Django need not put each together again."""
    with connection.cursor() as cursor:
        return [sorted(map(str, cursor.execute(*statement).fetchall())) for statement in statements]


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_each_role_may_do_what_its_line_says(world, group):
    statements = statements_on(world.stranger)
    wrong = []
    # Rights are the same on each database, and have been asked on SQLite as every role; statements are not.
    roles = ROLES if connection.vendor == "sqlite" else ["learner", "administrator"]
    for role in roles:
        client_of(world, role)  # before the first savepoint, so that her session stays
    before = belongings(statements)
    for line in GROUPS[group]:
        for role in roles:
            with transaction.atomic():
                wrong += faults(world, line, role)
                if belongings(statements) != before:
                    wrong.append(f"{line} as {role} changed what is somebody else's")
                transaction.set_rollback(True)
    assert wrong == []


def faults(world, line, role):
    """What is not as the line says. An empty form of hers never touches, and no page shows, what is somebody else's."""
    client, path = client_of(world, role), path_of(world, line, role)
    response = client.get(path) if line.method == "GET" else client.post(path, {})
    found = verdict(response, role)
    if found != line.cells[role]:
        yield f"{line} as {role}: {found} ({response.status_code}), not {line.cells[role]}"
    if secret_of(world.stranger) in text_of(response):
        yield f"{line} shows {role} what is somebody else's"


def text_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def ours():
    return sorted(address for address in addresses() if not address.startswith(("editor/", "_util/")))


@pytest.mark.parametrize("address", ours())
def test_every_address_of_ours_has_its_lines(address):
    things = {line.thing for line in LINES if line.address == address}
    names = set(names_in(address))
    if names & PERSONAL:
        assert things >= {"own", "foreign", "missing"}, f"{address} names something of one person"
    elif names:
        assert things >= {"there", "missing"}, f"{address} names something that may not be there"
    else:
        assert things == {""}, f"{address} is not in docs/permissions.md"


def test_no_line_speaks_of_an_address_that_is_gone():
    known = set(addresses())
    assert [str(line) for line in LINES if line.address not in known] == []


@pytest.mark.any_database
@pytest.mark.parametrize("role", ["visitor", "learner", "trainer", "moderator"])
def test_who_has_no_role_in_it_never_passes_the_door_of_the_editor(world, role):
    drawings = {"editor/sprite/", "editor/jsi18n/"}  # Wagtail's icons and words, the same for all
    doors = [a for a in addresses() if a.startswith("editor/") and "login" not in a and a not in drawings]
    client, open_doors = client_of(world, role), []
    for address in doors:
        path = re.sub(r"<\w+>|\([^)]*\)", "1", address).replace("\\.", ".").replace(".*", "x")
        response = client.get(f"/{path}")
        if verdict(response, role) == "yes" and "/accounts/" not in response.headers.get("Location", ""):
            open_doors.append((address, response.headers.get("Location", response.status_code)))
    assert open_doors == []


PAGES = ["edit", "delete", "copy", "move", "unpublish", "privacy", "history"]


@pytest.mark.parametrize("act", PAGES)
def test_an_editor_of_one_language_never_opens_a_page_of_another(world, act):
    client = client_of(world, "editor-el")
    theirs, hers = world.page("en").pk, world.page("el").pk
    paths = [f"/editor/pages/{pk}/{act}/".replace("/copy/", "/copy/") for pk in (theirs, hers)]
    refused, allowed = [verdict(client.get(path), "editor-el") for path in paths]
    assert refused == "no"
    assert act in {"delete", "unpublish", "privacy"} or allowed == "yes"
