"""What was asked for: the words of a query, put right where no entry knows them, and what else means the same."""

from dataclasses import dataclass, field

from hub.lib.stemming import fold_word, forms, words_of
from hub.search.shelf import Shelf, shelf

MOST_WORDS = 12


@dataclass(slots=True)
class Query:
    """`words` are looked for; `corrected` are those of them that she did not write: {what she wrote: what was meant}."""

    text: str
    language: str
    shelf: Shelf
    words: list = field(default_factory=list)
    corrected: dict = field(default_factory=dict)

    def forms(self, language):
        """Every form of every word in a language: what is marked in a text of that language."""
        return {form for word in self.words for form in forms(word, language)}

    def groups(self):
        """One set of forms for each word, in all languages: what a post has to have one of each of."""
        languages = self.shelf.languages() or [self.language]
        return [{form for code in languages for form in forms(word, code)} for word in self.words]

    def synonyms(self):
        """The same term of the glossary in other languages, as groups of forms; empty when she asked for no term."""
        asked, terms = {fold_word(word) for word in self.words}, self.shelf.terms
        same = {doc.key for doc in terms if doc.title_words == asked}
        titles = [(doc.title, doc.language) for doc in terms if doc.key in same]
        return [
            [set(forms(word, language)) for word, *_place in words_of(title)]
            for title, language in titles
            if language != self.language
        ]


def read_query(text, language):
    """The Query of a cleaned text."""
    at_hand = shelf()
    query = Query(text, language, at_hand)
    for word in list(dict.fromkeys(word for word, *_place in words_of(text)))[:MOST_WORDS]:
        meant, code = ([word], language) if at_hand.is_known(word) else at_hand.meant(word, language)
        if meant and meant != [word]:
            if len(meant) > 1 and len(word) == sum(map(len, meant)):  # put together: with the accents she wrote
                meant = [word[: len(meant[0])], word[len(meant[0]) :]]
            else:
                meant = [at_hand.written(part, code) for part in meant]
            query.corrected[word] = " ".join(meant)
        query.words += meant or [word]
    query.words = [word for word in query.words if not at_hand.says_little(word)] or query.words
    return query
