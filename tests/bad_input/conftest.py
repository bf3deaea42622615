"""Every test here begins in the hub of world.py."""

from urllib.parse import urlencode

import pytest
from django.test import Client

import courses.answer_views
import courses.desk_views
import courses.enrolment_views
import forums.reading_views
import forums.unmasking_views
import forums.views
import forums.writing_views
import hub.accounts.card_views
import hub.accounts.helped_views
import hub.accounts.people_views
import hub.accounts.views
from hub.accounts.models import User


@pytest.fixture
def bad_input_world(loaded_hub, django_db_setup):
    return django_db_setup.world("bad_input_world")


@pytest.fixture
def world(bad_input_world):
    """Ids that the forms name."""
    return bad_input_world


@pytest.fixture
def learner(world):
    return User.objects.get(username="learner")


@pytest.fixture
def stranger(world):
    return User.objects.get(username="stranger")


@pytest.fixture
def moderator(world):
    return User.objects.get(username="moderator")


@pytest.fixture
def trainer(world):
    return User.objects.get(username="trainer")


@pytest.fixture
def coordinator(world):
    return User.objects.get(username="coordinator")


@pytest.fixture
def newcomer(world):
    return User.objects.get(username="newcomer")


@pytest.fixture
def admin(world):
    return User.objects.get(username="admin")


@pytest.fixture
def send(world, request):
    """`send(form, **changed)`: post it as the person it is for."""

    def post(form, client=None, **changed):
        client = client or Client()
        if form.who != "visitor":
            client.force_login(request.getfixturevalue(form.who))
        data = form.filled(world) | {name.format(**world): value for name, value in changed.items()}
        body = urlencode(data, doseq=True)
        return client.post(form.address(world), body, content_type="application/x-www-form-urlencoded")

    return post


@pytest.fixture
def no_limits(monkeypatch, settings):
    """Limits have their own tests; here they would hide what happens to the eleventh."""
    settings.ACCOUNT_RATE_LIMITS = False
    accounts = (hub.accounts.views, hub.accounts.helped_views, hub.accounts.people_views, hub.accounts.card_views)
    for module in (
        forums.views,
        forums.writing_views,
        forums.reading_views,
        forums.unmasking_views,
        courses.answer_views,
        courses.enrolment_views,
        courses.desk_views,
        *accounts,
    ):
        monkeypatch.setattr(module, "allow", lambda key, **limit: True)
