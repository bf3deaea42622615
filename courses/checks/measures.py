"""How long a page is, and how hard to read."""

from math import ceil
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from courses.checks.texts import pieces, reading_text
from hub.lib.prose import reading_level, words

WORDS_A_MINUTE = 130  # of somebody who reads in a language that is not her first
EASE = [
    (30, _("very easy")),
    (40, _("easy")),
    # Translators: how hard a text is to read: as hard as a newspaper.
    (50, _("like a newspaper")),
]
# Björnsson's steps were found with texts in these; other languages have longer or shorter words.
STEPPED = ("en", "sv")


class Measures(NamedTuple):
    words: int
    minutes: int
    level: int
    ease: str


def measure(page, found=None):
    """Measures of what is read on a page; what is done, asked or looked up does not count."""
    text = reading_text(pieces(page) if found is None else found)
    count, level = len(words(text)), round(reading_level(text))
    return Measures(count, ceil(count / WORDS_A_MINUTE), level, ease(level, page.locale.language_code, count))


def ease(level, language, count):
    if language not in STEPPED or not count:
        return ""
    return next((word for limit, word in EASE if level < limit), _("hard"))
