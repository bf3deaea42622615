import pytest

from hub.accounts.models import User
from hub.reports.models import Target
from tests.bad_input.forms import Form, TakesBadInput
from tests.circles import employ


class TestForms(TakesBadInput):
    forms = [
        Form(
            "a file of figures",
            "reports/file/",
            {"period": "own", "first": "2026-01", "last": "2026-02", "kind": "csv"},
            who="coordinator",
            hidden=frozenset({"period", "kind"}),
        ),
        Form(
            "targets",
            "reports/targets/?half=2026-H1",
            {"enrolled": "120"},
            who="coordinator",
            empty_counts=True,
        ),
        Form(
            "slips",
            "reports/slips/",
            {"day": "2026-06-01", "slips": "6", "more": "20", "same": "10", "less": "2"},
            who="trainer",
        ),
    ]


@pytest.fixture
def world(bad_input_world):
    """The same hub with a trainer who belongs to an organisation."""
    employ(User.objects.get(username="trainer"))
    return bad_input_world


@pytest.mark.parametrize(
    "query", ["period=%00", "period=9999-H1", "period=own&first=%FF&last=0000-13", "period=own", "first=" + "9" * 5_000]
)
def test_an_odd_time_is_refused_in_words(world, coordinator, sign_in, query):
    answer = sign_in(coordinator).get(f"/en/reports/?{query}")
    assert answer.status_code == 422
    assert "Please look at this again" in answer.content.decode()
    assert not Target.objects.exists()
