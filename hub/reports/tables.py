"""A fixed list of tables: one figure, or a few, by what the rows say and by what the columns say. Nobody asks for other ones."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Sum
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from courses.queries import kit_outlines
from hub.accounts.models import Organisation
from hub.accounts.roles import role_words
from hub.models import CountryPage
from hub.reports.counting import DIMENSIONS
from hub.reports.figures import FIGURES
from hub.reports.queries import rows_of, shown
from hub.reports.rounding import BASE


@dataclass(frozen=True, slots=True)
class Table:
    key: str
    title: str
    rows: str  # a dimension
    figures: tuple  # one when `columns` is a dimension
    columns: str = ""


LEARNING = ("enrolled", "started", "completed")
IN_CIRCLES = ("circles", "members", "sessions", "minutes")
TABLES = [
    Table("kits", lazy("Learning by kit"), "kit", LEARNING),
    Table("languages", lazy("Learning by language of the account"), "language", LEARNING),
    Table("roles", lazy("Learning by role"), "role", ("accounts", *LEARNING)),
    Table("kit-language", lazy("Enrolments by kit and language"), "kit", ("enrolled",), "language"),
    Table("completed", lazy("Completed by kit and language"), "kit", ("completed",), "language"),
    Table("kit-role", lazy("Enrolments by role and kit"), "role", ("enrolled",), "kit"),
    Table("circles", lazy("Circles by kit"), "kit", IN_CIRCLES),
    Table("organisations", lazy("Circles by organisation"), "organisation", IN_CIRCLES),
    Table("countries", lazy("Circles by country of the organisation"), "country", IN_CIRCLES),
    Table("members", lazy("Members of circles by organisation and kit"), "organisation", ("members",), "kit"),
    Table("visits", lazy("Visits by language of the page"), "language", ("visits", "pages", "downloads")),
    Table("pages", lazy("Pages opened by kit and language"), "kit", ("pages",), "language"),
    Table("forums", lazy("Forums by language of the post"), "language", ("threads", "posts", "thanks")),
]
OF_ALL = {"organisations", "countries", "members"}  # which organisation has what: for those who see all


@dataclass(frozen=True, slots=True)
class Filled:
    """A Table of a period: `head` are names of columns, `rows` [(name, [Shown, …])], `total` [Shown, …]."""

    table: Table
    head: list
    rows: list
    total: list

    @property
    def row_head(self):
        return HEADS[self.table.rows]


HEADS = {
    "kit": lazy("Kit"),
    "language": lazy("Language"),
    "role": lazy("Role"),
    "organisation": lazy("Organisation"),
    "country": lazy("Country"),
}


def tables_for(viewer):
    return [
        table
        for table in TABLES
        if set(table.figures) <= set(viewer.figures) and (viewer.sees_all or table.key not in OF_ALL)
    ]


def filled_tables(viewer, period):
    """Every table that she may see, filled: two statements for all of them."""
    cells = cells_of(viewer, period)
    names = names_of_values(cells)
    return [fill(table, cells, names) for table in tables_for(viewer)]


def cells_of(viewer, period):
    """[({"figure", "kit", …, "country"}, count)]: the finest groups of the period."""
    countries = dict(Organisation.objects.values_list("pk", "country"))
    found = rows_of(viewer, period).order_by().values("figure", *DIMENSIONS).annotate(count=Sum("number"))
    return [({**row, "country": countries.get(row["organisation"], "")}, row["count"]) for row in found]


def fill(table, cells, names):
    """Counts are added up, and rounded last: each cell, each total by itself."""
    counts = defaultdict(Counter)
    for row, count in cells:
        if row["figure"] in table.figures:
            counts[row[table.rows]][row[table.columns] if table.columns else row["figure"]] += count
    columns = list(table.figures)
    if table.columns:
        columns = in_order({value for row in counts.values() for value in row}, names, table.columns)
    head = [names[table.columns].get(value, value) if table.columns else FIGURES[value].name for value in columns]
    rows = [
        (names[table.rows].get(value, value), shown_row(table, columns, counts[value]), value)
        for value in in_order(counts, names, table.rows)
    ]
    total = shown_row(table, columns, added(counts.values()))
    return Filled(table, head + [_("All together")] * bool(table.columns), folded(table, columns, rows, counts), total)


def shown_row(table, columns, counts):
    """The cells of a row, and its sum where the columns are groups of one figure."""
    if not table.columns:
        return [shown(counts[figure], figure) for figure in columns]
    [figure] = table.figures
    return [*(shown(counts[column], figure) for column in columns), shown(counts.total(), figure)]


def folded(table, columns, rows, counts):
    """Groups of which every number is small are one row, so that not even their names say that somebody is there."""
    small = [value for _name, cells, value in rows if all(cell.value is None for cell in cells)]
    if len(small) < 2:
        return [(name, cells) for name, cells, _value in rows]
    # Translators: the last row of a table: groups of which each has fewer than five.
    others = _("Others, each fewer than %(number)s") % {"number": BASE}
    last = (others, shown_row(table, columns, added(counts[value] for value in small)))
    return [*((name, cells) for name, cells, value in rows if value not in small), last]


def added(counters):
    return sum(counters, Counter())


def in_order(values, names, dimension):
    """By name, what belongs nowhere last: never by count, which would tell what rounding hides."""
    known = names.get(dimension, {})
    return sorted(values, key=lambda value: (value in {"", 0}, str(known.get(value, value))))


def names_of_values(cells):
    """{dimension: {value: its name in the language of the page}}"""
    organisations = dict(Organisation.objects.values_list("pk", "name"))
    kits = {str(kit.key): kit.title for kit in kit_outlines(get_language()).values()}
    gone = {row["kit"]: _("a kit that is not published") for row, _count in cells if row["kit"] not in kits}
    # Translators: in a table of kits: pages and posts that belong to no kit.
    outside = pgettext_lazy("row of a table by kit", "outside the kits")
    roles = {row["role"]: capfirst(role_words(row["role"])) for row, _count in cells}
    return {
        "kit": gone | kits | {"": outside},
        "language": settings.LANGUAGE_NAMES | {"": _("without a language")},
        "role": roles | {"": _("Without a role: learners")},
        "organisation": organisations | {0: _("no organisation")},
        "country": {code.upper(): name for code, name in CountryPage.Country.choices} | {"": _("no country given")},
        "": {},
    }
