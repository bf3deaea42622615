"""The texts that the hub holds in a language, in the words of the PO files: what a download says and an upload is merged with.

A *scope* is a unit (a kit's id, "site", or the name of a data file) or a module of a kit: `learner/start-where-you-are`.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource
from wagtail_localize.strings import StringValue

from courses.models import LoadedText
from courses.translation.documents import Document
from courses.translation.entries import plain_of, read_rows, read_translated
from courses.translation.hub import KINDS
from courses.translation.ids import page_key
from courses.translation.older import older_in_bulk
from courses.translation.schema import DATA, Kind
from courses.translation.segments import cut, texts
from courses.translation.settle import mark, name_of
from courses.translation.translate import Addresses

SITE = "site"


@dataclass
class HeldPage:
    """One English page, or one data file, and what stands there in another language.

    `places` maps (address, English text), in reading order, to the (context id, string id) of wagtail-localize, None in a
    data file. `older` maps places to (older English, its translation). `marks` and `known` are those of LoadedText.
    """

    id: str
    title: str
    unit: str
    module: str = ""
    url: str = ""
    kind: Kind | None = None
    source: TranslationSource | None = None
    places: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)
    older: dict = field(default_factory=dict)
    marks: dict = field(default_factory=dict)
    known: dict = field(default_factory=dict)

    @property
    def type(self):
        """As that of a Document."""
        return self.kind.name if self.kind else "data"

    @property
    def is_data(self):
        return self.source is None

    def name(self, place):
        return place[0] if self.is_data else name_of(*place)

    def mark(self, text):
        """What LoadedText remembers of a text of a PO file."""
        return mark(plain_of(text) if self.is_data and text else text or None)

    def bases(self, place):
        """The marks of texts that the hub and its own files are known to have shared."""
        name = self.name(place)
        return [self.marks.get(name), *([self.known[name]] if name in self.known else ())]


# Which there are ---------------------------------------------------------------------------------


def translatable_pages():
    """{id: HeldPage} of the English pages, in the order of the tree, and of the data files; still without texts. Three statements."""
    ids = dict(LoadedText.objects.filter(language="en").values_list("key", "page_id"))
    sources = {
        s.object_id: s for s in TranslationSource.objects.filter(locale__language_code="en").defer("content_json")
    }
    found, kit, module = {}, ("-", SITE), ("-", "")
    rows = Page.objects.filter(locale__language_code="en", depth__gt=1).order_by("path")
    names = ("translation_key", "path", "url_path", "title", "content_type__app_label", "content_type__model")
    for key, path, url, title, app, model in rows.values_list(*names):
        kind, page_id = KINDS.get(f"{app}.{model}"), ids.get(key, str(key))
        if kind and kind.name == "kit":
            kit = path, page_id
        if kind and kind.name == "module":
            module = path, page_id
        unit = kit[1] if path.startswith(kit[0]) else SITE
        within = module[1] if path.startswith(module[0]) else ""
        if kind and key in sources:
            address = "/en/" + url.strip("/").partition("/")[2]
            found[page_id] = HeldPage(page_id, title, unit, within, address, kind, sources[key])
    return found | {name: HeldPage(name, name, name) for name in DATA}


def in_scope(pages, scope):
    """The pages of a unit or module."""
    unit, _slash, module = scope.partition("/")
    return [page for page in pages.values() if page.unit == unit and (not module or page.module == module)]


# What they say -----------------------------------------------------------------------------------


def read_texts_of(pages, language, *, older=False):
    """Fill `pages` (HeldPages) with their texts in a language; a fixed number of statements, however many pages."""
    localized = [page for page in pages if not page.is_data]
    locale = Locale.objects.get(language_code=language)
    remembered = memory_of(pages, language)
    for page in pages:
        row = remembered.get((page_key(page.id), language))
        page.marks, page.known = (row.segments, row.known) if row else ({}, {})
        if page.is_data:
            read_data_file(page, language)
    if localized:
        segments = read_segments(localized, remembered)
        read_translations(localized, locale)
        if older:
            read_older(localized, locale, segments)


def memory_of(pages, language):
    """{(key, language): LoadedText} of the pages, in English for the names of their parts and in the language itself."""
    keys = [page_key(page.id) for page in pages]
    rows = LoadedText.objects.filter(key__in=keys, language__in=["en", language]).defer("texts")
    return {(row.key, row.language): row for row in rows}


def read_segments(pages, remembered):
    """Fill in the places; {source id: {place: segment id}}."""
    by_source = {page.source.pk: page for page in pages}
    names = ("pk", "source_id", "context__path", "string__data", "context_id", "string_id")
    rows = StringSegment.objects.filter(source__in=by_source).order_by("source", "order").values_list(*names)
    addresses, segments, places = {}, defaultdict(dict), defaultdict(dict)
    for pk, source_id, path, english, context_id, string_id in rows:
        page = by_source[source_id]
        if page.id not in addresses:
            row = remembered.get((page_key(page.id), "en"))
            addresses[page.id] = Addresses(page.id, row.segments if row else {})
        place = addresses[page.id].of(path), english
        segments[source_id][place] = pk
        places[source_id][place] = context_id, string_id
    for source_id, page in by_source.items():
        page.places = in_reading_order(places[source_id], page.kind)
    return segments


def in_reading_order(places, kind):
    """The fields of the page itself first, as they stand in its file; wagtail-localize has an order of its own there."""
    order = {field.name: index for index, field in enumerate(kind.fields)}
    return dict(sorted(places.items(), key=lambda item: order.get(item[0][0], len(order))))


def read_translations(pages, locale):
    by_key = {page.source.object_id: page for page in pages}
    rows = StringTranslation.objects.filter(context__object_id__in=by_key, locale=locale)
    found = {(c, s): data for c, s, data in rows.values_list("context_id", "translation_of_id", "data")}
    for page in pages:
        page.texts = {place: found[ids] for place, ids in page.places.items() if found.get(ids)}


def read_older(pages, locale, segments):
    older = older_in_bulk([page.source for page in pages], locale.pk)
    for page in pages:
        known = older.get(page.source.pk, {})
        page.older = {
            place: (known[pk].source_text, known[pk].text)
            for place, pk in segments[page.source.pk].items()
            if pk in known and place not in page.texts
        }


def read_data_file(page, language):
    """The texts of a data file: its rows have a column per language."""
    document = Document(f"content/{page.id}.yaml", page.id, page.id, read_rows(page.id))
    held = read_translated(page.id, document, language)
    for field_, address in texts(document):
        place = address, cut(field_, document.flat[address])[0]
        page.places[place] = None
        if address in held:
            page.texts[place] = StringValue.from_plaintext(held[address]).data
