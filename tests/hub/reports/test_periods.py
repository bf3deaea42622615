from datetime import date

import pytest

from hub.reports.forms import PeriodForm
from hub.reports.periods import half_year, months_between, offered, period_of


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    for module in ("periods", "forms"):
        monkeypatch.setattr(f"hub.reports.{module}.today", lambda: date(2026, 11, 22))


@pytest.mark.parametrize(
    ("key", "start", "end", "name"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31), "July to December 2026"),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "quarter 1 of 2026"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
    ],
)
def test_a_key_names_whole_months(key, start, end, name):
    period = period_of(key)
    assert (period.start, period.end, str(period)) == (start, end, name)


@pytest.mark.parametrize("key", ["", "2026-H3", "2026-Q0", "2026-13", "2026-00", "9999", "2026-H", "x", "2026-1-1"])
def test_what_is_no_period_is_none(key):
    assert period_of(key) is None


def test_halves_are_named_only_where_they_are_whole():
    assert period_of("2025").halves == [(2025, 1), (2025, 2)]
    assert half_year(date(2026, 6, 30)).halves == [(2026, 1)]
    assert period_of("2026-Q3").halves == []
    assert str(months_between(date(2025, 11, 1), date(2026, 2, 1))) == "November 2025 – February 2026"


def test_only_times_that_have_begun_and_hold_something_are_offered():
    found = offered(date(2026, 2, 10))
    assert [period.key for period in found["halves"]] == ["2026-H2", "2026-H1"]
    assert [period.key for period in found["quarters"]] == ["2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1"]
    assert found["months"][0].key == "2026-11"
    assert found["months"][-1].key == "2026-02"


def test_the_running_half_year_is_the_preset():
    assert PeriodForm({}).chosen.key == "2026-H2"


def test_a_time_that_is_not_offered_can_be_asked_for_within_the_years_of_the_hub():
    form = PeriodForm({"period": "2023-Q3"}, first_day=date(2026, 1, 1))
    assert form.chosen.key == "2023-Q3"
    assert form.fields["period"].choices[0][1][0] == ("2023-Q3", "quarter 3 of 2023")
    assert not PeriodForm({"period": "2099"}).is_valid()
    assert not PeriodForm({"period": "2019"}).is_valid()


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"period": "own"}, "__all__", "Please choose both months."),
        ({"period": "own", "first": "2026-05", "last": "2026-04"}, "last", "This month is before the first one."),
        ({"period": "own", "first": "2020-01", "last": "2026-04"}, "last", "Please choose five years at most."),
        (
            {"period": "own", "first": "2026-05", "last": "9999-12"},
            "last",
            "Please choose a month from January 2020 to this month.",
        ),
        (
            {"period": "own", "first": "5/2026", "last": "2026-06"},
            "first",
            "Please write a month as year and month, such as 2026-07.",
        ),
    ],
)
def test_a_time_that_cannot_be_is_refused_in_words(data, field, message):
    form = PeriodForm(data)
    assert form.errors == {field: [message]}
    assert form["first"].value() == data.get("first")
