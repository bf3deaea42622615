"""What a translator sees of a page: its texts in pieces, cut as wagtail-localize cuts them."""

import re
from typing import NamedTuple

from wagtail_localize.strings import StringValue, extract_strings

from courses.translation.markdown import markdown_to_html
from courses.translation.schema import BLOCKS


class Segment(NamedTuple):
    """`address` ends the msgctxt; `text` is an HTML fragment with <b>, <i> and <a id="a1"> as its only tags."""

    address: str
    text: str


def texts(document):
    """(field, address) of every translated text of a page, in reading order."""
    yield from _texts(document.flat, document.kind.fields, "")
    for name, block_id in document.flat.get("#", ()):
        yield from _texts(document.flat, BLOCKS[name].fields, f"{block_id}.")


def _texts(flat, fields, prefix):
    for field in fields:
        if field.kind == "list":
            for item_id in flat.get(f"{prefix}{field.name}#", ()):
                yield from _texts(flat, field.fields, f"{prefix}{item_id}.")
        elif field.is_text and field.translated and flat.get(prefix + field.name):
            yield field, prefix + field.name


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
        return [StringValue.from_plaintext(cue).data for cue in cue_texts(value)]
    return [StringValue.from_plaintext(value).data]


# Captions are translated cue by cue; the times stay.

CUE = re.compile(r"^(.*-->.*)$", re.MULTILINE)


def cue_texts(vtt):
    """The spoken texts of a WebVTT file, in order."""
    return [text for _head, text in _cues(vtt) if text]


def replace_cues(vtt, new_texts):
    """`vtt` with its cue texts replaced, in order."""
    waiting = iter(new_texts)
    return "\n".join(head + ("\n" + next(waiting) if text else "") for head, text in _cues(vtt))


def _cues(vtt):
    """[(everything up to and with the line of times, text)], ending with what follows the last cue."""
    pairs, head, text, in_cue = [], [], [], False
    for line in [*vtt.split("\n"), None]:
        if in_cue and not line:
            pairs.append(("\n".join(head), "\n".join(text)))
            head, text, in_cue = [], [], False
        if line is None:
            break
        if in_cue:
            text.append(line)
        else:
            head.append(line)
            in_cue = "-->" in line
    if head:
        pairs.append(("\n".join(head), ""))
    return pairs
