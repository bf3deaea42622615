"""Who comes first, on one page.

- A word weighs most in a title, less in a heading or aim, least in the text (text.py), and more the rarer it is (index.py).
- Who has all the words that were asked for comes before who has some.
- A title that says what was asked for, and nothing else, comes first.
- Another name of the same thing counts a little less than the one that was asked for.
- What is found in her language comes before the same found in another; it is shown in hers if it is there in both.
"""

from collections import defaultdict
from typing import NamedTuple

from hub.lib.stemming import fold_word
from hub.search.models import Kind

OTHER_LANGUAGE = 0.7
OTHER_NAME = 0.6
WHOLE_TITLE = 2.0
LEAST = 0.04  # of the best score: what has less has only a frequent word of those that were asked for
# A kit or lesson answers more than a link that leads away; a module says little but where its lessons are.
WORTH = {Kind.KIT: 1.2, Kind.MODULE: 0.7, Kind.SHEET: 0.7, Kind.RESOURCE: 0.6, Kind.TERM: 0.8}


class Hit(NamedTuple):
    """A thing that was found, in the language in which it was found best."""

    score: float
    doc: object


def rank(query):
    """Hits for a query, the best first; each thing once, whatever the languages it is there in."""
    ways = [(index, query.words, 1) for index in query.shelf]
    ways += [(query.shelf.indexes[code], words, OTHER_NAME) for code, words in query.other_ways]
    best = {}
    for index, words, share in ways:
        share *= 1 if index.language == query.language else OTHER_LANGUAGE
        for doc, score in scores(index, words).items():
            score *= WORTH.get(doc.kind, 1) * share
            if score > best.get(doc.name, Hit(0, None)).score:
                best[doc.name] = Hit(score, doc)
    least = LEAST * max((hit.score for hit in best.values()), default=0)
    hits = [hit for hit in best.values() if hit.score >= least]
    return sorted(hits, key=lambda hit: (-hit.score, hit.doc.title, hit.doc.key))


def scores(index, words):
    """{Doc: score} among the entries of one language."""
    found, had, asked = defaultdict(float), defaultdict(float), 0
    for word in words:
        places, worth = index.where(word)
        asked += worth or 1
        for number, weight in places.items():
            found[number] += weight * worth
            had[number] += worth
    folded = {fold_word(word) for word in words}
    for number in found:
        found[number] *= (had[number] / asked) ** 2
        if index.docs[number].title_words <= folded:
            found[number] *= WHOLE_TITLE
    return {index.docs[number]: score for number, score in found.items()}
