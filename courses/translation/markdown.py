"""The small Markdown of the text files and the HTML that Wagtail keeps, each made exactly from the other.

Both sides go through one model: blocks of runs. `html_to_markdown(markdown_to_html(m)) == m` for canonical Markdown, and
the other way for canonical HTML (tested with hypothesis).
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple


class MarkdownError(ValueError):
    """What is wrong, and the line within the text (from 0)."""

    def __init__(self, message, line=0):
        super().__init__(message)
        self.line = line


class Run(NamedTuple):
    """A piece of text in one style. "\\n" is a line break inside a paragraph; link is an address or ""."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass
class Block:
    """kind: p, h3, h4, ul, ol. A list has one list of runs per item, all others exactly one."""

    kind: str
    parts: list = field(default_factory=list)


ADDRESS = re.compile(
    r"(https?://[^\s()<>\"]+|mailto:[^\s()<>\"]+|tel:[+0-9-]+|/[a-z0-9/_#-]*(?:\?[a-z]+=[a-z0-9-]+)?|(?:page|term):[a-z0-9-]+)$"
)
WORD = "#word-"  # leads to a term in the list of words at the end of a page
LINE_KINDS = [("h4", "#### "), ("h3", "### "), ("ul", "- ")]
NUMBERED = re.compile(r"\d{1,3}\. ")
NEEDS_ESCAPE_AT_START = re.compile(r"(#{1,6} |- |\+ |> |:::|---|\d{1,3}\. )")
SPECIAL = re.compile(r"[\\*\[\]]")
PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


# Markdown -> model -------------------------------------------------------------------------------


def parse_markdown(text, *, headings=True):
    """Blocks of `text`. Raises MarkdownError with the line."""
    blocks = []
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        start, line = number, lines[number]
        while _continues(line) and number + 1 < len(lines):
            number += 1
            line = line[:-1] + "\n" + lines[number]
        number += 1
        if not line.strip():
            continue
        kind, rest = _line_kind(line, start)
        if kind in {"h3", "h4"} and not headings:
            raise MarkdownError("a heading cannot stand here: use **bold** or a text block", start)
        runs = parse_inline(rest.strip(" "), start)
        if kind == "p" and start and lines[start - 1].strip():
            raise MarkdownError("a paragraph is one line: join it with the line above or leave an empty line", start)
        blocks.append(Block(kind, [runs]))
    return _join_lists(blocks)


