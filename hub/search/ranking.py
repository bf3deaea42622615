"""Who comes first, on one page.

- A word weighs most in a title, less in a heading or aim, least in the text (text.py), and more the rarer it is (shelf.py).
- Who has all the words that were asked for comes before who has some.
- A title that says what was asked for, and nothing else, comes first.
- What is found in her language comes before the same found in another; it is shown in hers if it is there in both.
"""

from collections import defaultdict
from typing import NamedTuple

from hub.lib.stemming import fold_word
from hub.search.models import Kind

OTHER_LANGUAGE = 0.7
WHOLE_TITLE = 2.0
LEAST = 0.04  # of the best score: what has less has only a frequent word of those that were asked for
# A kit or lesson answers more than a link that leads away; a module says little but where its lessons are.
WORTH = {Kind.KIT: 1.2, Kind.MODULE: 0.7, Kind.SHEET: 0.7, Kind.RESOURCE: 0.6, Kind.TERM: 0.8}


class Hit(NamedTuple):
    """A thing that was found, in the language in which it was found best."""

    score: float
    doc: object


def rank(shelf, words, language):
    """Hits for these words, the best first; each thing once, whatever the languages it is there in."""
    best = {}
    for code in shelf.languages():
        for number, score in scores(shelf, words, code).items():
            doc = shelf.docs[number]
            score *= WORTH.get(doc.kind, 1) * (1 if code == language else OTHER_LANGUAGE)
            if score > best.get(doc.name, Hit(0, None)).score:
                best[doc.name] = Hit(score, doc)
    least = LEAST * max((hit.score for hit in best.values()), default=0)
    hits = [hit for hit in best.values() if hit.score >= least]
    return sorted(hits, key=lambda hit: (-hit.score, hit.doc.title, hit.doc.key))


def scores(shelf, words, code):
    """{number of a doc: score} among the entries of one language."""
    found, had, asked = defaultdict(float), defaultdict(float), 0
    for word in words:
        places, worth = shelf.where(word, code)
        asked += worth or 1
        for number, weight in places.items():
            found[number] += weight * worth
            had[number] += worth
    folded = {fold_word(word) for word in words}
    for number in found:
        found[number] *= (had[number] / asked) ** 2
        if shelf.docs[number].title_words <= folded:
            found[number] *= WHOLE_TITLE
    return found
