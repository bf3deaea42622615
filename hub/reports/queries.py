"""The figures of a period as they may be shown: rounded, and beside their targets. No exact count leaves this file and tables.py."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from hub.reports.counting import UNTIL
from hub.reports.figures import FIGURES, Figure
from hub.reports.models import DailyFigure, Target
from hub.reports.rounding import BASE, rounded


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as it may be shown; `value` is None for fewer than five."""

    value: int | None

    def __str__(self):
        if self.value is None:
            return _("fewer than %(number)s") % {"number": BASE}
        return number_format(self.value, force_grouping=True)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure of a period: rounded as a whole, and month by month."""

    figure: Figure
    number: Shown
    months: list = field(default_factory=list)  # [(first day of the month, Shown)]
    target: int | None = None

    @property
    def target_in_words(self):
        return number_format(self.target, force_grouping=True)


def shown(count, figure):
    """`count` as it is kept, of minutes for hours, as it may be shown."""
    return Shown(rounded(round(count / FIGURES[figure].per)))


def counted_until():
    """The last day that has been counted; None before the first counting."""
    return DailyFigure.objects.filter(figure=UNTIL).values_list("day", flat=True).order_by("-day").first()


def first_day():
    return DailyFigure.objects.filter(figure="accounts").values_list("day", flat=True).order_by("day").first()


def rows_of(viewer, period):
    return DailyFigure.objects.filter(viewer.rows, day__range=(period.start, period.end))


def figure_lines(viewer, period):
    """Every figure that she may see, as FigureLines: two statements, however many rows there are."""
    sums = defaultdict(Counter)
    for key, day, number in rows_of(viewer, period).values_list("figure", "day").annotate(number=Sum("number")):
        sums[key][date(day.year, day.month, 1)] += number
    targets = targets_of(period) if viewer.sees_all else {}
    return [
        FigureLine(
            figure,
            shown(sums[key].total(), key),
            [(month, shown(sums[key][month], key)) for month in period.months],
            targets.get(key),
        )
        for key, figure in viewer.figures.items()
    ]


def targets_of(period):
    """{figure: number} of a period of whole half-years; a figure counts when each of them has a target."""
    halves = period.halves
    if not halves:
        return {}
    found = defaultdict(dict)
    for row in Target.objects.filter(year__range=(halves[0][0], halves[-1][0])):
        if (row.year, row.half) in halves:
            found[row.figure][row.year, row.half] = row.number
    return {key: sum(numbers.values()) for key, numbers in found.items() if len(numbers) == len(halves)}


def month_tables(lines, at_once=6):
    """[([month, …], [(figure, [Shown, …])])]: every figure by month, six months side by side on paper."""
    return [part_of_months(lines, start, start + at_once) for start in range(0, len(lines[0].months), at_once)]


def part_of_months(lines, start, end):
    months = [month for month, _number in lines[0].months[start:end]]
    return months, [(line.figure, [number for _month, number in line.months[start:end]]) for line in lines]
