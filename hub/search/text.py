"""The words of a text, weighed; and a few of its lines with the words that were looked for."""

import html
import re
from collections import Counter
from math import log2

from django.utils.html import escape
from django.utils.safestring import mark_safe

from hub.lib.stemming import fold_word, forms, nfc, words_of

# What a word weighs by where it stands.
IN_TITLE, IN_HEADING, IN_TEXT = 12, 4, 1
TAG = re.compile(r"<[^<>]*>")
SNIPPET = 220  # letters


def plain(markup):
    """The text of HTML; what a tag parts stays apart."""
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())


def weighed(language, *, title, headings, text):
    """{folded word: [weight, its other forms…]}. A word that stands often weighs a little more than one that stands once."""
    found = Counter()
    known = {}
    for place, weight in ((title, IN_TITLE), (headings, IN_HEADING)):
        for word in {word.casefold() for word, *_place in words_of(place)}:
            found[fold_word(word)] += weight
            known.setdefault(fold_word(word), word)
    counted = Counter(word.casefold() for word, *_place in words_of(text))
    for word, times in counted.items():
        found[fold_word(word)] += IN_TEXT * (1 + log2(times))
        known.setdefault(fold_word(word), word)
    return {folded: [round(weight, 1), *forms(known[folded], language)[1:]] for folded, weight in found.items()}


def packed(language, text):
    """Every form of every word once, between blanks: what the database looks through."""
    return " ".join(sorted({form for word, *_place in words_of(text) for form in forms(word, language)}))


def snippet(text, language, sought, length=SNIPPET):
    """HTML: the lines of `text` in which most of what was sought stands, each such word marked."""
    text = nfc(text)
    places = [(start, end) for word, start, end in words_of(text) if not sought.isdisjoint(forms(word, language))]
    begin = best_begin(text, places, length)
    end = len(text) if begin + length >= len(text) else max(text.rfind(" ", begin, begin + length), begin + length // 2)
    pieces, at = ["… " if begin else ""], begin
    for start, stop in places:
        if begin <= start and stop <= end:
            pieces += [escape(text[at:start]), "<mark>", escape(text[start:stop]), "</mark>"]
            at = stop
    return mark_safe("".join([*pieces, escape(text[at:end]), " …" if end < len(text) else ""]))


def best_begin(text, places, length):
    """Where the window begins that shows most of the places: at the beginning of a sentence, if one is near."""
    if not places or places[0][0] < length // 2:
        return 0
    starts = [start for start, _end in places]
    best = max(starts, key=lambda start: sum(start <= other < start + length * 2 // 3 for other in starts))
    sentence = max(text.rfind(sign, max(0, best - length // 2), best) for sign in (". ", "? ", ": "))
    return sentence + 2 if sentence > 0 else text.rfind(" ", 0, max(0, best - length // 4)) + 1
