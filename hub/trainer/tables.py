"""Files with a table, as spreadsheets of many countries write them: which letters, which separator. Nothing here is kept."""

import csv
import io
import unicodedata
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

# In the order in which they are believed when a file could be in several.
ENCODINGS = {
    "utf-8-sig": _("UTF-8"),
    "utf-16": _("UTF-16"),
    "cp1253": _("Greek (Windows-1253)"),
    "cp1250": _("Central European (Windows-1250)"),
    "cp1252": _("Western European (Windows-1252)"),
}
ONE_BYTE = ["cp1250", "cp1253", "cp1252"]
# Letters beside a–z of the languages that a file is likely to be in.
LIKELY = {
    # Without the Czech ones that stand where Western European has à, è, ì, ò and ù.
    "cp1250": set("áéíóöőúüűÁÉÍÓÖŐÚÜŰ" + "ďřšťýžŠŽ" + "ąćęłńśźżŁŚŻ" + "ăţîâ"),
    "cp1252": set("àèéìòùåäöÀÈÉÌÒÙÅÄÖçñëïôêûøæßü"),
}
SEPARATORS = ";,\t"
MOST_LINES = 5_000  # with the empty ones


class NotATable(Exception):
    """The file cannot be read; its text says why, for the person who sent it."""


class Table(NamedTuple):
    rows: list  # of lists of text; some may be empty
    encoding: str  # a key of ENCODINGS


def read_table(content, *, encoding="", most_rows):
    """The Table in these bytes, at most `most_rows` + 1 rows of it. Raises NotATable."""
    if content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0":
        raise NotATable(_("This is a spreadsheet. Please save it as CSV first."))
    encoding = encoding or find_encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeError:
        raise NotATable(
            _("The letters of this file cannot be read so. Please choose others, or save it as UTF-8.")
        ) from None
    if any(unicodedata.category(char) == "Cc" for char in text if char not in "\t\r\n"):
        raise NotATable(_("This is not a file with text. Please save your list as CSV."))
    return Table(rows_of(text, most_rows), encoding)


def find_encoding(content):
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in content[:200]:  # of two bytes each, and the first half of a Latin letter is empty
        return "utf-16-le" if content[:200].find(b"\0") % 2 else "utf-16-be"
    try:
        content.decode("utf-8-sig")
    except UnicodeError:
        return max(ONE_BYTE, key=lambda name: likeness(content, name))
    return "utf-8-sig"


def name_of(encoding):
    return ENCODINGS["utf-16" if encoding.startswith("utf-16") else encoding]


def likeness(content, encoding):
    """How many letters outside a–z are those of a language written so; words that mix scripts count against it."""
    try:
        text = content.decode(encoding)
    except UnicodeError:
        return -1
    others = [char for char in text if ord(char) > 127]
    if encoding != "cp1253":
        return sum(char in LIKELY[encoding] for char in others) / max(len(others), 1)
    greek = [word for word in text.split() if any(is_greek(char) for char in word)]
    whole = [word for word in greek if not any(char.isascii() and char.isalpha() for char in word)]
    return sum(map(len, whole)) / max(sum(map(len, greek)), 1) - 0.01


def is_greek(char):
    return ord(char) > 127 and unicodedata.name(char, "").startswith("GREEK")


def rows_of(text, most_rows):
    """Rows, the empty ones too, so that they can be counted. The separator is the one that stands most often in the first line."""
    lines = text.lstrip("\ufeff").splitlines()
    first = next((line for line in lines if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    found, filled = [], 0
    try:
        for row in csv.reader(io.StringIO("\n".join(lines[:MOST_LINES])), delimiter=separator):
            found.append(row)
            filled += not is_empty(row)
            if filled > most_rows:
                break
    except csv.Error:
        raise NotATable(
            _("One of the lines of this file cannot be read. Please look for a quotation mark too many.")
        ) from None
    return found


def is_empty(row):
    return not any(cell.strip() for cell in row)
