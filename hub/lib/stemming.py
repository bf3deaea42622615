"""Words as a search compares them: folded (no case, no accents) and stemmed, in each language of the hub.

Both orders are kept, because each finds what the other misses: a stemmer needs the accents that she may not have typed
(Hungarian, Swedish), and a folded word without its ending is found by who typed none at all (Greek, Italian).
"""

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

ALGORITHMS = {
    "ar": "arabic",
    "el": "greek",
    "en": "english",
    "hu": "hungarian",
    "it": "italian",
    "sv": "swedish",
}
WORD = re.compile(r"[^\W_]+")
LONGEST = 50  # letters; nothing longer is a word, and stemming costs what it is long
_mine = threading.local()  # a stemmer keeps the word it works on


def words_of(text):
    """The words of a text as (word, where it begins, where it ends); the places are those in `nfc(text)`."""
    return [(found.group(), *found.span()) for found in WORD.finditer(nfc(text))]


def nfc(text):
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=65_536)
def fold_word(word):
    """`ΠΡΌΣΒΑΣΗ`, `πρόσβαση` and `προσβαση` are one word; so are `Är` and `ar`. Letters and digits, and nothing else."""
    letters = unicodedata.normalize("NFKD", word.casefold()).casefold().replace("ς", "σ")
    return "".join(filter(str.isalnum, letters))


@lru_cache(maxsize=262_144)
def forms(word, language):
    """What a word is known by in a language, the folded word first: (folded, folded stem, stem of the folded), each once."""
    folded = fold_word(word)[:LONGEST]
    if language not in ALGORITHMS or len(word) > LONGEST:
        return (folded,)
    stems = fold_word(stem(word.casefold(), language)), stem(folded, language)
    # A stem of one letter is no word's own: "μου" and "μια" would be the same.
    return tuple(dict.fromkeys([folded, *(found for found in stems if len(found) > 1)]))


def stem(word, language):
    stemmers = _mine.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(ALGORITHMS[language])
    return stemmers[language].stemWord(word)