def _continues(line):
    """A line that ends with one unescaped backslash goes on after a line break."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _line_kind(line, number):
    for kind, mark in LINE_KINDS:
        if line.startswith(mark):
            return kind, line[len(mark) :]
    if match := NUMBERED.match(line):
        return "ol", line[match.end() :]
    if re.match(r"#{1,6} ", line):
        raise MarkdownError("only ### and #### are headings here", number)
    if re.match(r" +(-|\d+\.) ", line):
        raise MarkdownError("lists cannot be nested: begin the line with the mark", number)
    return "p", line


# (open styles, number of asterisks) -> open styles; innermost last. Anything else is refused.
STARS = {
    ("", 1): "i",
    ("", 2): "b",
    ("", 3): "bi",
    ("i", 1): "",
    ("i", 2): "ib",
    ("i", 3): "b",
    ("b", 2): "",
    ("b", 1): "bi",
    ("b", 3): "i",
    ("bi", 1): "b",
    ("bi", 3): "",
    ("bi", 4): "i",
    ("ib", 2): "i",
    ("ib", 3): "",
    ("ib", 5): "b",
}


def parse_inline(text, line=0, link=""):
    """Canonical runs of one line. Raises MarkdownError."""
    if text and not SPECIAL.search(text) and "\n" not in text:  # most lines
        stripped = text.strip()
        return [Run(stripped, link=link)] if stripped else []
    runs, styles, position = [], "", 0
    while position < len(text):
        char = text[position]
        if char == "\\" and text[position + 1 : position + 2] in PUNCTUATION and position + 1 < len(text):
            runs.append(Run(text[position + 1], "b" in styles, "i" in styles, link))
            position += 2
        elif char == "*":
            count = len(text) - position - len(text[position:].lstrip("*"))
            if (styles, count) not in STARS:
                raise MarkdownError(f"{'*' * count} does not match what is open: write \\* for an asterisk", line)
            styles = STARS[styles, count]
            position += count
        elif char == "[" and not link and (found := _find_link(text, position)):
            inner, address, position = found
            if not ADDRESS.match(address):
                raise MarkdownError(
                    f"“{address}” is not an address (https://…, mailto:…, tel:…, /help/, page:id, term:id)", line
                )
            bold, italic = "b" in styles, "i" in styles
            inner_runs = parse_inline(inner, line, address)
            runs += [r._replace(bold=r.bold or bold, italic=r.italic or italic) for r in inner_runs]
        else:
            runs.append(Run(char, "b" in styles, "i" in styles, link))
            position += 1
    if styles:
        raise MarkdownError("** or * is opened and never closed", line)
    return tidy(runs)


def _find_link(text, start):
    """(inner text, address, end) of the link that opens at `start`, or None where the bracket is only a bracket."""
    position = start + 1
    while position < len(text) and text[position] not in "[]":
        position += 2 if text[position] == "\\" else 1
    if text[position : position + 2] != "](":
        return None
    end = text.find(")", position)
    if end < 0:
        return None
    return text[start + 1 : position], text[position + 2 : end], end + 1


def tidy(runs):
    """Runs in the one form both sides write: no style on outer spaces, neighbours joined, no empty edges."""
    if len(runs) == 1 and "\n" not in runs[0].text and not runs[0].link:
        text = runs[0].text.strip()
        return [runs[0]._replace(text=text)] if text else []
    chars = [Run(c, r.bold, r.italic, r.link) for r in runs for c in r.text]
    for style in ("bold", "italic", "link"):
        _unstyle_edges(chars, style)
    while chars and chars[0].text.isspace():
        chars.pop(0)
    while chars and chars[-1].text.isspace():
        chars.pop()
    chars = _without_spaces_at_breaks(chars)
    joined = []
    for char in chars:
        if joined and joined[-1][1:] == char[1:]:
            joined[-1] = joined[-1]._replace(text=joined[-1].text + char.text)
        else:
            joined.append(char)
    return joined


def _without_spaces_at_breaks(chars):
    kept = []
    for char in chars:
        if char.text == "\n":
            while kept and kept[-1].text == " ":
                kept.pop()
        elif char.text == " " and kept and kept[-1].text == "\n":
            continue
        kept.append(char)
    return kept


def _unstyle_edges(chars, style):
    off = "" if style == "link" else False
    for order in (range(len(chars)), range(len(chars) - 1, -1, -1)):
        before = off
        for index in order:
            char = chars[index]
            value = getattr(char, style)
            if value and value != before and char.text.isspace():
                value = off
                chars[index] = char._replace(**{style: off})
            before = value


# model -> Markdown -------------------------------------------------------------------------------


def write_markdown(blocks):
    chunks = []
    for block in blocks:
        if block.kind == "ul":
            chunks.append("\n".join(f"- {write_inline(part)}" for part in block.parts))
        elif block.kind == "ol":
            chunks.append("\n".join(f"{n}. {write_inline(part)}" for n, part in enumerate(block.parts, 1)))
        elif block.kind == "p":
            chunks.append(_escape_start(write_inline(block.parts[0])))
        else:
            chunks.append({"h3": "### ", "h4": "#### "}[block.kind] + write_inline(block.parts[0]))
    return "\n\n".join(chunks)


def _escape_start(line):
    """`line` so that it cannot be read as a heading, a list or the end of a block."""
    match = NEEDS_ESCAPE_AT_START.match(line)
    if match and match[0][0].isdigit():
        return line.replace(".", "\\.", 1)
    return "\\" + line if match else line


def write_inline(runs):
    out, index = [], 0
    while index < len(runs):
        link = runs[index].link
        end = index
        while end < len(runs) and runs[end].link == link:
            end += 1
        text = _write_styles(runs[index:end])
        out.append(f"[{text}]({link})" if link else text)
        index = end
    return "".join(out)


def _write_styles(runs):
    out, styles = [], ""
    for run in [*runs, Run("")]:
        wanted = ("b" if run.bold else "") + ("i" if run.italic else "")
        count = next(n for n in range(6) if _after(styles, n, wanted) is not None)
        styles = _after(styles, count, wanted)
        out.append("*" * count + SPECIAL.sub(r"\\\g<0>", run.text).replace("\n", "\\\n"))
    return "".join(out)


def _after(styles, count, wanted):
    """The styles open after `count` asterisks if they are those wanted, in any order; else None."""
    after = STARS.get((styles, count)) if count else styles
    return after if after is not None and set(after) == set(wanted) else None


# model -> HTML -----------------------------------------------------------------------------------


def write_html(blocks, link_attributes):
    """HTML as Wagtail keeps it. `link_attributes(address)` gives the attributes of an <a>."""
    out = []
    for block in blocks:
        parts = [_html_inline(part, link_attributes) for part in block.parts]
        if block.kind in {"ul", "ol"}:
            out.append(f"<{block.kind}>{''.join(f'<li>{part}</li>' for part in parts)}</{block.kind}>")
        else:
            out.append(f"<{block.kind}>{parts[0]}</{block.kind}>")
    return "".join(out)


def _html_inline(runs, link_attributes):
    out = []
    for run in runs:
        text = escape(run.text, quote=False).replace("\n", "<br/>")
        if run.italic:
            text = f"<i>{text}</i>"
        if run.bold:
            text = f"<b>{text}</b>"
        out.append((run.link, text))
    html, previous = "", ""
    for link, text in [*out, ("", "")]:
        if link != previous:
            html += ("</a>" if previous else "") + (f"<a {link_attributes(link)}>" if link else "")
        html, previous = html + text, link
    return html


# HTML -> model -----------------------------------------------------------------------------------


class _Reader(HTMLParser):
    def __init__(self, read_link):
        super().__init__(convert_charrefs=True)
        self.read_link = read_link
        self.blocks, self.runs, self.kind, self.list = [], [], "p", None
        self.bold = self.italic = 0
        self.link = ""

    def handle_starttag(self, tag, attrs):
        if tag in {"b", "strong"}:
            self.bold += 1
        elif tag in {"i", "em"}:
            self.italic += 1
        elif tag == "a":
            self.link = self.read_link(dict(attrs))
        elif tag == "br":
            self.add("\n")
        elif tag in {"ul", "ol"}:
            self.flush()
            self.list = Block(tag)
        elif tag in {"p", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6"}:
            self.flush()
            self.kind = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}.get(tag, "p")

    def handle_endtag(self, tag):
        if tag in {"b", "strong"}:
            self.bold -= 1
        elif tag in {"i", "em"}:
            self.italic -= 1
        elif tag == "a":
            self.link = ""
        elif tag in {"ul", "ol"}:
            self.flush()
            if self.list and self.list.parts:
                self.blocks.append(self.list)
            self.list = None
        elif tag in {"p", "li", "div", "h1", "h2", "h3", "h4", "h5", "h6"}:
            self.flush()

    def handle_data(self, data):
        self.add(re.sub(r"[\t\r\n\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+", " ", data))

    def add(self, text):
        self.runs.append(Run(text, self.bold > 0, self.italic > 0, self.link))

    def flush(self):
        runs, self.runs = tidy(self.runs), []
        kind, self.kind = self.kind, "p"
        if runs and self.list is not None:
            self.list.parts.append(runs)
        elif runs:
            self.blocks.append(Block(kind, [runs]))


def parse_html(html, read_link):
    """Blocks of Wagtail's HTML. `read_link(attributes)` gives an address, or "" for a link that leads nowhere."""
    reader = _Reader(read_link)
    reader.feed(html)
    reader.close()
    reader.flush()
    return _join_lists(reader.blocks)


