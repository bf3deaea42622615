import pytest

import hub.certificates.check_views
import hub.certificates.staff_views
import hub.certificates.views
from courses.certificates.codes import readable
from hub.accounts.models import User
from tests.bad_input.forms import Form, TakesBadInput
from tests.certificates import certificate_of, complete


@pytest.fixture
def world(bad_input_world):
    """The learner has a certificate of her kit."""
    learner = User.objects.get(username="learner")
    complete(learner, bad_input_world["kit"])
    return bad_input_world | {"certificate": readable(certificate_of(learner, bad_input_world["kit"]).code)}


@pytest.fixture(autouse=True)
def _no_paper(monkeypatch):
    monkeypatch.setattr("hub.certificates.tasks.make_waiting", lambda: 0)


@pytest.fixture
def no_limits(no_limits, monkeypatch):
    for module in (hub.certificates.views, hub.certificates.check_views, hub.certificates.staff_views):
        monkeypatch.setattr(module, "allow", lambda key, **limit: True)


HERS = "my/certificates/{kit}/"
CHOSEN = frozenset({"language", "second_language", "shown", "step", "instead_of"})


class TestForms(TakesBadInput):
    forms = [
        Form(
            "ask for a certificate",
            f"{HERS}ask/",
            {"name": "Zora", "language": "en", "second_language": "el", "shown": "name", "step": "make"},
            hidden=CHOSEN,
        ),
        Form(
            "what of a certificate is shown",
            f"{HERS}shown/",
            {"shown": "name", "page_on": "on"},
            hidden=frozenset({"shown", "page_on"}),
            empty_counts=True,
        ),
        Form("delete a certificate", f"{HERS}delete/", {"sure": "on"}, hidden=frozenset({"sure"})),
        Form("check a badge", "certificates/check/file/", {}, who="visitor", refused=True),
        Form(
            "withdraw a certificate",
            "staff/certificates/",
            {"certificate": "{certificate}", "reason": "name", "sure": "on"},
            who="coordinator",
            hidden=frozenset({"reason", "sure"}),
        ),
    ]
