"""What an editor should look at on a page, in her words. Nothing here keeps a page from being published."""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.documents import get_document_model

from courses.captions import caption_faults
from courses.checks.links import TERM, link_fault, links_of
from courses.checks.measures import measure
from courses.checks.rules import any_avoided, avoided_words, empty_links, rules
from courses.checks.texts import body_of, kind_of, pieces
from courses.starts import placeholders
from courses.translation.checks import FILM
from courses.translation.schema import QUESTIONS
from courses.translation.style import ACTIVITIES
from hub.lib.prose import words

MOST_TERMS = 4
LONGEST_ALT = 250
HEADING = re.compile(r"<h([34])\b[^>]*>(.*?)</h\1>", re.DOTALL)
FILE_NAME = re.compile(
    r"\.(?:avif|gif|jpe?g|png|svg|webp)\b|^(?:img|dsc|image|photo|screenshot)?[\W_\d]*$", re.IGNORECASE
)
LOUD_WORDS = 3  # in a row
BOLD_PARAGRAPH = re.compile(r"<p[^>]*>\s*<b>(?:(?!</b>).)*</b>\s*</p>", re.DOTALL)
KINDS = {
    "links": gettext_lazy("Links that lead nowhere"),
    "link-words": gettext_lazy("Words of links"),
    "pictures": gettext_lazy("Pictures in words"),
    "captions": gettext_lazy("Captions"),
    "headings": gettext_lazy("Headings"),
    "unwritten": gettext_lazy("Still to be written"),
    "words": gettext_lazy("Words we do not use"),
    "length": gettext_lazy("Length and reading level"),
    "parts": gettext_lazy("Parts of a lesson"),
    "terms": gettext_lazy("Words of the glossary"),
    "twins": gettext_lazy("Said twice"),
}


class Finding(NamedTuple):
    """`kind` is a key of KINDS; `block` the id of the block of the body it is about, or ""; `message` what is wrong, in words."""

    kind: str
    block: str
    message: str


def findings(page, there, *, audience="learner", found=None):
    """Findings of one page in its language. `there` are links.Known; `found` its Pieces, when they are at hand."""
    found = list(pieces(page)) if found is None else found
    language = page.locale.language_code
    yield from where_links_lead(found, there)
    yield from words_of_links(found, language)
    yield from pictures(found)
    yield from captions(found)
    yield from headings(found)
    yield from unwritten(found, language)
    yield from avoided(found, language, audience)
    if kind_of(page) and kind_of(page).name == "lesson":
        yield from lesson(page, found, language, audience)


def where_links_lead(found, there):
    for piece, link in links_of(found):
        if message := link_fault(link, there):
            yield Finding("links", piece.block, message)


def words_of_links(found, language):
    for piece, link in links_of(found):
        said = link.words.strip(" .…»›>").lower()
        if piece.field.kind != "url" and (said in empty_links(language) or not said):
            yield Finding(
                "link-words",
                piece.block,
                _("The link “%(words)s” does not say where it leads. Write the name of the page.")
                % {"words": link.words},
            )
        elif said.startswith(("http://", "https://", "www.")):
            message = _("The link “%(words)s” is an address, which nobody likes to hear read aloud. Write a name.")
            yield Finding("link-words", piece.block, message % {"words": link.words})


def pictures(found):
    captions_of = {p.block: p.text for p in found if p.field.name == "caption"}
    for piece in found:
        if piece.field.name in {"alt", "picture_alt"} and (
            fault := alt_fault(piece.text, captions_of.get(piece.block))
        ):
            yield Finding("pictures", piece.block, fault)


def alt_fault(alt, caption):
    if not alt:
        return ""
    if FILE_NAME.search(alt):
        return _("“%(alt)s” is the name of a file. Say what the picture shows.") % {"alt": alt}
    if alt == caption:
        return _(
            "A picture is described with the words of its caption, so that they are heard twice. Say what it shows."
        )
    if len(alt) > LONGEST_ALT:
        return _("A picture is described in %(count)d characters. Say the main thing in one sentence.") % {
            "count": len(alt)
        }
    return ""


