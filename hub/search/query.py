"""What was asked for: the words of a query, put right where no entry knows them, and what else means the same."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from hub.lib.stemming import forms, words_of
from hub.search.shelf import Shelf, shelf

MOST_WORDS = 12
MOST_OTHER_WAYS = 12
ENOUGH_WORDS = 2


@dataclass
class Query:
    """`words` are looked for on pages; `corrected` are those of them that she did not write: {what she wrote: what was meant}.

    In the forums there are words that stand on no page, so that what she wrote herself, `written`, is looked for too.
    """

    text: str
    language: str
    shelf: Shelf
    words: list = field(default_factory=list)
    written: list = field(default_factory=list)
    corrected: dict = field(default_factory=dict)

    def forms(self, language):
        """Every form in a language of every word, and of the other names of what she asked for: what is marked in a text."""
        others = (word for code, words in self.other_ways if code == language for word in words)
        return {form for word in (*self.words, *self.written, *others) for form in forms(word, language)}

    def groups(self):
        """For each way to say it, one set of forms for each word: what a post has to have one of each of."""
        ways = [self.groups_of(words) for words in dict.fromkeys((tuple(self.written), tuple(self.words)))]
        return [*ways, *([set(forms(word, code)) for word in words] for code, words in self.other_ways)]

    def groups_of_rarest(self):
        """The same for the words that say most: what she asked in a whole sentence. Empty if there are no others."""
        rarest = sorted(self.written, key=lambda word: (self.shelf.worth(word), len(word)), reverse=True)[:ENOUGH_WORDS]
        return [self.groups_of(rarest)] if len(rarest) < len(self.written) else []

    def groups_of(self, words):
        languages = list(self.shelf.indexes) or [self.language]
        return [{form for code in languages for form in forms(word, code)} for word in words]

    @cached_property
    def other_ways(self):
        """[(language, words)]: the query with another name of a term of the glossary in place of the one she wrote, or two words as one."""
        found = dict.fromkeys(self.joined())
        for index in self.shelf.first(self.language):
            for term, spent in index.terms_named(self.words).items():
                rest = [word for word in self.words if word not in spent]
                for code, name in self.shelf.names_of(term):
                    words = (*rest, *(word for word, *_place in words_of(name)))
                    if set(words) != set(self.words):
                        found[code, words] = None
        mine_first = sorted(found, key=lambda way: way[0] != self.language)
        return mine_first[:MOST_OTHER_WAYS]

    def joined(self):
        """[(language, words)] with two neighbours as one word, where it is known so: "on-line", "pay slip"."""
        asked = [word for word, *_place in words_of(self.text)][:MOST_WORDS]
        for one, other in pairwise(asked):
            rest = [word for word in self.words if word not in (one, other)]
            yield from ((index.language, (*rest, one + other)) for index in self.shelf if one + other in index)


def read_query(text, language):
    """The Query of a cleaned text."""
    query = Query(text, language, shelf())
    asked = list(dict.fromkeys(word for word, *_place in words_of(text)))[:MOST_WORDS]
    query.written = [word for word in asked if not query.shelf.says_little(word)] or asked
    right = put_right([word for word in asked if not query.shelf.is_known(word)], query)
    query.corrected = {word: " ".join(meant) for word, meant in right.items() if meant != [word]}
    words = [part for word in asked for part in right.get(word, [word])]
    query.words = [word for word in words if not query.shelf.says_little(word)] or words
    return query


def put_right(words, query):
    """{a word that stands nowhere: the words that were meant; itself, if nothing is like it}. One statement for each language of them."""
    found = {word: query.shelf.meant(word, query.language) for word in words}
    written = {
        index: index.written([part for meant, at in found.values() if at is index for part in meant])
        for index in {at for _meant, at in found.values() if at}
    }
    return {
        word: split(word, meant) or [written[at][part] for part in meant] or [word]
        for word, (meant, at) in found.items()
    }


def split(word, meant):
    """Two words that she wrote as one, with the accents that she wrote; else empty."""
    if len(meant) < 2 or len(word) != sum(map(len, meant)):
        return []
    return [word[: len(meant[0])], word[len(meant[0]) :]]