def _join_lists(blocks):
    """Two lists of one kind with nothing between them are one list, as they are in Markdown."""
    joined = []
    for block in blocks:
        if joined and block.kind in {"ul", "ol"} and joined[-1].kind == block.kind:
            joined[-1].parts += block.parts
        else:
            joined.append(block)
    return joined


# What the rest of the package calls ----------------------------------------------------------------


def markdown_to_html(text, *, page_pk=str, headings=True):
    """`page_pk(page id)` gives the number that a link to that page carries in Wagtail."""

    def attributes(address):
        if address.startswith("page:"):
            return f'id="{page_pk(address[5:])}" linktype="page"'
        if address.startswith("term:"):
            address = WORD + address[5:]
        return f'href="{escape(address)}"'

    return write_html(parse_markdown(text, headings=headings), attributes)


def html_to_markdown(html, *, page_id=str):
    """`page_id(number)` gives the id of the page that a link leads to, or "" where there is none any more."""

    def address(attrs):
        if attrs.get("linktype") == "page":
            found = page_id(attrs.get("id", ""))
            return f"page:{found}" if found else ""
        href = (attrs.get("href") or "").strip().replace("(", "%28").replace(")", "%29").replace(" ", "%20")
        href = "term:" + href.removeprefix(WORD) if href.startswith(WORD) else href
        return href if ADDRESS.match(href) else ""

    return write_markdown(parse_html(html, address))


def canonical(text, *, headings=True):
    return write_markdown(parse_markdown(text, headings=headings))
