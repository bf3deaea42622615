"""What can be said about a translated text without reading it: its language, length, signs, marks and terms.

Texts are those of PO entries: English, translation, code of the language. Every function returns what is wrong in words, or nothing.
"""

import csv
import re
import unicodedata
from typing import NamedTuple

from hub.lib.guess_language import guess_language
from hub.lib.prose import words

TAG = re.compile(r"<[^<>]*>|https?://\S+|/[a-z0-9/-]+/|%\([a-z_]+\)[sd]|\{[a-z_]*\}|&[a-z]+;")
DOUBLE_SPACE = re.compile(r"\S {2,}\S")
QUOTES = {"it": "«»“”", "el": "«»“”", "hu": "„”»«", "sv": "”’"}  # outer and inner ones of locale/README.md
ALL_QUOTES = '“”„«»"‘‚'
LONG = 8  # words from which on language and length can be judged
SHORTEST, LONGEST = 0.5, 2.2  # letters of a translation for each letter of a long English text
PREFIX = 0.6  # share of a word of a term with which an inflected form begins
WHOLE = 4  # letters up to which a word of a term stands nearly as it is


def bare(text):
    """A text without tags, addresses and placeholders."""
    return TAG.sub(" ", text)


def another_language(english, translation, language):
    if len(words(bare(english))) < LONG:
        return None
    found = guess_language(bare(translation), chosen=language)
    return f"reads like “{found}”" if found not in (None, language) else None


def left_in_english(english, translation):
    same = fold(" ".join(words(bare(english)))) == fold(" ".join(words(bare(translation))))
    return "is the English text" if same and sum(map(str.isalpha, words(bare(english)))) > 2 else None


def odd_length(english, translation):
    if len(words(bare(english))) < LONG:
        return None
    share = len(bare(translation)) / len(bare(english))
    return None if SHORTEST <= share <= LONGEST else f"has {share:.1f} letters for each letter of the English text"


def odd_marks(english, translation, language):
    """Quotation marks of another language, and double spaces."""
    text = bare(translation)
    own = QUOTES.get(language, ALL_QUOTES)  # of a language that an operator has added, nothing is known
    wrong = {mark for mark in ALL_QUOTES if mark in text} - set(own)
    if wrong and not wrong <= set(bare(english)) - set('“”"‘'):
        return f"has {' '.join(sorted(wrong))}; this language writes {QUOTES[language]}"
    return "has two spaces in a row" if DOUBLE_SPACE.search(translation) and not DOUBLE_SPACE.search(english) else None


FINDERS = (
    lambda english, text, language: another_language(english, text, language),
    lambda english, text, language: left_in_english(english, text),
    lambda english, text, language: odd_length(english, text),
    odd_marks,
)


def faults(english, translation, language):
    """What is wrong with one translated text, in words."""
    return list(filter(None, (find(english, translation, language) for find in FINDERS)))


# Terms -------------------------------------------------------------------------------------------


class Term(NamedTuple):
    """`english` finds it in a text; `ways`: each a list of words that a translation has, in any form, for one of its names."""

    name: str
    english: re.Pattern
    ways: list


def fold(text):
    """Without case and accents, as one compares words."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("ς", "σ"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def read_terms(path, language):
    """The Terms of locale/glossary.csv that are marked as checked, in one language."""
    with open(path, encoding="utf-8", newline="") as file:
        return [make_term(row["term_en"], row[language]) for row in csv.DictReader(file) if row["checked"]]


def make_term(english, translation):
    names = re.split(r" / |; (?:neutro: )?", re.sub(r"\([^)]*\)", "", translation))
    ways = [[fold(word) for word in words(name)] for name in names]
    return Term(english, re.compile(rf"(?<![\w-]){re.escape(english)}(?:e?s)?(?![\w-])", re.IGNORECASE), ways)


def uses(term, english, translation):
    """Whether the English text has the term, and if so whether the translation has it too: None, True or False."""
    if not term.english.search(bare(english)):
        return None
    there = [fold(word) for word in words(bare(translation))]
    return any(all(any(is_form(word, other) for other in there) for word in way) for way in term.ways)


def is_form(word, other):
    """Whether `other` may be a form of `word`: it begins alike. Both are folded. Joined words count too."""
    if len(word) <= WHOLE:
        return word == other or (len(word) == WHOLE and other.startswith(word[:-1]))
    return word[: round(len(word) * PREFIX)] in other
