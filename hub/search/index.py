"""The inverted index of one language: which word stands in which entry, and how much it weighs there.

It is made when an entry has changed, stored as one text, and read in a few milliseconds by every process that searches.
"""

import json
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice, takewhile
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from hub.lib.greeklish import sound_of_greek, sounds_of_latin
from hub.lib.stemming import fold_word, forms, words_of
from hub.search.models import Entry, Kind

BY_STEM = 0.8  # what a word counts that is the same in its stem alone
BY_BEGINNING = 0.4  # … or only in all but its last letters: endings that a stemmer leaves, as in "intervjun"
ENDING, BEGINNING = 3, 5  # letters: at most, at least
SHORTEST = 4  # letters of a word that may be misspelt
ENOUGH = 5  # entries that are looked through for how a word is written
EVERYWHERE = 0.3  # a word in more than this share of the entries of a language says little


@dataclass(frozen=True, slots=True)
class Doc:
    kind: str
    key: str
    language: str
    title: str
    title_words: frozenset  # folded

    @property
    def name(self):
        return self.kind, self.key


def title_words(title):
    return frozenset(fold_word(word) for word, *_place in words_of(title))


def likest(text, texts, least):
    """(the text, how like it is from 0 to 1, its place) of the one that is most like a text; None if none is as like as `least`."""
    return process.extractOne(text, texts, scorer=OSA.normalized_similarity, score_cutoff=least)


def made(language):
    """The stored text of an index, from the entries of its language. One statement."""
    docs, postings, whole, names = [], defaultdict(dict), set(), []
    rows = Entry.objects.filter(language=language).order_by("pk")
    for number, (kind, key, title, others, words) in enumerate(
        rows.values_list("kind", "key", "title", "names", "words").iterator()
    ):
        docs.append([kind, key, title])
        names += [[key, name] for name in (title, *others)] if kind == Kind.TERM else []
        whole.update(words)
        for folded, (weight, *stems) in words.items():
            for form, share in ((folded, 1), *((stem, BY_STEM) for stem in stems)):
                postings[form][number] = max(weight * share, postings[form].get(number, 0))
    flat = {form: " ".join(f"{n} {weight:.1f}" for n, weight in found.items()) for form, found in postings.items()}
    known = sorted(word for word in whole if len(word) >= SHORTEST)
    return json.dumps([docs, flat, known, names], ensure_ascii=False, separators=(",", ":"))


class Index:
    """`docs`: what can be found; `known`: every folded word that stands in an entry, in order, without short ones;
    `names`: (key of a term, one of its names)."""

    def __init__(self, language, text):
        docs, self._postings, self.known, self.names = json.loads(text)
        self.language = language
        self.docs = [Doc(kind, key, language, title, title_words(title)) for kind, key, title in docs]
        self._named = self._sounds = None

    def __contains__(self, word):
        return any(form in self._postings for form in forms(word, self.language))

    def postings(self, form):
        """[(number of a doc, weight)] of a form of a word."""
        numbers = self._postings.get(form, "").split()
        return list(zip(map(int, numbers[::2]), map(float, numbers[1::2]), strict=True))

    def all_postings(self):
        return map(self.postings, self._postings)

    def where(self, word):
        """{number of a doc: weight} of a word, and what it is worth: a rare word more than a frequent one."""
        found = defaultdict(float)
        folded, *stems = forms(word, self.language)
        ways = [(folded, 1), *((stem, BY_STEM) for stem in stems)]
        for form, share in (*ways, *((other, BY_BEGINNING) for other in self.akin(folded))):
            for number, weight in self.postings(form):
                found[number] = max(found[number], weight * share)
        return found, log(1 + len(self.docs) / len(found)) if found else 0

    def says_little(self, word):
        return len(self.where(word)[0]) > EVERYWHERE * len(self.docs)

    def akin(self, folded):
        """Words that begin as this one does and end otherwise."""
        alike = self.beginning(folded[: max(BEGINNING, len(folded) - ENDING)]) if len(folded) > BEGINNING else ()
        return (word for word in alike if abs(len(word) - len(folded)) <= ENDING)

    def beginning(self, start):
        at = bisect_left(self.known, start)
        return takewhile(lambda word: word.startswith(start), islice(self.known, at, None))

    # What was meant by a word that stands nowhere ----------------------------------------------------------

    def nearest(self, folded, least):
        found = likest(folded, self.known, least)
        return [found[0]] if found else []

    def begun(self, folded):
        """Of the words that begin so, the one that stands in most entries."""
        best = max(self.beginning(folded), key=lambda word: len(self.postings(word)), default=None)
        return [best] if best else []

    def parts(self, folded):
        """Two words that are written as one, as Swedish and Hungarian do; an s may stand between them."""
        for at in range(len(folded) - SHORTEST, SHORTEST - 1, -1):
            for first in dict.fromkeys((folded[:at], folded[:at].removesuffix("s"))):
                pair = [first, folded[at:]]
                if all(part in self for part in pair):
                    return pair
        return []

    def greeklish(self, folded, least):
        """A Greek word that was written with Latin letters."""
        if self.language != "el" or not folded.isascii():
            return []
        if self._sounds is None:
            self._sounds = [sound_of_greek(word) for word in self.known]
        ways = (likest(sound, self._sounds, least) for sound in sounds_of_latin(folded))
        _text, _likeness, number = max(filter(None, ways), key=lambda found: found[1], default=(None, 0, None))
        return [self.known[number]] if number is not None else []

    def written(self, words):
        """{folded word: as it is written in an entry}. One statement."""
        best = [self.docs[number] for word in words for number in self.heaviest(word)]
        rows = Entry.objects.filter(
            language=self.language, kind__in={doc.kind for doc in best}, key__in={doc.key for doc in best}
        )
        found = {}
        for text in (text for row in rows.values_list("title", "text") for text in row):
            for word, *_place in words_of(text):
                found.setdefault(
                    fold_word(word), word if word.isupper() else word.lower()
                )  # it may begin a sentence there
        return {word: found.get(word, word) for word in words}

    def heaviest(self, folded):
        """Numbers of the docs in which a word weighs most."""
        return [number for number, _weight in sorted(self.postings(folded), key=lambda posting: -posting[1])[:ENOUGH]]

    # Names of the glossary --------------------------------------------------------------------------------

    def terms_named(self, words):
        """{key of a term: the words of her query that name it}, for names of which she asked every word."""
        asked = [(word, set(forms(word, self.language))) for word in words]
        found = {}
        for key, name in self.by_form(form for _word, its in asked for form in its):
            spent = [next((word for word, its in asked if its & part), None) for part in name]
            if all(spent) and len(spent) > len(found.get(key, ())):
                found[key] = spent
        return found

    def by_form(self, asked):
        """(key, [forms of each word]) of the names whose first word has one of these forms."""
        if self._named is None:
            named = defaultdict(list)
            for key, name in self.names:
                parts = [set(forms(word, self.language)) for word, *_place in words_of(name)]
                for form in parts[0] if parts else ():
                    named[form].append((key, parts))
            self._named = named  # whole: another thread may look
        return [found for form in set(asked) for found in self._named.get(form, ())]
