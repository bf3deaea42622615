"""Bars for the months of a figure, as numbers for a drawing (templates/reports/chart.html). The table beside it says the same."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hub.reports.periods import month_name

HEIGHT, TOP, FOOT = 150, 22, 24  # of the drawing, above the bars, below them
NARROWEST, WIDEST = 26, 320  # a bar with its gap; the drawing, as long as the bars fit
MOST_NAMES = 12
LETTER = 6.5  # width of one; numbers that would run into each other are left to the table


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    middle: float
    number: str  # "" where there is no room
    name: str
    small: bool  # fewer than five: a mark on the line


def chart_of(line):
    """{"width", "height", "base", "bars", "summary"} of a FigureLine; None for one month, or when all bars would be marks."""
    if len(line.months) < 2 or all(number.value is None for _month, number in line.months):
        return None
    step = max(NARROWEST, WIDEST / len(line.months))
    highest = max(number.value or 0 for _month, number in line.months)
    has_room = LETTER * max(len(str(number)) for _month, number in line.months if number.value) <= step
    every = -(-len(line.months) // MOST_NAMES)
    bars = [
        bar(place, number, step, highest, has_room, date_format(month, "M") if place % every == 0 else "")
        for place, (month, number) in enumerate(line.months)
    ]
    sizes = {"width": round(step * len(bars)), "height": HEIGHT, "base": HEIGHT - FOOT}
    return sizes | {"bars": bars, "summary": summary(line)}


def bar(place, number, step, highest, has_room, name):
    room = HEIGHT - FOOT - TOP
    height = round(room * number.value / highest, 1) if number.value else 2
    return Bar(
        x=round(place * step + step * 0.14, 1),
        y=round(HEIGHT - FOOT - height, 1),
        width=round(step * 0.72, 1),
        height=height,
        middle=round((place + 0.5) * step, 1),
        number=str(number) if number.value and has_room else "",
        name=name,
        small=number.value is None,
    )


def summary(line):
    """What the drawing shows, in words."""
    high = max(line.months, key=lambda pair: pair[1].value or 0)
    first, last = month_name(line.months[0][0]), month_name(line.months[-1][0])
    return _("%(first)s to %(last)s. The most in %(month)s: %(number)s. All numbers are in the table below.") % {
        "first": first,
        "last": last,
        "month": month_name(high[0]),
        "number": high[1],
    }
