"""Moodle's texts as ours and back: plain text, one line, or the rich text of an explanation.

Whatever comes in goes through one reader that keeps words and forgets the rest, so that no markup of the file ever reaches a page.
"""

import re
from dataclasses import dataclass, field
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdown_it import MarkdownIt

from courses.questions.items import NotTaken, alike
from courses.questions.markup import tokens
from courses.questions.multilang import variants
from courses.translation.markdown import ADDRESS, parse_html, write_html
from hub.lib.text import clean_text

LONGEST = 20_000  # characters of one text; reading what is longer could take long
DEEPEST = 20  # levels of Markdown; each level reads its lines again
MOST_BRACKETS = 1_000
# No XML file may hold these; the first 32 stand for escaped characters while GIFT is read.
NO_CHARACTERS = dict.fromkeys([*range(0xFDD0, 0xFDF0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
LINE_ENDS = dict.fromkeys(map(ord, "\u2028\u2029\x0b\x0c\x85"), "\n")
BLOCKS = frozenset(
    "address article aside blockquote center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "main nav ol p pre section table ul".split()
)
SILENT = {"script": "script", "style": "", "iframe": "media", "object": "media", "embed": "media", "svg": "media"}
DROPPED = {
    "script": gettext_lazy("a script was taken out"),
    "media": gettext_lazy("a film, sound or embedded page was taken out"),
    "table": gettext_lazy("a table became lines of text"),
}
HIGH = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
LOW = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def tidy(text):
    """`text` in the form in which plain texts are compared and kept."""
    text = clean_text(without_tags(text.translate(LINE_ENDS).translate(NO_CHARACTERS)))
    lines = [re.sub("[ \t]+", " ", line).strip(" ") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def without_tags(text):
    """No words of ours are taken for a tag of another language when they come back."""
    return re.sub(r"\{(?=\s*mlang)", "(", text, flags=re.I) if "mlang" in text.lower() else text


def one_line(text):
    return " ".join(tidy(text).split())


# HTML -> words -----------------------------------------------------------------------------------


@dataclass
class Read:
    """The words of an HTML text, its pictures as (address, alt), and what it held besides."""

    text: str = ""
    situation: str = ""
    marked: bool = False  # it says itself what its situation is
    pictures: list = field(default_factory=list)
    seen: set = field(default_factory=set)


class _Words:
    def __init__(self):
        self.out, self.lists, self.links, self.skipped, self.raised = [], [], [], [], ""
        self.divs = []
        self.read = Read()

    def start(self, tag, attrs):
        if self.skipped and tag not in self.skipped:
            return
        if tag in SILENT:
            self.read.seen.add(SILENT[tag])
            self.skipped += [tag] if tag != "embed" else []
        elif tag in {"video", "audio"}:
            self.read.seen.add("media")
        elif tag == "img":
            self.read.pictures.append((attrs.get("src") or "", one_line(attrs.get("alt") or "")))
        elif tag == "a":
            self.links.append((attrs.get("href") or "", len(self.out)))
        else:
            self.start_layout(tag, attrs)

    def start_layout(self, tag, attrs):
        if tag == "br":
            self.out.append("\n")
        elif tag == "li":
            self.out.append("\n" + self.mark())
        elif tag in {"td", "th"}:
            self.out.append("\t")
        elif tag in {"sup", "sub"}:
            self.raised = tag
        elif tag in BLOCKS:
            self.start_block(tag, attrs)
        elif tag == "tr":
            self.out.append("\n")

    def start_block(self, tag, attrs):
        self.read.seen |= {"table"} if tag == "table" else set()
        self.lists += [[tag, 0]] if tag in {"ul", "ol"} else []
        self.out.append("\n\n" if len(self.lists) < 2 else "\n")
        if tag == "div":
            marks = attrs.get("class") == "situation"
            self.read.marked = self.read.marked or marks
            self.divs.append(len(self.out) if marks else None)

    def mark(self):
        if not self.lists or self.lists[-1][0] == "ul":
            return "- "
        self.lists[-1][1] += 1
        return f"{self.lists[-1][1]}. "

    def end(self, tag, attrs):
        if self.skipped:
            if tag in self.skipped:
                del self.skipped[self.skipped.index(tag) :]
        elif tag == "a" and self.links:
            self.end_link(*self.links.pop())
        elif tag in {"sup", "sub"}:
            self.raised = ""
        elif tag in BLOCKS:
            self.end_block(tag)

    def end_link(self, href, start):
        """The address stands behind the words, since plain text has no links."""
        words = "".join(self.out[start:]).strip()
        if ADDRESS.match(href) and ":" in href and words != href:
            self.out.append(f" ({href})")

    def end_block(self, tag):
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        if tag == "div" and self.divs and (start := self.divs.pop()) is not None:
            self.read.situation = _laid_out(self.out[start:])
            del self.out[start:]
        self.out.append("\n\n" if not self.lists else "\n")

    def data(self, data, attrs):
        if self.skipped:
            return
        data = re.sub("[ \t\r\n\f]+", " ", data)
        if self.raised and data.strip():
            data = _raise(data, self.raised)
        self.out.append(data)

    def finish(self):
        self.read.text = _laid_out(self.out)
        self.read.seen.discard("")
        return self.read


def _raise(text, tag):
    """x<sup>2</sup> as x², x<sup>ab</sup> as x^ab."""
    table, sign = (HIGH, "^") if tag == "sup" else (LOW, "_")
    return text.translate(table) if all(ord(char) in table for char in text.strip()) else sign + text


def _laid_out(out):
    """Cells are parted by a bar; an empty line between blocks, none between lines."""
    lines = "".join(out).split("\n")
    return tidy("\n".join(" | ".join(part.strip(" ") for part in line.strip("\t ").split("\t")) for line in lines))


def read_html(html):
    reader = _Words()
    for kind, text, attributes in tokens(html):
        getattr(reader, kind)(text, attributes)
    return reader.finish()


# A text of a file -> ours --------------------------------------------------------------------------


@dataclass(frozen=True)
class Source:
    """A text as the file has it. format: html, plain, markdown, or moodle (HTML whose line ends count)."""

    text: str = ""
    format: str = "html"

    def __bool__(self):
        return bool(self.text.strip())


def as_html(text, format):
    if format == "plain":
        return html_of(tidy(text))
    if format == "moodle":
        return re.sub(r"\r\n?|\n", "<br>", text.strip())
    if format == "markdown":
        if text.count("[") > MOST_BRACKETS:
            text = text.replace("[", "\\[")
        return MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST}).render(text)
    return text


def readings(source, item=None):
    """{language: Read} of a Source; what was dropped is noted on `item`."""
    if len(source.text) > LONGEST:
        message = _("a text of %(count)d characters; at most %(limit)d are taken")
        raise NotTaken(message % {"count": len(source.text), "limit": LONGEST})
    found = {code: read_html(as_html(text, source.format)) for code, text in variants(source.text).items()}
    if item is not None:
        for kind in sorted({kind for read in found.values() for kind in read.seen}):
            note(item, DROPPED[kind])
    return found


def note(item, text):
    if text not in item.notes:
        item.notes.append(str(text))


def plain(source, item=None):
    return alike({code: read.text for code, read in readings(source, item).items()})


def line(source, item=None):
    return alike({code: one_line(read.text) for code, read in readings(source, item).items()})


def raw_line(text, form=one_line):
    """A text that Moodle shows as it is written, without markup."""
    return alike({code: form(part) for code, part in variants(text).items()})


def rich(source, item=None):
    """HTML of paragraphs, lists, bold, italic and links, as Wagtail keeps it."""
    read = readings(source, item)
    whole = {code: as_html(text, source.format) for code, text in variants(source.text).items()}
    return alike({code: rich_html(html, read[code]) for code, html in whole.items()})


RICH = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "b", "strong", "i", "em", "br"})


