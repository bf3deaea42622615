"""Members' Markdown made into HTML that is safe to keep and to show: once, on writing; pages print what is stored."""

import re
import threading

from bleach.html5lib_shim import Filter
from bleach.sanitizer import Cleaner
from django.utils.html import escape
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = frozenset(
    {"p", "br", "strong", "em", "b", "i", "s", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr", "span"}
)
MARK = "mention"
ATTRIBUTES = {"a": ["href", "title"], "ol": ["start"], "span": ["class"]}
PROTOCOLS = frozenset({"http", "https", "mailto"})
REL = "nofollow ugc noopener noreferrer"
# Headings would break the outline of the page around a post; pictures and tables are not for posts.
SWITCHED_OFF = ["image", "heading", "lheading", "table"]

# Open brackets that never close cost their number squared to read (measured: 20,000 of them 2 s). No letter has that many.
MOST_BRACKETS = 1_000
# Every level of quoting reads the lines below it again (measured at markdown-it's own 100: 20,000 characters 8 s, at 20: 1.5 s).
DEEPEST = 20

# What a text costs to read and clean, in about microseconds: 20,000 characters of speech take 10 ms, of nothing but marks 2 s.
# A post may take 100 ms. The weights are measured, for the worst text of each kind (tests/forums/test_bad_posts.py).
MOST_EFFORT = 50_000
LINE, LINK, MARKS_AND_SIGNS = 60, 120, 22
LINKS = re.compile(r"://|mailto:|\]\(|\]:", re.I)
SIGNS = re.compile(r"[!-+/:<->@\[-`{-~-]")  # of ASCII, without . , ; ?

_of_this_thread = threading.local()


class TooMuch(ValueError):
    """A text with more marks, lines or levels than anybody writes by hand."""


def refuse_too_much(text):
    """Raise TooMuch for a text that takes too long to show, or of which a part is too deep to be shown."""
    if effort(text) > MOST_EFFORT or deepest(_parse(text)) >= DEEPEST:
        raise TooMuch


def effort(text):
    signs, links = (len(kind.findall(text)) for kind in (SIGNS, LINKS))
    return LINE * text.count("\n") + LINK * links + MARKS_AND_SIGNS * signs + len(text) // 2


def deepest(tokens):
    """How many quotes, lists and stresses stand in one another at most."""
    return max((max(token.level, deepest(token.children or ())) for token in tokens), default=0)


class OwnValues(Filter):
    """Values that are ours to set, whatever was written."""

    def __iter__(self):
        for token in super().__iter__():
            if token["type"] == "StartTag" and token["name"] == "span":
                token["data"] = {(None, "class"): MARK}
            if token["type"] == "StartTag" and token["name"] == "a":
                token["data"][(None, "rel")] = REL
            yield token


def sanitise(html):
    """`html` with nothing left but the tags above; every link has `rel`. A Cleaner is not thread-safe: one per call."""
    cleaner = Cleaner(
        tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True, strip_comments=True, filters=[OwnValues]
    )
    return cleaner.clean(html)


def render_markdown(text, mark=None):
    """Safe HTML of a post. Raw HTML in `text` is shown as text; only full addresses (https://…) become links.

    `mark(number, words)` gives the parts of each of `plain_texts(text)`, as (words, whether they are marked).
    """
    tokens = _parse(text)
    if mark:
        for number, (line, place) in enumerate(_plain_places(tokens)):
            words = line[place]
            line[place] = Token("html_inline", "", 0, content=_marked(mark(number, words.content)))
    markdown = _markdown()
    return mark_safe(sanitise(markdown.renderer.render(tokens, markdown.options, {})))


def _marked(parts):
    return "".join(f'<span class="{MARK}">{escape(words)}</span>' if on else escape(words) for words, on in parts)


def plain_texts(text):
    """The texts of a post in their order, without those in quotes, links and code."""
    return [line[place].content for line, place in _plain_places(_parse(text))]


def _plain_places(tokens):
    """(children of a line, index) of each plain text."""
    quoted = 0
    for token in tokens:
        quoted += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        linked = 0
        for place, child in enumerate(token.children or [] if not quoted else []):
            linked += (child.type == "link_open") - (child.type == "link_close")
            if child.type == "text" and not linked:
                yield token.children, place


def _parse(text):
    if text.count("[") > MOST_BRACKETS:
        text = text.replace("[", "\\[")
    return _markdown().parse(text)


def _markdown():
    # linkify-it keeps its position on the object, so that every thread needs its own.
    if not hasattr(_of_this_thread, "markdown"):
        options = {"html": False, "linkify": True, "breaks": True, "maxNesting": DEEPEST}
        markdown = MarkdownIt("js-default", options).disable(SWITCHED_OFF)
        # Without this "main.py" would become a link to Paraguay.
        markdown.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        _of_this_thread.markdown = markdown
    return _of_this_thread.markdown
