"""All entries at hand in this process: which word stands where, and how much it weighs there.

A few megabytes, read again when an entry has changed.
"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice, takewhile
from math import log

from django.db.models import Count, Max
from rapidfuzz import process
from rapidfuzz.distance import OSA

from hub.lib.stemming import fold_word, forms, words_of
from hub.search.models import Entry, Kind

BY_STEM = 0.8  # what a word counts that is the same in its stem alone
BY_BEGINNING = 0.4  # … or only in all but its last letters: endings that a stemmer leaves, as in "intervjun"
ENDING, BEGINNING = 3, 5  # letters: at most, at least
SHORTEST = 4  # letters of a word that may be misspelt
VERY_LIKE, LIKE = 0.85, 0.7  # how alike a misspelt word and the one that was meant are, from 0 to 1
EVERYWHERE = 0.3  # a word in more than this share of the entries of a language says little


@dataclass(frozen=True, slots=True)
class Doc:
    pk: int
    kind: str
    key: str
    language: str
    title: str
    title_words: frozenset  # folded

    @property
    def name(self):
        return self.kind, self.key


@dataclass(slots=True)
class Shelf:
    """`places`: {language: {form of a word: {number of a doc: weight}}}; `whole`: {language: folded words as they stand},
    `known`: the same in order, without short ones."""

    docs: list = field(default_factory=list)
    places: dict = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    whole: dict = field(default_factory=lambda: defaultdict(set))
    known: dict = field(default_factory=dict)
    sizes: dict = field(default_factory=lambda: defaultdict(int))
    terms: list = field(default_factory=list)  # docs of the glossary

    def add(self, doc, words):
        number = len(self.docs)
        self.docs.append(doc)
        self.terms += [doc] if doc.kind == Kind.TERM else []
        self.sizes[doc.language] += 1
        places = self.places[doc.language]
        self.whole[doc.language].update(words)
        for folded, (weight, *others) in words.items():
            places[folded][number] = max(weight, places[folded].get(number, 0))
            for other in others:
                places[other][number] = max(weight * BY_STEM, places[other].get(number, 0))

    def where(self, word, language):
        """{number of a doc: weight} of a word in one language, and what it is worth there: a rare word more than a frequent one."""
        known, found = self.places.get(language, {}), {}
        folded, *others = forms(word, language)
        for form in (folded, *others):
            share = 1 if form == folded else BY_STEM
            for number, weight in known.get(form, {}).items():
                found[number] = max(found.get(number, 0), weight * share)
        for form in self.akin(folded, language):
            for number, weight in known[form].items():
                found[number] = max(found.get(number, 0), weight * BY_BEGINNING)
        return found, log(1 + self.sizes[language] / len(found)) if found else 0

    def akin(self, folded, language):
        """Words that begin as this one does and end otherwise."""
        words, start = self.words_of(language), folded[: max(BEGINNING, len(folded) - ENDING)]
        at = bisect_left(words, start)
        while len(folded) > BEGINNING and at < len(words) and words[at].startswith(start):
            if abs(len(words[at]) - len(folded)) <= ENDING:
                yield words[at]
            at += 1

    def languages(self):
        return list(self.sizes)

    def is_known(self, word):
        return any(form in self.places[code] for code in self.languages() for form in forms(word, code))

    def says_little(self, word):
        return any(len(self.where(word, code)[0]) > EVERYWHERE * self.sizes[code] for code in self.languages())

    def meant(self, word, language):
        """What was meant, when no entry has this word: (words, their language). First in her language; no words for nothing like it.

        One that is like it, one that it is the beginning of, or two that it is put together from.
        """
        folded = fold_word(word)
        ways = [self.very_like, self.begun, self.parts, self.like]
        for code in [language, *(code for code in self.languages() if code != language)]:
            for way in ways if len(folded) >= SHORTEST and folded.isalpha() else ():
                if found := way(folded, code):
                    return found, code
        return [], language

    def very_like(self, folded, code):
        return self.nearest(folded, code, VERY_LIKE)

    def like(self, folded, code):
        return self.nearest(folded, code, LIKE)

    def nearest(self, folded, code, least):
        found = process.extractOne(folded, self.words_of(code), scorer=OSA.normalized_similarity, score_cutoff=least)
        return [found[0]] if found else []

    def begun(self, folded, code):
        """Of the words that begin so, the one that stands in most entries."""
        words = self.words_of(code)
        found = takewhile(lambda word: word.startswith(folded), islice(words, bisect_left(words, folded), None))
        best = max(found, key=lambda word: len(self.places[code][word]), default=None)
        return [best] if best else []

    def parts(self, folded, code):
        """Two words that are written as one, as Swedish and Hungarian do; an s may stand between them."""
        known = self.places.get(code, {})
        for at in range(len(folded) - SHORTEST, SHORTEST - 1, -1):
            for first in dict.fromkeys((folded[:at], folded[:at].removesuffix("s"))):
                pair = [first, folded[at:]]
                if all(any(form in known for form in forms(part, code)) for part in pair):
                    return pair
        return []

    def words_of(self, language):
        """Every folded word of a language that stands in an entry, in order, for finding one that is like another."""
        if language not in self.known:
            self.known[language] = sorted(word for word in self.whole.get(language, ()) if len(word) >= SHORTEST)
        return self.known[language]

    def written(self, folded, language):
        """A folded word as it is written in an entry. One statement."""
        numbers = self.places.get(language, {}).get(folded, {})
        texts = (
            Entry.objects.filter(pk=self.docs[next(iter(numbers))].pk).values_list("title", "text") if numbers else []
        )
        found = (word for row in texts for text in row for word, *_place in words_of(text))
        word = next((word for word in found if fold_word(word) == folded), folded)
        return word if word.isupper() else word.lower()  # it may begin a sentence there


_held = {}  # {"now": ((greatest id, number), Shelf)}


def shelf():
    """The shelf of now. One statement; one more when an entry has changed."""
    state = tuple(Entry.objects.aggregate(last=Max("pk"), number=Count("pk")).values())
    if _held.get("now", ((), None))[0] != state:
        _held["now"] = state, read_shelf()
    return _held["now"][1]


def read_shelf():
    made = Shelf()
    rows = Entry.objects.order_by("pk").values_list("pk", "kind", "key", "language", "title", "words")
    for pk, kind, key, language, title, words in rows.iterator():
        made.add(Doc(pk, kind, key, language, title, title_words(title)), words)
    return made


def title_words(title):
    return frozenset(fold_word(word) for word, *_place in words_of(title))
