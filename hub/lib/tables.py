"""Tables to take along: CSV that spreadsheets open as text, whatever stands in a cell."""

import csv

from django.http import HttpResponse

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take the cell for a formula


def harmless(value):
    """A text as a spreadsheet shows it; numbers and dates stay as they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


def csv_response(name, rows):
    """A download of `rows` (sequences); the mark in front lets Excel read it as UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(response).writerows([harmless(value) for value in row] for row in rows)
    return response