def captions(found):
    films = film_numbers([p.value for p in found if p.kind == "media" and p.field.name == "file"])
    playing = {p.block for p in found if p.kind == "media" and p.field.name == "file" and p.value in films}
    for piece in found:
        if not piece.is_caption:
            continue
        if piece.value:
            faults = caption_faults(piece.value)
        else:
            faults = [_("A film has no captions.")] if piece.block in playing else []
        yield from (Finding("captions", piece.block, fault) for fault in faults)


def film_numbers(numbers):
    """Which of these documents are films. One query, none where there is no media."""
    numbers = [number for number in numbers if number]
    if not numbers:
        return frozenset()
    rows = get_document_model().objects.filter(pk__in=numbers).values_list("pk", "file")
    return frozenset(pk for pk, name in rows if name.lower().endswith(FILM))


def headings(found):
    for piece in found:
        if not piece.is_rich or not piece.value:
            continue
        levels = [int(level) for level, _words in HEADING.findall(piece.value)]
        if levels and levels[0] == 4:
            yield Finding("headings", piece.block, _("A text begins with a small heading. Begin with a large one."))
        if any(not re.sub(r"<[^>]*>|\s|&nbsp;", "", inner) for _level, inner in HEADING.findall(piece.value)):
            yield Finding("headings", piece.block, _("A heading has no words. Write some, or take it out."))
        if BOLD_PARAGRAPH.search(piece.value):
            message = _(
                "A whole paragraph is bold. If it is a heading, make it one; if not, keep bold for a word or two."
            )
            yield Finding("headings", piece.block, message)
        if is_loud(piece.text):
            yield Finding("headings", piece.block, _("Several words are in capital letters, which are hard to read."))


def unwritten(found, language):
    """What a new lesson begins with and nobody has written over."""
    begun_with = placeholders(language)
    for piece in found:
        if piece.field.is_text and piece.value in begun_with:
            yield Finding(
                "unwritten", piece.block, _("“%(text)s” was put there for you to write over.") % {"text": piece.text}
            )


def is_loud(text):
    """Whether several words of four letters or more stand in capitals one after the other; shorter ones may be names."""
    row = 0
    for word in words(text):
        row = row + 1 if word.isupper() and len(word) > 3 else 0
        if row == LOUD_WORDS:
            return True
    return False


def avoided(found, language, audience):
    for piece in found:
        text = piece.text if piece.field.translated else ""
        if not any_avoided(language, audience).search(text):
            continue
        for wanted, instead in avoided_words(language, audience):
            if word := wanted.search(text):
                message = _("We do not write “%(word)s”. Instead: %(instead)s.")
                yield Finding("words", piece.block, message % {"word": word.group(), "instead": instead})


# Lessons -------------------------------------------------------------------------------------------------


def lesson(page, found, language, audience):
    names = [block["type"] for block in body_of(page)]
    if language == "en":
        yield from length(measure(page, found), names, audience)
        yield from parts(names)
    terms = {link.target for _piece, link in links_of(found) if link.target.startswith(TERM)}
    if len(terms) > MOST_TERMS:
        message = ngettext(
            "%(count)d word is linked to the glossary. Four are enough for a lesson.",
            "%(count)d words are linked to the glossary. Four are enough for a lesson.",
            len(terms),
        )
        yield Finding("terms", "", message % {"count": len(terms)})


def length(measures, names, audience):
    least, most = rules()["words"]["least"], rules()["words"]["most"]
    if measures.words < least or (measures.words > most and "session" not in names):
        message = _("There are %(count)d words to read; a lesson has %(least)d to %(most)d.")
        yield Finding("length", "", message % {"count": measures.words, "least": least, "most": most})
    limit = rules()["reading_level"][audience]
    if measures.level > limit:
        message = _("The reading level is %(level)d. Shorter sentences and words bring it down to %(limit)d.")
        yield Finding("length", "", message % {"level": measures.level, "limit": limit})


def parts(names):
    wanted = [
        (not names or names[0] == "text", _("A lesson opens with a situation: begin with a text.")),
        (names[-1:] == ["key_idea"], _("A lesson ends with what to keep: put a key idea last.")),
        (
            bool(ACTIVITIES & set(names)),
            _("A lesson needs something to do: a reflection, a checklist or a session plan."),
        ),
        (bool(set(QUESTIONS) & set(names)), _("A lesson needs a question on what was read.")),
    ]
    return [Finding("parts", "", message) for there, message in wanted if not there]
