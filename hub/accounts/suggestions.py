"""Passphrases of four words, to choose instead of thinking one up.

The lists in words/<language>.txt are our own: more than 1,024 short, everyday, friendly words each, so that four words drawn by
chance hold at least 40 bits. With the limits of hub.accounts.attempts, somebody with a thousand lines would need thousands of years
to try half of them. Who steals the database meets Argon2.
"""

import secrets
import unicodedata
from functools import cache
from pathlib import Path

COUNT = 4
FOLDER = Path(__file__).parent / "words"
WITHOUT_ACCENTS = {"el"}  # every Greek word has one; in a hurry, nobody types it


def suggest_passphrase(language):
    """`maple lantern quiet bridge`; in English where a language has no list."""
    words = words_of(language)
    chosen = []
    while len(chosen) < COUNT:
        word = secrets.choice(words)
        if word not in chosen:
            chosen.append(word)
    return " ".join(chosen)


def is_suggestion(text, language):
    """Whether somebody could have been given `text` by suggest_passphrase."""
    words = text.split(" ")
    return len(set(words)) == COUNT and set(words) <= set(words_of(language))


@cache
def words_of(language):
    path = FOLDER / f"{language}.txt"
    text = (path if path.is_file() else FOLDER / "en.txt").read_text(encoding="utf-8")
    return tuple((without_accents(text) if language in WITHOUT_ACCENTS else text).split())


def without_accents(text):
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))