def rich_html(html, read=None):
    read = read or read_html(html)
    if read.seen or re.search(r"<(?:style|su[bp])\b", html, re.I):
        html = html_of(read.text, paragraphs=True)
    blocks = parse_html(without_tags("".join(map(_simple, tokens(html.translate(NO_CHARACTERS))))), _address)
    return clean_text(write_html(blocks, _attributes))


def _simple(token):
    """A tag without what explanations do not have."""
    kind, text, attributes = token
    if kind == "data":
        return escape(text, quote=False)
    if text == "a":
        return "</a>" if kind == "end" else f'<a href="{escape(attributes.get("href", ""))}">'
    return f"<{'/' if kind == 'end' else ''}{text}>" if text in RICH else " " if text in BLOCKS else ""


def _address(attributes):
    href = (attributes.get("href") or "").strip()
    return href if ADDRESS.match(href) else ""


def _attributes(address):
    return f'href="{escape(address)}"'


# Ours -> HTML for a file ----------------------------------------------------------------------------


def html_of(text, paragraphs=False):
    """Plain text as HTML that `read_html` reads as the same text."""
    parts = [escape(part, quote=False).replace("\n", "<br>") for part in text.split("\n\n")]
    if len(parts) == 1 and not paragraphs:
        return parts[0]
    return "".join(f"<p>{part}</p>" for part in parts)
