"""A fixed list of tables: one figure, or a few, by what the rows say and by what the columns say. Nobody asks for other ones."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Sum
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

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
    Table("kits", gettext_lazy("Learning by kit"), "kit", LEARNING),
    Table("languages", gettext_lazy("Learning by language of the account"), "language", LEARNING),
    Table("roles", gettext_lazy("Learning by role"), "role", ("accounts", *LEARNING)),
    Table("kit-language", gettext_lazy("Enrolments by kit and language"), "kit", ("enrolled",), "language"),
    Table("completed", gettext_lazy("Completed by kit and language"), "kit", ("completed",), "language"),
    Table("kit-role", gettext_lazy("Enrolments by role and kit"), "role", ("enrolled",), "kit"),
    Table("circles", gettext_lazy("Circles by kit"), "kit", IN_CIRCLES),
    Table("organisations", gettext_lazy("Circles by organisation"), "organisation", IN_CIRCLES),
    Table("countries", gettext_lazy("Circles by country of the organisation"), "country", IN_CIRCLES),
    Table("members", gettext_lazy("Members of circles by organisation and kit"), "organisation", ("members",), "kit"),
    Table(
        "changes", gettext_lazy("What has changed, by organisation"), "organisation", ("slips", "more", "same", "less")
    ),
    Table("visits", gettext_lazy("Visits by language of the page"), "language", ("visits", "pages", "downloads")),
    Table("pages", gettext_lazy("Pages opened by kit and language"), "kit", ("pages",), "language"),
    Table("forums", gettext_lazy("Forums by language of the post"), "language", ("threads", "posts", "thanks")),
]
OTHERS = "others"
OF_ALL = {"organisations", "changes", "countries", "members"}  # which organisation has what: for those who see all


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
    "kit": gettext_lazy("Kit"),
    "language": gettext_lazy("Language"),
    "role": gettext_lazy("Role"),
    "organisation": gettext_lazy("Organisation"),
    "country": gettext_lazy("Country"),
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
    counts, columns = columns_of(table, counts, names)
    kept = [value for value in in_order(counts, names, table.rows) if not is_small(table, columns, counts[value])]
    others = added(row for value, row in counts.items() if value not in kept)
    rows = [(names[table.rows].get(value, value), shown_row(table, columns, counts[value])) for value in kept]
    head = [names[table.columns].get(value, value) if table.columns else FIGURES[value].name for value in columns]
    return Filled(
        table,
        head + [_("All together")] * bool(table.columns),
        [*rows, (others_name(), shown_row(table, columns, others))],
        shown_row(table, columns, added(counts.values())),
    )


def columns_of(table, counts, names):
    """(counts, columns). Groups with fewer than five in all become one column, which is there whether or not there are any."""
    if not table.columns:
        return counts, list(table.figures)
    [figure] = table.figures
    total = added(counts.values())
    large = {value for value, count in total.items() if shown(count, figure).value is not None}
    merged = {
        row: added(Counter({at if at in large else OTHERS: n}) for at, n in of.items()) for row, of in counts.items()
    }
    return merged, [*in_order(large, names, table.columns), OTHERS]


def shown_row(table, columns, counts):
    """The cells of a row, and its sum where the columns are groups of one figure."""
    if not table.columns:
        return [shown(counts[figure], figure) for figure in columns]
    [figure] = table.figures
    return [*(shown(counts[column], figure) for column in columns), shown(counts.total(), figure)]


def is_small(table, columns, counts):
    """Such groups are one row, there whether or not there are any, so that no name says that somebody is there."""
    return all(cell.value is None for cell in shown_row(table, columns, counts))


def others_name():
    # Translators: the last row or column of a table: groups of which each has fewer than five, or none.
    return _("Others, each fewer than %(number)s") % {"number": BASE}


def added(counters):
    return sum(counters, Counter())


def in_order(values, names, dimension):
    """By name, what belongs nowhere last: never by count, which would tell what rounding hides."""
    known = names.get(dimension, {})
    return sorted(values, key=lambda value: (value in {"", 0}, str(known.get(value, value))))


def names_of_values(cells):
    """{dimension: {value: its name in the language of the page}}"""
    organisations, others = dict(Organisation.objects.values_list("pk", "name")), {OTHERS: others_name()}
    kits = {str(kit.key): kit.title for kit in kit_outlines(get_language()).values()}
    gone = {row["kit"]: _("a kit that is not published") for row, _count in cells if row["kit"] not in kits}
    # Translators: in a table of kits: pages and posts that belong to no kit.
    outside = pgettext_lazy("row of a table by kit", "outside the kits")
    roles = {row["role"]: capfirst(role_words(row["role"])) for row, _count in cells}
    return {
        "kit": gone | kits | {"": outside} | others,
        "language": settings.LANGUAGE_NAMES | {"": _("without a language")} | others,
        "role": roles | {"": _("Without a role: learners")},
        "organisation": organisations | {0: _("no organisation")},
        "country": {code.upper(): name for code, name in CountryPage.Country.choices} | {"": _("no country given")},
        "": {},
    }
