"""What the hub has to find, read from where it stands: pages, terms of the glossary, resources of the library.

Only what everybody sees is read. What is right in a question is not, nor what stands on a country page that nobody has checked.
"""

import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone, translation

from courses.glossary import other_names
from courses.models import GlossaryTerm, HandoutPage, KitPage, LessonPage, ModulePage, Resource
from courses.questions.kinds import KINDS
from hub.countries import rows_html, standing_of
from hub.models import CountryIndexPage, CountryPage, InfoPage
from hub.search.models import Kind
from hub.search.text import plain

PAGES = {
    KitPage: Kind.KIT,
    ModulePage: Kind.MODULE,
    LessonPage: Kind.LESSON,
    HandoutPage: Kind.SHEET,
    InfoPage: Kind.PAGE,
    CountryIndexPage: Kind.PAGE,
    CountryPage: Kind.COUNTRY,
}
HEADING = re.compile(r"<h[2-4][^>]*>(.*?)</h[2-4]>", re.S)
ASKED = ("prompt", "situation")  # all that is read of a question
RULES = "3"  # another number when what is read of a source changes


class Texts(NamedTuple):
    """`names`: what else it is called."""

    title: str
    headings: str
    text: str
    names: tuple = ()


@dataclass(frozen=True, slots=True)
class Source:
    """`made_from` is known without reading the text; `read()` gives Texts."""

    kind: str
    key: str
    language: str
    made_from: str
    read: object

    @property
    def name(self):
        return self.kind, self.key, self.language


def sources():
    """Every Source: two statements for each kind of page, two for the rest."""
    for model in PAGES:
        yield from page_sources(model)
    yield from term_sources()
    yield from resource_sources()


def page_sources(model):
    rows = model.objects.live().public().filter(locale__language_code__in=dict(settings.LANGUAGES))
    for pk, key, language, published in rows.values_list(
        "pk", "translation_key", "locale__language_code", "last_published_at"
    ):
        # A country page says less when its check is a year old.
        day = timezone.localdate().isoformat() if model is CountryPage else ""
        made = stamp(pk, published, day)
        yield Source(
            PAGES[model], str(key), language, made, lambda pk=pk, language=language: read_page(model, pk, language)
        )


def stamp(*values):
    return blake2b(repr((RULES, *values)).encode(), digest_size=16).hexdigest()


def read_page(model, pk, language):
    page = model.objects.get(pk=pk)
    with translation.override(language):
        if model is CountryPage:
            text, headings = plain(rows_html(page, standing_of(page))), ""
        else:
            text, headings = body_texts(page)
    lead = getattr(page, "aim", "") or getattr(page, "lead", "")
    if language == "en":  # its address may say in a word what its title says in five
        headings = f"{headings} {page.slug.replace('-', ' ')}"
    return Texts(page.title, f"{lead} {headings}", f"{lead} {text}")


def body_texts(page):
    """(text, headings) of a body; the outcomes of a kit are headings of what is in it."""
    texts, headings = [], [str(block.value) for block in getattr(page, "outcomes", ())]
    for block in getattr(page, "body", ()):
        if block.block_type in KINDS:
            found = [plain(str(block.value.get(name) or "")) for name in ASKED]
        else:
            found = [plain(text) for text in block.block.get_searchable_content(block.value)]
            headings += [plain(head) for head in HEADING.findall(str(getattr(block.value, "source", "")))]
            title = block.value.get("title") if hasattr(block.value, "get") else ""
            headings.append(plain(str(title or "")))
        texts += found
    return " ".join(filter(None, texts)), " ".join(filter(None, headings))


def term_sources():
    names = [f"{field}_{code}" for field in ("term", "definition", "also") for code, _name in settings.LANGUAGES]
    for row in GlossaryTerm.objects.order_by("pk").values("key", *names):
        for code, _name in settings.LANGUAGES:
            term, definition = row[f"term_{code}"], row[f"definition_{code}"] or ""
            if term:
                texts = Texts(term, "", definition, tuple(other_names(term, row[f"also_{code}"])))
                yield Source(Kind.TERM, row["key"], code, stamp(*texts), lambda texts=texts: texts)


def resource_sources():
    for row in Resource.objects.order_by("pk"):
        for code, _name in settings.LANGUAGES:
            about = getattr(row, f"about_{code}", None)
            if about:
                title = getattr(row, f"title_{code}", None) if row.title_translated else row.title_en
                said = topics_of(row, code)
                texts = Texts(title or row.title_en, said, about)
                yield Source(Kind.RESOURCE, row.key, code, stamp(*texts), lambda texts=texts: texts)


def topics_of(row, language):
    from courses.library import words_of

    with translation.override(language):
        words = words_of(row)
    return " ".join([*words["topics"], *words["countries"]])
