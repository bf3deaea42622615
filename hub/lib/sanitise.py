"""Members' Markdown made into HTML that is safe to keep and to show: once, on writing; pages print what is stored."""

import threading

from bleach.html5lib_shim import Filter
from bleach.sanitizer import Cleaner
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

TAGS = frozenset(
    {"p", "br", "strong", "em", "b", "i", "s", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"}
)
ATTRIBUTES = {"a": ["href", "title"], "ol": ["start"]}
PROTOCOLS = frozenset({"http", "https", "mailto"})
REL = "nofollow ugc noopener noreferrer"
# Headings would break the outline of the page around a post; pictures and tables are not for posts.
SWITCHED_OFF = ["image", "heading", "lheading", "table"]

# Open brackets that never close cost their number squared to read (measured: 20,000 of them 2 s). No letter has that many.
MOST_BRACKETS = 1_000
# Every level of quoting reads the lines below it again (measured at markdown-it's own 100: 20,000 characters 8 s, at 20: 1.5 s).
DEEPEST = 20

_of_this_thread = threading.local()


class LinkRel(Filter):
    def __iter__(self):
        for token in super().__iter__():
            if token["type"] == "StartTag" and token["name"] == "a":
                token["data"][(None, "rel")] = REL
            yield token


def sanitise(html):
    """`html` with nothing left but the tags above; every link has `rel`. A Cleaner is not thread-safe: one per call."""
    cleaner = Cleaner(
        tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True, strip_comments=True, filters=[LinkRel]
    )
    return cleaner.clean(html)


def render_markdown(text):
    """Safe HTML of a post. Raw HTML in `text` is shown as text; only full addresses (https://…) become links."""
    if text.count("[") > MOST_BRACKETS:
        text = text.replace("[", "\\[")
    return mark_safe(sanitise(_markdown().render(text)))


def _markdown():
    # linkify-it keeps its position on the object, so that every thread needs its own.
    if not hasattr(_of_this_thread, "markdown"):
        options = {"html": False, "linkify": True, "breaks": True, "maxNesting": DEEPEST}
        markdown = MarkdownIt("js-default", options).disable(SWITCHED_OFF)
        # Without this "main.py" would become a link to Paraguay.
        markdown.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        _of_this_thread.markdown = markdown
    return _of_this_thread.markdown
