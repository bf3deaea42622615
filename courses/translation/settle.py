"""The one rule for a text that two sides may have changed: the hub and a file."""

import hashlib
import json
from enum import StrEnum


class Verdict(StrEnum):
    SAME = "same"
    TAKEN = "taken"  # only the file changed
    KEPT = "kept"  # only the hub changed
    CONFLICT = "conflict"  # both did, each in its own way


def mark(value):
    """What is remembered of a value: lists whole, all else as a short digest; None where there is none."""
    if value is None or isinstance(value, list):
        return value
    return hashlib.blake2b(json.dumps(value).encode(), digest_size=8).hexdigest()


def settle(ours, theirs, bases):
    """The Verdict on the hub's text and the file's; None where a side has none.

    `bases` are the texts (or marks, then all are) that both sides are known to have shared: what was loaded last, what was
    taken out last. A file that still says one of them has not changed since, and a hub that does has not either.
    """
    if theirs == ours:
        return Verdict.SAME
    if theirs in bases:
        return Verdict.KEPT
    return Verdict.TAKEN if ours in bases else Verdict.CONFLICT


def settle_at(address, ours, theirs, base, known):
    """As `settle`, of the marks that are remembered for an address."""
    bases = [base.get(address), *([known[address]] if address in known else ())]
    return settle(mark(ours), mark(theirs), bases)


def name_of(address, english):
    """What a translated text is remembered under: its place and its English, which may be several in one place."""
    return f"{address}\n{mark(english)}"
