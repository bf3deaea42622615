"""The indexes of all languages, at hand in this process: two megabytes, of which a changed language is read again."""

from dataclasses import dataclass
from math import inf

from hub.lib.stemming import fold_word
from hub.search.index import SHORTEST, Index
from hub.search.models import StoredIndex

VERY_LIKE, LIKE = 0.85, 0.7  # how alike a misspelt word and the one that was meant are, from 0 to 1


@dataclass(slots=True)
class Shelf:
    indexes: dict  # {language: Index}

    def __iter__(self):
        return iter(self.indexes.values())

    def first(self, language):
        """All indexes, that of her language first."""
        return sorted(self, key=lambda index: index.language != language)

    def is_known(self, word):
        return any(word in index for index in self)

    def worth(self, word):
        """The least that a word is worth in a language that has it; what none has is worth most."""
        return min((worth for index in self if (worth := index.where(word)[1])), default=inf)

    def says_little(self, word):
        return any(index.says_little(word) for index in self)

    def meant(self, word, language):
        """What was meant, when no entry has this word: (words, their Index). First in her language; no words for nothing like it.

        One that is like it, one that it is the beginning of, two that it is put together from, or a Greek one in Latin letters.
        """
        folded = fold_word(word)
        for index in self.first(language) if len(folded) >= SHORTEST and folded.isalpha() else ():
            found = (
                index.nearest(folded, VERY_LIKE)
                or index.begun(folded)
                or index.parts(folded)
                or index.greeklish(folded, VERY_LIKE)
                or index.nearest(folded, LIKE)
            )
            if found:
                return found, index
        return [], None

    def names_of(self, term):
        """[(language, name)] of a term of the glossary, in all languages."""
        return [(index.language, name) for index in self for key, name in index.names if key == term]


_held = {}  # {language: (made_from, Index)}


def shelf():
    """The shelf of now. One statement; one more for the languages in which an entry has changed."""
    now = dict(StoredIndex.objects.values_list("language", "made_from"))
    changed = [code for code, made_from in now.items() if _held.get(code, ("",))[0] != made_from]
    if changed:
        rows = StoredIndex.objects.filter(language__in=changed)
        for language, made_from, content in rows.values_list("language", "made_from", "content"):
            _held[language] = made_from, Index(language, content)
    return Shelf({code: _held[code][1] for code in sorted(now) if code in _held})
