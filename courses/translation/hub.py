"""What Wagtail holds now, in the words of the text files."""

from dataclasses import dataclass

from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation

from courses.translation.entries import data_drift, edited_texts, plain_of
from courses.translation.ids import page_key
from courses.translation.memory import Memory, Numbers
from courses.translation.schema import DATA, PAGES, Kind
from courses.translation.settle import Verdict, mark, name_of, settle_at
from courses.translation.stream import read_page
from courses.translation.translate import Addresses

KINDS = {kind.model.lower(): kind for kind in PAGES.values()}


@dataclass
class HubPage:
    """One English page: its id, its flat text, and the ids of its parent and of what it stands after."""

    id: str
    kind: Kind
    flat: dict
    parent: str
    place: int
    key: object


class Hub:
    """All English pages of the site in the order of the tree, and the translations of any language."""

    def __init__(self, texts):
        self.texts, self.memory, self._filed = texts, Memory(), {}
        self.english = Locale.objects.filter(language_code="en").first()
        self.numbers = Numbers(self.memory, texts.documents, self.english)
        self.pages = {page.id: page for page in self.read_pages()}

    def read_pages(self):
        by_path, places = {}, {}
        for page in Page.objects.filter(locale=self.english, depth__gt=1).order_by("path").specific():
            kind = KINDS.get(page._meta.label_lower)
            page_id = self.numbers.id_of(page.translation_key)
            by_path[page.path] = page_id
            parent_path = page.path[: -page.steplen]
            places[parent_path] = places.get(parent_path, 0) + 1
            if kind and (page.live or page_id in self.texts.documents):
                yield HubPage(
                    page_id,
                    kind,
                    self.flat(page, page_id, kind),
                    by_path.get(parent_path, ""),
                    places[parent_path],
                    page.translation_key,
                )

    def flat(self, page, page_id, kind):
        document = self.texts.documents.get(page_id)
        named = [self.memory.segments(page.translation_key, "en"), *([document.flat] if document else [])]
        return read_page(page, page_id, kind, self.numbers, *named)

    def translations(self, language):
        """{(page id, address, English text): text} of everything translated into a language."""
        rows = StringTranslation.objects.filter(locale__language_code=language, translation_of__locale=self.english)
        addresses, found = {}, {}
        for key, path, source, text in rows.values_list(
            "context__object_id", "context__path", "translation_of__data", "data"
        ):
            page_id = self.numbers.id_of(key)
            if page_id not in addresses:
                page = self.pages.get(page_id)
                addresses[page_id] = Addresses(page_id, page.flat if page else {}, self.memory.segments(key, "en"))
            found[page_id, addresses[page_id].of(path), source] = text
        return found

    def edited(self, language):
        """The part of `translations` that an editor wrote, and of data files: what differs from what was loaded last.

        What the files have changed too, in another way, is not part of it: that waits for somebody who decides.
        """
        edited = edited_texts(self.memory, self.texts, language)
        for (page_id, address, source), text in self.translations(language).items():
            if self.memory.segments(page_key(page_id), language).get(name_of(address, source)) != mark(text):
                edited[page_id, address, source] = text
        return {place: text for place, text in edited.items() if not self.is_open(language, place, text)}

    def is_open(self, language, place, ours):
        """Whether a text of the files was changed there as well."""
        page_id, address, source = place
        theirs = self.filed(language).get(place)
        data = page_id in DATA
        name, key = address if data else name_of(address, source), page_key(page_id)
        if data and theirs:
            theirs, ours = plain_of(theirs), plain_of(ours)
        base, known = self.memory.segments(key, language), self.memory.known(key, language)
        return bool(theirs) and settle_at(name, ours, theirs, base, known) is Verdict.CONFLICT

    def filed(self, language):
        """{(page id, address, English text): text} of all PO files of a language."""
        if language not in self._filed:
            catalogs = [found for (code, _unit), found in self.texts.catalogs.items() if code == language]
            self._filed[language] = {key: text for catalog in catalogs for key, text in catalog.found.items()}
        return self._filed[language]

    def exported(self, edited):
        """Remember what was written into the files: whoever changes it there has seen it."""
        for language, texts in edited.items():
            marks = {}
            for (page_id, address, source), text in texts.items():
                data = page_id in DATA
                name = address if data else name_of(address, source)
                marks.setdefault(page_id, {})[name] = mark(plain_of(text) if data else text)
            for page_id, found in marks.items():
                self.memory.learn(page_key(page_id), language, found)


def drift(texts):
    """One line for each way in which files and hub differ; empty when they say the same."""
    hub = Hub(texts)
    lines = []
    for document in texts.documents.values():
        page = hub.pages.get(document.id)
        if page is None:
            lines.append(f"{document.path}: not in the hub")
            continue
        differing = [a for a in dict.fromkeys([*document.flat, *page.flat]) if document.flat.get(a) != page.flat.get(a)]
        lines += in_short(document.path, differing)
    lines += [f"{p.flat['title']} ({p.id}): has no file" for p in hub.pages.values() if p.id not in texts.documents]
    for (language, unit), catalog in texts.catalogs.items():
        lines += drift_of_catalog(hub, language, catalog) if unit not in texts.data else []
    return lines + [line for path, differing in data_drift(texts) for line in in_short(path, differing)]


def drift_of_catalog(hub, language, catalog):
    held = hub.translations(language)
    expected = hub.texts.expected(catalog)
    differing = [f"{key[0]}#{key[1]}" for key in expected if (catalog.found.get(key) or None) != held.get(key)]
    return in_short(catalog.path, list(dict.fromkeys(differing)))


def in_short(path, addresses):
    """At most one line that names what differs in a file."""
    if not addresses:
        return []
    more = f" and {len(addresses) - 3} more" if len(addresses) > 3 else ""
    return [f"{path}: differs in {', '.join(addresses[:3])}{more}"]
