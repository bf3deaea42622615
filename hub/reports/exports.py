"""The same numbers as files: a line at a time, so that the size of a file never matters. Cells never become formulas."""

import csv
import tempfile

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from hub.reports.periods import month_name
from hub.reports.rounding import BASE
from hub.trainer.lists import safe

SHEET_NAME = 31  # characters that a spreadsheet allows


def notes(period, until):
    """What stands on top of each file."""
    yield _("Figures of the hub: %(time)s") % {"time": period}
    if until:
        yield _("Counted up to %(day)s.") % {"day": date_format(until)}
    yield rounding_note()


def rounding_note():
    return _(
        "Every number is rounded to a multiple of %(base)s by itself, a total too, so parts need not add up. "
        "From none to four is “fewer than %(base)s”."
    ) % {"base": BASE}


def figure_rows(lines):
    yield [_("Figure"), _("Number"), _("Target"), _("Definition"), _("Source")]
    for line in lines:
        figure = line.figure
        target = "" if line.target is None else line.target
        yield [figure.name, cell(line.number), target, figure.definition, figure.source]


def month_rows(lines):
    yield [_("Figure"), *(month_name(month) for month, _number in lines[0].months)]
    for line in lines:
        yield [line.figure.name, *(cell(number) for _month, number in line.months)]


def table_rows(filled):
    yield [filled.row_head, *filled.head]
    for name, cells in filled.rows:
        yield [name, *map(cell, cells)]
    yield [_("All together"), *map(cell, filled.total)]


def cell(shown):
    return str(shown) if shown.value is None else shown.value


def sections(lines, tables):
    """(title, rows) of everything, one after the other."""
    yield _("Figures"), figure_rows(lines)
    yield _("By month"), month_rows(lines)
    for filled in tables:
        yield filled.table.title, table_rows(filled)


class Echo:
    """A file for the csv module that gives back what is written."""

    def write(self, text):
        return text


def csv_lines(head, parts, language):
    """UTF-8 with the mark that spreadsheets know it by, a line at a time; it is read after the view has answered."""
    with translation.override(language):
        write = csv.writer(Echo(), delimiter=";").writerow
        yield "\ufeff" + write([safe(str(next(head)))])
        for note in head:
            yield write([safe(str(note))])
        for title, rows in parts:
            yield write([])
            yield write([safe(str(title))])
            for row in rows:
                yield write([safe(str(value)) for value in row])


def xlsx_file(head, parts):
    """An open temporary file; the sheets are written as they are made."""
    book = Workbook(write_only=True)
    for number, (title, rows) in enumerate(parts):
        sheet = book.create_sheet(sheet_name(number, title))
        sheet.column_dimensions["A"].width = 40
        for note in head if number == 0 else []:
            sheet.append([spread(sheet, note)])
        sheet.append([spread(sheet, title, bold=True)])
        for place, row in enumerate(rows):
            sheet.append([spread(sheet, value, bold=place == 0) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115  (closed by the response)
    book.save(file)
    file.seek(0)
    return file


def sheet_name(number, title):
    plain = "".join(char for char in str(title) if char not in "[]:*?/\\'")
    return f"{number + 1} {plain}"[:SHEET_NAME]


def spread(sheet, value, *, bold=False):
    """A number as a number; anything else as text, whatever it looks like."""
    is_number = isinstance(value, int)
    made = WriteOnlyCell(sheet, value=value if is_number else safe(str(value)))
    made.data_type = "n" if is_number else "s"
    made.font = Font(bold=bold)
    return made
