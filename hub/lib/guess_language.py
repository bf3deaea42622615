"""Which of the hub's languages a text is in, asked of nobody: how often its letters stand together as in the hub's own texts.

hub/lib/trigrams.json is made by scripts/learn_languages.py, from every second text of the hub; on the other half 98 to 100 of
100 sentences of 20 characters are known (tests/hub/lib/test_guess_language.py). Other languages than ours are left unknown.
"""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("trigrams.json")
WORD = re.compile(r"[^\W\d_]+")
# What is no speech of hers: code, addresses, marks, and lines that quote somebody.
NO_WORDS = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|^ {0,3}>.*$|https?://\S+|\S+@\S+|<[^>\n]*>", re.S | re.M)
FEWEST_LETTERS = 15  # about 20 characters with their blanks
LONGEST = 2_000  # more of a text says nothing new
UNSEEN = -1_151  # hundredths of a natural logarithm, as in the file: once in a hundred thousand
CLEARLY = 40  # by so much the best has to be better than what she chose


@cache
def models():
    """{language: {"floor": score of a poor sentence in it, "trigrams": {three letters: score}}}"""
    return json.loads(FILE.read_text("utf-8"))


def trigrams(text):
    """Threes of letters within words, a blank at both ends of each word."""
    for word in WORD.findall(text.lower()):
        padded = f" {word} "
        yield from (padded[i : i + 3] for i in range(len(padded) - 2))


def scores(text):
    """{language: mean score of its trigrams}, {} for too few letters."""
    words = NO_WORDS.sub(" ", text)[:LONGEST]
    if sum(map(str.isalpha, words)) < FEWEST_LETTERS:
        return {}
    found = Counter(trigrams(words))
    number = found.total()
    return {
        language: sum(model["trigrams"].get(three, UNSEEN) * count for three, count in found.items()) / number
        for language, model in models().items()
    }


def guess_language(text, chosen=None):
    """The code of the language, or None when it is not clear or none of ours. `chosen` is given the benefit of the doubt."""
    rated = scores(text)
    if not rated:
        return None
    best = max(rated, key=rated.get)
    others = [rated[chosen]] if chosen in rated and chosen != best else [r for code, r in rated.items() if code != best]
    if rated[best] < models()[best]["floor"] or (chosen != best and rated[best] - max(others) < CLEARLY):
        return None
    return best
