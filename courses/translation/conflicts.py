"""Texts that were changed on both sides, and what somebody decides about them."""

from django.db import transaction
from wagtail.models import Locale, Page

from courses.models import TextConflict, TextImport
from courses.translation.applying import Applying
from courses.translation.entries import plain_of, read_rows, write_rows
from courses.translation.held import read_texts_of, translatable_pages
from courses.translation.hub import KINDS
from courses.translation.ids import page_key
from courses.translation.load import write_page
from courses.translation.memory import Memory, Numbers
from courses.translation.schema import DATA
from courses.translation.settle import mark, name_of
from courses.translation.stream import read_page

THEIRS, OURS = "theirs", "ours"


def with_ours(rows):
    """The rows, each with `ours`: what the hub says now, and with `page`: its HeldPage or None."""
    pages = translatable_pages()
    for language in dict.fromkeys(row.language for row in rows):
        of_language = [row for row in rows if row.language == language]
        held = {row.page_id: pages[row.page_id] for row in of_language if row.page_id in pages}
        if language == "en":
            add_english(of_language)
        else:
            read_texts_of(list(held.values()), language)
        for row in of_language:
            row.page = held.get(row.page_id)
            if language != "en":
                row.ours = row.page.texts.get((row.address, row.english), "") if row.page else ""
    return rows


def add_english(rows):
    flats = {}
    for row in rows:
        if row.page_id not in flats:
            flats[row.page_id] = English(row.page_id).flat
        row.ours = flats[row.page_id].get(row.address, "")


class English:
    """An English page, or data file, in the flat form of its file."""

    def __init__(self, page_id):
        self.id, memory = page_id, Memory()
        if page_id in DATA:
            self.page, self.flat = None, read_rows(page_id)
            return
        locale, key = Locale.objects.get(language_code="en"), page_key(page_id)
        self.page = Page.objects.filter(translation_key=key, locale=locale).specific().first()
        self.flat = {}
        if self.page:
            self.kind, self.numbers = KINDS[self.page._meta.label_lower], Numbers(memory, {}, locale)
            self.flat = read_page(self.page, page_id, self.kind, self.numbers, memory.segments(key, "en"))

    def write(self, address, text):
        flat = {**self.flat, address: text}
        if self.page is None:
            write_rows(self.id, self.flat, flat)
        else:
            write_page(self.page, self, flat, self.numbers)


@transaction.atomic
def decide(*, conflict, choice, user, publish):
    """Take the file's text, or keep the hub's: then load_kits does not ask again, and export_kits writes it into the file."""
    if choice == THEIRS:
        take(conflict, user, publish)
    elif conflict.origin == TextConflict.Origin.LOAD:
        Memory().learn(page_key(conflict.page_id), conflict.language, remembered_as(conflict))
    conflict.delete()


def remembered_as(conflict):
    """{name: mark} of the file's text, as load_kits remembers it."""
    if conflict.language == "en":
        return {conflict.address: mark(conflict.theirs)}
    if conflict.page_id in DATA:
        return {conflict.address: mark(plain_of(conflict.theirs))}
    return {name_of(conflict.address, conflict.english): mark(conflict.theirs)}


def take(conflict, user, publish):
    if conflict.language == "en":
        English(conflict.page_id).write(conflict.address, conflict.theirs)
        return
    with_ours([conflict])
    if conflict.page is None:
        return
    item = {
        "page": conflict.page_id,
        "address": conflict.address,
        "english": conflict.english,
        "ours": conflict.ours,
        "theirs": conflict.theirs,
        "base": conflict.base,
        "verdict": "conflict",
        "choice": THEIRS,
    }
    row = TextImport(language=conflict.language, user=user, publish=publish, items=[item])
    Applying(row).write_page(conflict.page)
