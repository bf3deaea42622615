"""What may be shown: rounded, small groups folded, the same with nobody and with four."""

from datetime import date

import pytest

from hub.accounts.models import Organisation
from hub.reports.access import Viewer
from hub.reports.actions import set_targets
from hub.reports.charts import chart_of
from hub.reports.models import DailyFigure
from hub.reports.periods import period_of
from hub.reports.queries import figure_lines, month_tables
from hub.reports.rounding import rounded
from hub.reports.tables import filled_tables

HALF = period_of("2026-H2")
FEW, OTHERS = "fewer than 5", "Others, each fewer than 5"


def count(figure, number, day=date(2026, 9, 3), **fields):
    DailyFigure.objects.create(figure=figure, day=day, number=number, **fields)


def table(key, viewer=None):
    found = next(filled for filled in filled_tables(viewer or Viewer(), HALF) if filled.table.key == key)
    return (
        found.head,
        [[str(name), *map(str, cells)] for name, cells in found.rows],
        [str(cell) for cell in found.total],
    )


def test_counts_are_rounded_to_the_nearest_five_and_never_to_nothing():
    assert [rounded(number) for number in (0, 1, 4)] == [None] * 3
    assert [rounded(number) for number in (5, 7, 8, 12, 13, 1_000_001)] == [5, 5, 10, 10, 15, 1_000_000]


def test_small_groups_are_one_row_and_one_column_which_are_always_there(db):
    for language, number in {"en": 41, "el": 8, "hu": 4, "it": 3}.items():
        count("enrolled", number, language=language, kit="gone")
    assert table("kit-language") == (
        ["English", "Ελληνικά", OTHERS, "All together"],
        [["a kit that is not published", "40", "10", "5", "55"], [OTHERS, FEW, FEW, FEW, FEW]],
        ["40", "10", "5", "55"],
    )
    assert [row[0] for row in table("languages")[1]] == ["English", "Ελληνικά", OTHERS]


def test_nobody_and_four_look_the_same(db):
    before = table("languages"), table("kit-language"), table("roles")
    count("enrolled", 4, language="hu", role="trainer")
    assert (table("languages"), table("kit-language"), table("roles")) == before


def test_a_total_is_rounded_by_itself(db):
    for language in ("en", "el"):
        count("started", 7, language=language)
    head, rows, total = table("languages")
    assert [row[head.index("Started") + 1] for row in rows] == ["5", "5", FEW]
    assert total[head.index("Started")] == "15"


def test_minutes_are_shown_as_hours(db):
    count("minutes", 150 * 8, organisation=1)
    assert {line.figure.key: str(line.number) for line in figure_lines(Viewer(), HALF)}["minutes"] == "20"


def test_staff_see_their_own_organisation_and_what_is_about_nobody(db):
    few = dict.fromkeys(["pages", "downloads", "circles", "sessions", "minutes", "slips", "more", "same", "less"], FEW)
    ours, theirs = (Organisation.objects.create(name=name) for name in ("Ours", "Theirs"))
    count("members", 12, organisation=ours.pk)
    count("members", 30, organisation=theirs.pk)
    count("enrolled", 50)
    count("visits", 70)
    lines = {line.figure.key: str(line.number) for line in figure_lines(Viewer(ours), HALF)}
    assert lines == few | {"visits": "70", "members": "10"}
    assert [filled.table.key for filled in filled_tables(Viewer(ours), HALF)] == ["circles", "visits", "pages"]


def test_a_year_has_a_target_when_both_halves_have_one(db):
    set_targets(year=2026, half=1, numbers={"enrolled": 100, "completed": 20})
    set_targets(year=2026, half=2, numbers={"enrolled": 150, "completed": None})
    targets = {line.figure.key: line.target for line in figure_lines(Viewer(), period_of("2026")) if line.target}
    assert targets == {"enrolled": 250}
    set_targets(year=2026, half=1, numbers={"enrolled": None})
    assert {line.target for line in figure_lines(Viewer(), period_of("2026"))} == {None}


def test_a_chart_has_a_bar_for_each_month_and_says_in_words_what_it_shows(db):
    for month, number in {7: 10, 9: 40, 11: 3}.items():
        count("enrolled", number, day=date(2026, month, 5))
    line = next(line for line in figure_lines(Viewer(), HALF) if line.figure.key == "enrolled")
    chart = chart_of(line)
    assert [(bar.name, bar.number, bar.small) for bar in chart["bars"]][:4] == [
        ("Jul", "10", False),
        ("Aug", "", True),
        ("Sep", "40", False),
        ("Oct", "", True),
    ]
    heights = [bar.height for bar in chart["bars"]]
    assert heights[2] == 4 * heights[0]
    assert "The most in September 2026: 40." in chart["summary"]


def test_on_paper_six_months_stand_side_by_side(db):
    count("enrolled", 9, day=date(2026, 8, 5))
    parts = month_tables(figure_lines(Viewer(), period_of("2026")))
    assert [(months[0].month, months[-1].month) for months, _rows in parts] == [(1, 6), (7, 12)]
    later = {figure.key: [str(number) for number in numbers] for figure, numbers in parts[1][1]}
    assert later["enrolled"] == [FEW, "10", FEW, FEW, FEW, FEW]


def test_a_month_or_nothing_but_small_numbers_needs_no_chart(db):
    count("enrolled", 4)
    assert {chart_of(line) for line in figure_lines(Viewer(), HALF)} == {None}
    assert {chart_of(line) for line in figure_lines(Viewer(), period_of("2026-09"))} == {None}


@pytest.mark.parametrize("groups", [1, 3])
def test_the_statements_do_not_grow_with_the_groups(db, groups, django_assert_num_queries):
    for number in range(groups):
        partner = Organisation.objects.create(name=f"Partner {number}")
        count("members", 10, organisation=partner.pk, language=f"l{number}")
    filled_tables(Viewer(), HALF)  # the outlines of the kits are at hand from then on
    with django_assert_num_queries(5):  # by day, targets; countries, finest groups, names of organisations
        figure_lines(Viewer(), HALF)
        filled_tables(Viewer(), HALF)
