"""The glossary in the reader's language: made once per content stamp, with English where a text is not translated."""

from dataclasses import dataclass

from courses.alphabet import initial, sort_key
from courses.models import GlossaryTerm
from courses.questions.fold import fold
from hub.lib.stamp import kept


@dataclass(frozen=True, slots=True)
class Word:
    """A term to read. `term_lang`, `definition_lang`: "en" where it is not in the language of the page, else empty."""

    key: str
    term: str
    definition: str
    also: tuple  # other names, in the language of the page
    term_lang: str
    definition_lang: str
    letter: str
    see: tuple  # keys
    folded: str


def words(language):
    """{key: Word} in the order of the language's alphabet. One statement per content stamp."""
    return kept(f"glossary:{language}", lambda: build(language))


def build(language):
    texts = (f"{name}_{code}" for name in ("term", "definition", "also") for code in ("en", language))
    rows = GlossaryTerm.objects.values("key", "see", *dict.fromkeys(texts))
    found = [read(row, language) for row in rows]
    return {word.key: word for word in sorted(found, key=lambda word: sort_key(word.term, language))}


def read(row, language):
    (term, term_lang), (definition, definition_lang) = (shown(row, name, language) for name in ("term", "definition"))
    also = tuple(other_names(term, row[f"also_{language}"]))
    return Word(
        row["key"],
        term,
        definition,
        also,
        term_lang,
        definition_lang,
        initial(term, language),
        tuple(row["see"] or ()),
        fold(f"{term} {' '.join(also)} {definition}"),
    )


def other_names(term, also):
    """Of a text with commas, what is not the term itself: where a language has no other name, the term stands there again."""
    names = (name.strip() for name in (also or "").split(","))
    return [name for name in dict.fromkeys(names) if name and fold(name) != fold(term)]


def shown(row, name, language):
    """A text and its language mark."""
    if text := row[f"{name}_{language}"]:
        return text, ""
    return row[f"{name}_en"] or "", "en" if language != "en" else ""


def find(language, text):
    """The Words in which all that was asked for stands, in any order and without regard to accents; all for no text."""
    asked = fold(text).split()
    return [word for word in words(language).values() if all(part in word.folded for part in asked)]


def related(language, word):
    """The Words that a term points to, without those that are gone."""
    known = words(language)
    return [known[key] for key in word.see if key in known]
