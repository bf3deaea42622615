"""Where a word stands in a language: in texts written on pages, in translations, in the glossary and the library."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from courses.checks.texts import kind_of
from courses.models import GlossaryTerm, Resource
from courses.replace.matching import Spot, digest, spots
from courses.translation.schema import BLOCKS

ENTRIES = {"glossary": (GlossaryTerm, ("term", "definition")), "library": (Resource, ("title", "about"))}
MOST = 400  # hits that are shown and written at once


class Hit(NamedTuple):
    """One place. `id` names it in a form: the text, which hit of the text, and what the text said."""

    id: str
    owner: tuple  # ("page", pk), ("translation", page pk), ("glossary", pk) or ("library", pk)
    title: str
    spot: Spot


def find(wanted, language):
    """Every Hit in a language, page by page in the order of the tree, then glossary and library."""
    locale = Locale.objects.get(language_code=language)
    return [*in_pages(wanted, locale), *in_entries(wanted, language)]


def hits_in(text, wanted, *, name, owner, title, markup):
    for number, spot in enumerate(spots(text, wanted, markup=markup)):
        yield Hit(f"{name}:{number}:{digest(text)}", owner, title, spot)


# Pages ---------------------------------------------------------------------------------------------------


def in_pages(wanted, locale):
    translated = translated_texts(locale)
    for page in Page.objects.filter(locale=locale, depth__gt=1).order_by("path").specific():
        if page.translation_key in translated:
            for pk, text in translated[page.translation_key]:
                owner = ("translation", page.pk)
                yield from hits_in(text, wanted, name=f"t{pk}", owner=owner, title=page.draft_title, markup=True)
        elif kind_of(page):
            yield from in_own_texts(wanted, page)


def in_own_texts(wanted, page):
    """Hits on a page that is written in its language, as it was last saved."""
    page = page.get_latest_revision_as_object() if page.has_unpublished_changes else page
    found = []

    def look(number, field, text):
        markup = field.kind in {"rich", "prose"}
        name, owner = f"p{page.pk}.{number}", ("page", page.pk)
        found.extend(hits_in(text, wanted, name=name, owner=owner, title=page.draft_title, markup=markup))
        return text

    rewrite(page, look)
    return found


def translated_texts(locale):
    """{translation key of a page: [(pk, text)]} of all that its translation is made of now, in reading order. Two queries."""
    kept = Translation.objects.filter(target_locale=locale, enabled=True).values_list("source_id", "source__object_id")
    sources = dict(kept)
    rows = StringTranslation.objects.filter(locale=locale, context__object_id__in=sources.values())
    texts = {
        (context, string): (pk, data)
        for context, string, pk, data in rows.values_list("context", "translation_of", "pk", "data")
    }
    found = {key: [] for key in sources.values()}
    segments = StringSegment.objects.filter(source__in=sources).order_by("source_id", "order", "pk")
    for source, context, string in segments.values_list("source_id", "context_id", "string_id"):
        if row := texts.pop((context, string), None):
            found[sources[source]].append(row)
    return found


def rewrite(page, change):
    """Lay `change(number, field, text)` over every text of a page that belongs to its language; the page is changed in memory."""
    kind = kind_of(page)
    count = iter(range(1_000_000))

    def changed(field, text):
        return change(next(count), field, text) if text and field.is_text and field.translated else text

    for field in kind.fields:
        if field.kind == "list":
            raw = getattr(page, field.name).get_prep_value()
            for item in raw:
                item["value"] = changed(field.fields[0], item["value"])
            setattr(page, field.name, raw)
        elif field.is_text:
            setattr(page, field.name, changed(field, getattr(page, field.name)))
    if kind.blocks:
        page.body = [rewrite_block(block, changed) for block in page.body.get_prep_value()]


def rewrite_block(block, changed):
    kind = BLOCKS[block["type"]]
    if kind.bare:
        return {**block, "value": changed(kind.fields[0], block["value"])}
    return {**block, "value": rewrite_fields(kind.fields, block["value"], changed)}


def rewrite_fields(fields, values, changed):
    values = dict(values)
    for field in fields:
        value = values.get(field.name)
        if field.kind == "list":
            values[field.name] = [rewrite_item(field, item, changed) for item in value or ()]
        elif isinstance(value, str):
            values[field.name] = changed(field, value)
    return values


def rewrite_item(field, item, changed):
    if field.bare:
        return {**item, "value": changed(field.fields[0], item["value"])}
    return {**item, "value": rewrite_fields(field.fields, item["value"], changed)}


# Glossary and library ------------------------------------------------------------------------------------


def in_entries(wanted, language):
    for kind, (model, names) in ENTRIES.items():
        label = {"glossary": _("Glossary"), "library": _("Library")}[kind]
        for row in model.objects.order_by("key"):
            for name in names:
                if name == "title" and language != "en" and not row.title_translated:
                    continue
                text = getattr(row, f"{name}_{language}") or ""
                title = f"{label}: {getattr(row, f'{names[0]}_en')}"
                owner = (kind, row.pk)
                yield from hits_in(
                    text, wanted, name=f"{kind[0]}{row.pk}.{name}", owner=owner, title=title, markup=False
                )
