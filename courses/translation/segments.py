"""What a translator sees of a page: its texts in pieces, cut as wagtail-localize cuts them."""

import re
from typing import NamedTuple

from wagtail_localize.strings import StringValue, extract_strings

from courses.captions import cue_texts
from courses.translation.flat import walk
from courses.translation.markdown import markdown_to_html

TO_ESCAPE = re.compile(r"[<>&\n]")


class Segment(NamedTuple):
    """`address` ends the msgctxt; `text` is an HTML fragment with <b>, <i> and <a id="a1"> as its only tags."""

    address: str
    text: str


def texts(document):
    """(field, address) of every translated text of a page, in reading order."""
    for field, address in walk(document.flat, document.kind):
        flag = f"{address.rpartition('.')[0]}.{field.translated_if}"
        if field.translated_if and not document.flat.get(flag):
            continue
        if field.is_text and field.translated and document.flat.get(address):
            yield field, address


def segments(document):
    """Every Segment of a page once, in reading order."""
    found = []
    for field, address in texts(document):
        found += [Segment(address, text) for text in cut(field, document.flat[address])]
    return list(dict.fromkeys(found))


def cut(field, value):
    """The pieces of one text."""
    if field.kind in {"rich", "prose"}:
        return [string.data for string, _attrs in extract_strings(markdown_to_html(value))[1]]
    if field.name == "captions":
        return [escaped(cue) for cue in cue_texts(value)]
    return [escaped(value)]


def escaped(text):
    """A plain text as wagtail-localize keeps it, without asking it where nothing is to be escaped: it builds a tree each time."""
    return StringValue.from_plaintext(text).data if TO_ESCAPE.search(text) else text
