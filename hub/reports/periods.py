"""Stretches of whole months. A day of statistics is a day in Europe/Brussels."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

ZONE = ZoneInfo("Europe/Brussels")
FIRST_YEAR = 2020
KEY = re.compile(r"(20\d\d)(?:-([HQ]?)(\d{1,2}))?")
LENGTHS = {"H": 6, "Q": 3, "": 1}  # months


def today():
    return timezone.localdate(timezone=ZONE)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both counted in."""

    key: str  # 2026, 2026-H2, 2026-Q4, 2026-11 or 2026-03_2026-05
    start: date
    end: date

    @property
    def months(self):
        """The first day of each month."""
        first, last = month_number(self.start), month_number(self.end)
        return [date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1)]

    @property
    def halves(self):
        """[(year, 1 or 2)] when it is made of whole half-years, else []."""
        if self.start.month not in {1, 7} or self.end.month not in {6, 12}:
            return []
        return [(month.year, 1 if month.month == 1 else 2) for month in self.months if month.month in {1, 7}]

    def __str__(self):
        return name_of(self)


def month_number(day):
    return day.year * 12 + day.month - 1


def stretch(key, start, length):
    """The Period that begins with the month of `start` and is `length` months long."""
    number = month_number(start) + length - 1
    year, month = number // 12, number % 12 + 1
    return Period(key, start, date(year, month, monthrange(year, month)[1]))


def period_of(key):
    """The Period of a key; None when it is none."""
    found = KEY.fullmatch(key)
    if not found:
        return None
    year, kind, number = int(found[1]), found[2], int(found[3] or 0)
    if kind is None:
        return stretch(key, date(year, 1, 1), 12)
    length = LENGTHS[kind]
    if not 1 <= number <= 12 // length:
        return None
    return stretch(key, date(year, (number - 1) * length + 1, 1), length)


def half_year(day):
    return period_of(f"{day.year}-H{1 if day.month < 7 else 2}")


def months_between(first, last):
    """From the month of one day to the month of another."""
    return stretch(f"{first:%Y-%m}_{last:%Y-%m}", first.replace(day=1), month_number(last) - month_number(first) + 1)


def name_of(period):
    found = KEY.fullmatch(period.key)
    if not found:
        return f"{month_name(period.start)} – {month_name(period.end)}"
    year, kind, number = found.groups()
    if kind is None:
        return year
    if kind == "H":
        return (_("January to June %(year)s") if number == "1" else _("July to December %(year)s")) % {"year": year}
    if kind == "Q":
        # Translators: a quarter of a year, such as "quarter 3 of 2026".
        return _("quarter %(number)s of %(year)s") % {"number": number, "year": year}
    return month_name(period.start)


def month_name(day):
    return date_format(day, "YEAR_MONTH_FORMAT")


def offered(first_day):
    """{"halves": [Period, …], …}, the newest first: what can be chosen without typing."""
    now, first = today(), max(first_day or today(), date(FIRST_YEAR, 1, 1))
    years = range(now.year, max(first.year, now.year - 9) - 1, -1)
    recent = [year for year in years if year >= now.year - 2]

    def begun(keys):
        return [period for period in map(period_of, keys) if period.start <= now and period.end >= first]

    return {
        "halves": begun(f"{year}-H{half}" for year in years for half in (2, 1)),
        "years": begun(f"{year}" for year in years),
        "quarters": begun(f"{year}-Q{number}" for year in recent for number in (4, 3, 2, 1)),
        "months": begun(f"{year}-{number:02d}" for year in recent for number in range(12, 0, -1)),
    }
