"""Codes of certificates: 19 random characters (94 bits) and one that tells a slip of the pen from a wrong code.

31 letters and digits that no hand mixes up. 31 is a prime, so that the sum below changes with every single wrong character and
with every two that changed places.
"""

import secrets
import unicodedata

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RANDOM = 19
GROUP = 4


def new_code():
    drawn = "".join(secrets.choice(LETTERS) for _ in range(RANDOM))
    return drawn + check_letter(drawn)


def check_letter(drawn):
    return LETTERS[-sum(place * LETTERS.index(letter) for place, letter in enumerate(drawn, 1)) % len(LETTERS)]


def readable(code):
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def fold(text):
    """A code as somebody typed it: case, spaces and hyphens make no difference."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain if letter.isalnum())


def is_well_formed(code):
    """Whether a folded code can be one of ours; if not, something was mistyped."""
    return len(code) == RANDOM + 1 and set(code) <= set(LETTERS) and check_letter(code[:-1]) == code[-1]
