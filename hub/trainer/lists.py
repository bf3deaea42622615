"""The list of a circle as a file: what the trainer's screen shows, and not a column more. Cells never become formulas."""

import csv
import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def heading():
    # Translators: on top of every list that a trainer takes out of the hub.
    return _("Not for benefit, immigration or disciplinary decisions")


def columns():
    return [_("Name in the circle"), _("Kit"), _("Last worked")]


def lines(rows):
    """The file line by line: the heading, the names of the columns, one line for each MemberRow."""
    yield [heading()]
    yield columns()
    for row in rows:
        yield [row.name, str(row.in_words), str(row.when)]


def safe(text):
    """A cell that a spreadsheet takes as text, whatever it begins with."""
    return f"'{text}" if text.lstrip().startswith(RISKY) or text.startswith(RISKY) else text


def as_csv(rows):
    """UTF-8 with a mark that spreadsheets know it by."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([safe(cell) for cell in line] for line in lines(rows))
    return "\ufeff" + out.getvalue()


def as_xlsx(rows):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    sheet.column_dimensions["A"].width = 40
    for number, line in enumerate(lines(rows)):
        sheet.append([text_cell(sheet, cell, bold=number < 2) for cell in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text_cell(sheet, text, *, bold):
    cell = WriteOnlyCell(sheet, value=safe(text))
    cell.data_type = "s"  # text, whatever it looks like
    cell.font = Font(bold=bold)
    return cell
