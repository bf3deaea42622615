"""What the hub says of a translated text to its translator: what would spoil the page, what she should look at again, which terms fit."""

import csv
from collections import Counter
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from courses.models import GlossaryTerm
from courses.translation.po import LINE_BREAK, LINK_ID, PLACEHOLDER, TAG, fault_in
from hub.lib import wording
from hub.lib.stamp import kept

LONGEST = 20_000  # characters of one text


def fault_in_words(english, text):
    """Why a translation cannot be saved, in words for its translator; None if it can."""
    if fault_in(english, text) is None:
        return None
    english, text = english.replace(LINE_BREAK, "\n"), text.replace(LINE_BREAK, "\n")
    for find, words in [
        (marks, _("Keep the marks in pointed brackets as they are in the English text.")),
        (LINK_ID.findall, _("Keep each link mark with its number as it is in the English text.")),
        (PLACEHOLDER.findall, _("Keep the words in curly brackets as they are in the English text.")),
    ]:
        lost, added = differences(find(english), find(text))
        if lost or added:
            return " ".join([words, *said(lost, added)])
    return _("A mark is not closed, or a < stands alone. Write &lt; where you mean the sign itself.")


def marks(text):
    return [found[0] for found in TAG.finditer(text)]


def differences(wanted, there):
    wanted, there = Counter(wanted), Counter(there)
    return list((wanted - there).elements()), list((there - wanted).elements())


def said(lost, added):
    if lost:
        yield _("Missing: %(marks)s") % {"marks": " ".join(lost)}
    if added:
        yield _("Too many: %(marks)s") % {"marks": " ".join(added)}


def warnings(english, text, language):
    """What may be wrong with a text that can be saved, in words."""
    found = []
    if other := wording.another_language(english, text, language):
        found.append(_("This reads like another language: %(name)s.") % {"name": language_in(other)})
    if wording.left_in_english(english, text):
        found.append(_("This is the English text."))
    if wording.odd_length(english, text):
        found.append(_("This is much shorter or longer than the English text. Is everything there, and only once?"))
    if language in wording.QUOTES and (odd := wording.odd_marks(english, text, language)):
        marks = wording.QUOTES[language]
        two = odd.startswith("has two")
        found.append(
            _("There are two spaces in a row.") if two else _("Quotation marks here are: %(marks)s") % {"marks": marks}
        )
    return found + [missing_term(term) for term in terms_in(english, language) if not term.is_used(english, text)]


def language_in(found):
    """The name of the language that wording.another_language names between quotation marks."""
    code = found.partition("“")[2].rstrip("”")
    return get_language_info(code)["name_local"] if code in dict(settings.LANGUAGES) else code


def missing_term(term):
    return _("The glossary says “%(translation)s” for “%(english)s”.") % {
        "translation": term.translation,
        "english": term.english,
    }


# Terms -------------------------------------------------------------------------------------------------


class GlossaryWord(NamedTuple):
    """A term of the glossary or of the list for translators. `definition` is in the translator's language, or empty.

    `is_asked`: its translation is looked for in every text that has the term; too many are asked otherwise ("circle", "hour").
    """

    english: str
    translation: str
    definition: str
    is_asked: bool
    folded: str
    term: wording.Term

    def is_used(self, english, text):
        return not self.is_asked or wording.uses(self.term, english, text) is not False


def terms_in(english, language):
    """The GlossaryWords that stand in an English text, longest first. One statement per content stamp."""
    text, found = wording.bare(english).casefold(), []
    for word in kept(f"terms-to-translate:{language}", lambda: build_terms(language)):
        if word.folded in text and word.term.english.search(text):
            found.append(word)
            text = word.term.english.sub(" ", text)  # “circle” is not asked of “mentoring circle”
    return found


def build_terms(language):
    rows = GlossaryTerm.objects.values_list("term_en", f"term_{language}", f"definition_{language}")
    found = {english.casefold(): (english, text, said or "", False) for english, text, said in rows if english and text}
    for english, text, checked in listed_terms(language):
        name = english.casefold()
        found[name] = (english, text, found[name][2] if name in found else "", checked)
    words = [GlossaryWord(*entry, name, wording.make_term(*entry[:2])) for name, entry in found.items()]
    return sorted(words, key=lambda word: (-len(word.english), word.english))


@cache
def listed_terms(language):
    """(English, translation, whether `make lint` asks for it) of locale/glossary.csv."""
    with open(settings.BASE_DIR / "locale" / "glossary.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple((row["term_en"], row[language], bool(row["checked"])) for row in rows if row.get(language))
