"""Finding a word in a text and putting another in its place. Pure."""

import hashlib
import re
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

TAG = re.compile(r"<[^<>]*>")
SPACE = re.compile(r"\s+")
AROUND = 60  # letters shown on each side of a hit


@dataclass(frozen=True)
class Wanted:
    """What to find and what to write. `endings`: the word may go on, and what it goes on with stays."""

    old: str
    new: str
    endings: bool = False
    exact_case: bool = False

    def pattern(self, old):
        words = r"\s+".join(map(re.escape, old.split()))
        after = "" if self.endings else r"(?!\w)"
        return re.compile(rf"(?<!\w){words}{after}", 0 if self.exact_case else re.IGNORECASE)


class Spot(NamedTuple):
    """One hit in a text. `before` and `after` are its surroundings without markup."""

    start: int
    end: int
    found: str
    written: str
    before: str
    after: str


def spots(text, wanted, *, markup):
    """Every Spot of a text outside its tags. `markup`: the text is HTML."""
    old = escape(wanted.old, quote=False) if markup else wanted.old
    hidden = [match.span() for match in TAG.finditer(text)] if markup else []
    found = []
    for match in wanted.pattern(old).finditer(text):
        if any(start < match.end() and match.start() < end for start, end in hidden):
            continue
        written = cased(wanted.new, match.group()) if not wanted.exact_case else wanted.new
        written = escape(written, quote=False) if markup else written
        found.append(Spot(match.start(), match.end(), match.group(), written, *around(text, match, markup)))
    return found


def around(text, match, markup):
    before, after = text[: match.start()], text[match.end() :]
    if markup:
        before, after = TAG.sub(" ", before), TAG.sub(" ", after)
    return SPACE.sub(" ", before)[-AROUND:], SPACE.sub(" ", after)[:AROUND]


def cased(new, found):
    """`new` in capitals as `found` is: all, the first letter, or as it was given."""
    letters = [char for char in found if char.isalpha()]
    if len(letters) > 1 and all(char.isupper() for char in letters):
        return new.upper()
    if found[:1].isupper() and new[:1].islower():
        return new[:1].upper() + new[1:]
    return new


def replaced(text, chosen):
    """`text` with the chosen Spots written."""
    for spot in sorted(chosen, reverse=True):
        text = text[: spot.start] + spot.written + text[spot.end :]
    return text


def digest(text):
    """By which a text is known to be the one that was shown."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
