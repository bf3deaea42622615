"""What two ways of writing the same answer have in common: no case, accent, tonos, double space or full stop."""

import re
import unicodedata
from decimal import Decimal

DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ′`´"), "'")
AROUND = " .,;:!?·…\"“”„'«»¿¡"
NUMBER = re.compile(r"[+-]?\d{1,30}(?:[.,]\d{1,30})*(?:e[+-]?\d{1,3})?$")
# Blanks and apostrophes stand between the thousands of a number.
BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[\s'](?=\d{3}(?!\d))")


def fold(text):
    """`text` as answers are compared: NFKC, no case, no marks above or below letters; a final sigma is a sigma."""
    text = unicodedata.normalize("NFKC", text).translate(DASHES | APOSTROPHES).casefold()
    letters = [char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn"]
    folded = " ".join("".join(letters).split())
    return folded.strip(AROUND) or folded


def parse_number(text, unit=""):
    """A Decimal, or None when `text` is no number. Takes a decimal comma or point, blanks between thousands, and the unit."""
    text = _plain(text)
    unit = _plain(unit)
    if unit and text.endswith(unit):
        text = text[: -len(unit)].strip()
    text = BETWEEN_THOUSANDS.sub("", text)
    return Decimal(_with_point(text)) if NUMBER.match(text) else None


def _plain(text):
    return " ".join(unicodedata.normalize("NFKC", text).translate(DASHES | APOSTROPHES).casefold().split())


def _with_point(text):
    """A sign that stands once is the decimal sign; where both stand, the last one is; what stands more than once is not."""
    last = max(text.rfind(","), text.rfind("."))
    if last < 0:
        return text
    if text.count(text[last]) > 1:
        return text.replace(",", "").replace(".", "")
    whole = text[:last].replace(",", "").replace(".", "")
    return f"{whole}.{text[last + 1 :]}"
