"""Everything that is written on a page, piece by piece, in the words of the text files' schema. No queries."""

import re
from html import unescape
from typing import NamedTuple

from courses.translation.schema import BLOCKS, PAGES, Field
from courses.translation.style import READING

KINDS = {kind.model.lower(): kind for kind in PAGES.values()}
OUTLINE = re.compile(r"</(?:p|h\d|li)>|<br ?/?>", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")


class Piece(NamedTuple):
    """One value of a page. `block`: id of the block of the body it stands in, `kind` its name; both "" for fields of the page."""

    block: str
    kind: str
    field: Field
    value: object

    @property
    def is_rich(self):
        return self.field.kind in {"rich", "prose"}

    @property
    def is_caption(self):
        return self.kind == "media" and self.field.name == "captions"

    @property
    def text(self):
        """The words without markup, each paragraph and list item on a line of its own."""
        if not self.field.is_text or not isinstance(self.value, str):
            return ""
        return as_text(self.value) if self.is_rich else self.value


def as_text(html):
    return unescape(TAG.sub("", OUTLINE.sub("\n", html))).strip()


def kind_of(page):
    """The Kind of a page, or None for a page that holds none of our texts."""
    return KINDS.get(page._meta.label_lower)


def body_of(page):
    """The raw blocks of a page: [{"type", "id", "value"}]."""
    return page.body.get_prep_value() if hasattr(page, "body") else []


def pieces(page):
    """The Pieces of a page in reading order; none of a page without texts of ours."""
    if kind := kind_of(page):
        yield from page_fields(page, kind)
        yield from body_pieces(body_of(page))


def page_fields(page, kind):
    for field in kind.fields:
        value = getattr(page, field.name)
        if field.kind != "list":
            yield Piece("", "", field, value)
            continue
        for item in value.get_prep_value():
            yield Piece("", "", field.fields[0], item["value"])


def body_pieces(raw):
    for block in raw:
        if kind := BLOCKS.get(block["type"]):
            values = {kind.fields[0].name: block["value"]} if kind.bare else block["value"]
            for field, value in walk(kind.fields, values):
                yield Piece(block["id"], block["type"], field, value)


def walk(fields, values):
    for field in fields:
        value = values.get(field.name)
        if field.kind != "list":
            yield field, value
            continue
        for item in value or ():
            inner = item["value"]
            yield from walk(field.fields, {field.fields[0].name: inner} if field.bare else inner)


def reading_text(found):
    """What is read in these Pieces: the text that length and reading level are measured on."""
    return "\n\n".join(p.text for p in found if p.kind in READING and p.field.translated and p.text)
