import pytest
from django.db import IntegrityError

from hub.accounts.models import Organisation
from hub.reports.actions import add_slips
from hub.reports.models import SlipCount
from tests.circles import employ

GOOD = {"day": "2026-06-01", "slips": "6", "more": "20", "same": "10", "less": "2"}


@pytest.fixture
def room(trainer, sign_in):
    employ(trainer)
    return sign_in(trainer)


def test_a_trainer_enters_slips_for_her_organisation_and_takes_a_mistake_back(room, trainer):
    assert room.post("/en/reports/slips/", GOOD).status_code == 303
    [row] = SlipCount.objects.values_list("organisation", "slips", "more", "same", "less")
    assert row == (trainer.organisation_id, 6, 20, 10, 2)
    assert "6 slips: more 20, as before 10, less 2" in room.get("/en/reports/slips/").content.decode()
    room.post(f"/en/reports/slips/{SlipCount.objects.get().pk}/delete/")
    assert not SlipCount.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"slips": "4"}, "With fewer than five slips, leave them in the box"),
        ({"more": "900"}, "These are more ticks than so many slips can have."),
        ({"day": "2099-01-01"}, "Please choose a day from 2020 to today."),
        ({"day": "1999-01-01"}, "Please choose a day from 2020 to today."),
    ],
)
def test_what_cannot_be_is_refused_in_words(room, wrong, message):
    answer = room.post("/en/reports/slips/", GOOD | wrong)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not SlipCount.objects.exists()


def test_the_database_keeps_no_slips_of_four(db):
    partner = Organisation.objects.create(name="Partner")
    with pytest.raises(IntegrityError):
        add_slips(organisation=partner, day="2026-06-01", slips=4, more=1, same=1, less=1)


@pytest.mark.parametrize("entries", [1, 3])
def test_the_statements_do_not_grow_with_the_slips(room, trainer, entries, django_assert_num_queries):
    for _entry in range(entries):
        add_slips(organisation=trainer.organisation, day="2026-06-01", slips=6, more=1, same=1, less=1)
    room.get("/en/reports/slips/")
    with django_assert_num_queries(5):  # session, person, her roles, her organisation, the slips
        room.get("/en/reports/slips/")
