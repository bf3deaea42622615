import pytest
from django.utils import timezone

import hub.learning.circle_views
import hub.trainer.circle_views
import hub.trainer.list_views
import hub.trainer.slip_views
from courses.cohorts import readable_code
from hub.accounts.models import User
from tests.bad_input.forms import Form, TakesBadInput
from tests.circles import employ, let_join, let_share, make_circle_of


@pytest.fixture
def world(bad_input_world):
    """The same hub with a circle, in which the learner is; the newcomer could join it."""
    trainer, learner = (User.objects.get(username=name) for name in ("trainer", "learner"))
    circle = make_circle_of(employ(trainer), bad_input_world["kit"])
    member = let_join(circle, learner, "Zora")
    session = circle.sessions.create(number=1, starts_at=timezone.now())
    ids = {"circle": circle.pk, "member": member.pk, "session": session.pk, "circle_code": readable_code(circle.code)}
    share = let_share(member)
    return bad_input_world | ids | {"share": share.pk, "version": share.answer.client_id}


@pytest.fixture
def no_limits(no_limits, monkeypatch):
    for module in (hub.learning.circle_views, *trainer_modules()):
        monkeypatch.setattr(module, "allow", lambda key, **limit: True)


def trainer_modules():
    return hub.trainer.circle_views, hub.trainer.list_views, hub.trainer.slip_views


def trainers(name, path, data, **fields):
    return Form(name, f"trainer/{{circle}}/{path}", data, who="trainer", **fields)


class TestForms(TakesBadInput):
    forms = [
        Form(
            "join a circle",
            "my/circles/join/{circle_code}/",
            {"display_name": "Mira", "shows_progress": "1"},
            who="stranger",
            hidden=frozenset({"shows_progress"}),
        ),
        Form(
            "name in a circle",
            "my/circles/{circle}/",
            {"display_name": "Mira", "shows_progress": "0"},
            hidden=frozenset({"shows_progress"}),
        ),
        Form("leave a circle", "my/circles/{circle}/leave/", {"sure": "on"}, hidden=frozenset({"sure"})),
        Form(
            "new circle",
            "trainer/new/",
            {
                "title": "Thursday",
                "kit_key": "{kit}",
                "languages": "en",
                "capacity": "12",
                "opens_at": "2027-03-01T09:00",
                "closes_at": "2027-04-01T09:00",
            },
            who="trainer",
            hidden=frozenset({"kit_key", "languages"}),
        ),
        trainers(
            "settings of a circle",
            "settings/",
            {"title": "Thursday", "languages": "el", "capacity": "12", "opens_at": "", "closes_at": ""},
            hidden=frozenset({"languages"}),
        ),
        trainers("code of a circle", "code/", {"act": "renew"}, hidden=frozenset({"act"})),
        trainers("message to a circle", "messages/", {"text": "Please bring a pencil."}),
        Form(
            "share an answer",
            "my/circles/{circle}/shared/",
            {"version": "{version}", "shown": "1"},
            hidden=frozenset({"version", "shown"}),
        ),
        trainers("write about a shared answer", "shared/{share}/", {"text": "This is a good beginning."}),
        trainers("close a circle", "close/", {"sure": "on"}, hidden=frozenset({"sure"})),
        trainers("list of a circle", "list/", {"kind": "csv"}, hidden=frozenset({"kind"})),
        trainers("take somebody out", "members/{member}/", {}),
        trainers(
            "colleague",
            "trainers/",
            {"person": "1", "part": "co", "until": "2027-01-01"},
            refused=True,
            hidden=frozenset({"person", "part"}),
        ),
        trainers(
            "hand over",
            "trainers/hand-over/",
            {"to": "1", "stays": "on"},
            refused=True,
            hidden=frozenset({"to", "stays"}),
        ),
        trainers("no longer a colleague", "trainers/take-out/", {"person": "1"}, empty_counts=True),
        trainers(
            "session",
            "sessions/",
            {
                "number": "2",
                "starts_at": "2027-03-01T17:00",
                "minutes": "150",
                "place": "Room 2",
                "link": "https://example.org/",
            },
        ),
        trainers(
            "other time of a session",
            "sessions/{session}/change/",
            {"number": "1", "starts_at": "2027-03-01T17:00", "minutes": "90", "place": "", "link": ""},
        ),
        trainers("attendance", "sessions/{session}/attendance/", {"m-{member}": "1"}, hidden=frozenset({"m-{member}"})),
        trainers(
            "paper work",
            "paper/",
            {"done_on": "2026-11-03", "tick": "{member}:{lesson}", "was": "{member}:{lesson}"},
            hidden=frozenset({"tick", "was"}),
        ),
        trainers("a list without a file", "slips/", {"letters": "cp1250"}, refused=True, hidden=frozenset({"letters"})),
        trainers(
            "slips without a preview",
            "slips/make/",
            {"days": "30", "rows": "nothing"},
            refused=True,
            hidden=frozenset({"rows", "days"}),
        ),
        trainers("errors of a list", "slips/errors/", {"rows": "nothing"}, refused=True, hidden=frozenset({"rows"})),
    ]
