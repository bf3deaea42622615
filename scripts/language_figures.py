"""Prints, per language, how much is translated and how it stands: `make languages`."""

import re
import sys
from collections import Counter

import polib
from lint_messages import LANGUAGES, pairs
from stamps import ROOT

from hub.lib.prose import words
from hub.lib.wording import LONG, another_language, bare, read_terms, uses

FINDING = re.compile(r"^- (?!\[ \])", re.MULTILINE)
OPEN = re.compile(r"^- \[ \]", re.MULTILINE)
HEAD = [
    "language",
    "entries",
    "words",
    "missing",
    "fuzzy",
    "other language",
    "terms",
    "as in glossary",
    "found",
    "open",
]


def figures(language):
    terms = read_terms(ROOT / "locale" / "glossary.csv", language)
    count = Counter()
    for path in sorted((ROOT / "locale" / language).rglob("*.po")):
        for entry in polib.pofile(str(path)):
            if not entry.obsolete:
                count["entries"] += 1
                count["fuzzy"] += entry.fuzzy
                count["missing"] += not entry.translated()
                for english, text in pairs(entry) if entry.translated() else ():
                    count_text(count, english, text, language, terms)
    notes = "".join(path.read_text("utf-8") for path in sorted((ROOT / "docs" / "review").glob(f"{language}*.md")))
    found, left = len(FINDING.findall(notes)), len(OPEN.findall(notes))
    other, alike = share(count["other"], count["long"]), share(count["as in glossary"], count["terms"])
    row = [language, count["entries"], count["words"], count["missing"], count["fuzzy"]]
    return [*row, other, count["terms"], alike, found, left]


def count_text(count, english, text, language, terms):
    count["words"] += len(words(bare(text)))
    count["long"] += len(words(bare(english))) >= LONG
    count["other"] += another_language(english, text, language) is not None
    for term in terms:
        there = uses(term, english, text)
        count["terms"] += there is not None
        count["as in glossary"] += bool(there)


def share(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "–"


def main():
    rows = [HEAD, *(list(map(str, figures(language))) for language in LANGUAGES)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))


if __name__ == "__main__":
    sys.exit(main())
