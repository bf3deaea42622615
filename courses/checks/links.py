"""Links in the texts of a page: where each leads, and whether that is still there. Nothing here asks the network."""

import re
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from courses.checks.rules import listed_hosts
from courses.checks.texts import as_text
from courses.models import GlossaryTerm

LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.IGNORECASE | re.DOTALL)
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
PHONE = re.compile(r"\+?[0-9-]{2,20}\Z")
TERM = "#word-"


class Link(NamedTuple):
    kind: str  # page, document, or "" for an address
    target: str
    words: str


@dataclass(frozen=True)
class Known:
    """What links may lead to: numbers of live and of all pages, of documents, and keys of terms. Three queries."""

    live: frozenset
    pages: frozenset
    documents: frozenset
    terms: frozenset


def known():
    rows = list(Page.objects.values_list("pk", "live"))
    return Known(
        live=frozenset(pk for pk, live in rows if live),
        pages=frozenset(pk for pk, _live in rows),
        documents=frozenset(get_document_model().objects.values_list("pk", flat=True)),
        terms=frozenset(GlossaryTerm.objects.values_list("key", flat=True)),
    )


def links_in(html):
    for attributes, inner in LINK.findall(html or ""):
        found = {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
        kind = found.get("linktype", "")
        yield Link(kind, found.get("id", "") if kind else found.get("href", ""), as_text(inner).strip())


def links_of(pieces):
    """(Piece, Link) of every link in these Pieces, fields that hold an address among them."""
    for piece in pieces:
        if piece.field.kind == "url" and piece.value:
            yield piece, Link("", piece.value, "")
        elif piece.is_rich and piece.value:
            for link in links_in(piece.value):
                yield piece, link


def outside(link):
    """Whether a link leaves the hub by the web."""
    return not link.kind and link.target.startswith(("http://", "https://"))


def link_fault(link, there):
    """What is wrong with where a link leads, in words; "" when nothing is. `there` is Known."""
    check = {"page": page_fault, "document": document_fault, "": address_fault}.get(link.kind)
    return check(link, there) if check else ""


def page_fault(link, there):
    number = int(link.target) if link.target.isdecimal() and len(link.target) < 19 else 0
    if number not in there.pages:
        return _(
            "The link “%(words)s” leads to a page that was deleted. Choose another page, or take the link out."
        ) % {"words": link.words}
    if number not in there.live:
        return _("The link “%(words)s” leads to a page that readers cannot see yet.") % {"words": link.words}
    return ""


def document_fault(link, there):
    if not link.target.isdecimal() or int(link.target) not in there.documents:
        return _("The link “%(words)s” leads to a file that was deleted.") % {"words": link.words}
    return ""


def address_fault(link, there):
    if link.target.startswith(TERM):
        return term_fault(link, there)
    if outside(link):
        return host_fault(link)
    scheme, _colon, rest = link.target.partition(":")
    right = {"mailto": MAIL, "tel": PHONE}.get(scheme)
    broken = not right.match(rest) if right else not link.target.startswith(("/", "#"))
    return _("“%(address)s” is no address that a browser can open.") % {"address": link.target} if broken else ""


def term_fault(link, there):
    key = link.target.removeprefix(TERM)
    if key in there.terms:
        return ""
    return _("The glossary has no word with the id “%(key)s”. Readers see no explanation there.") % {"key": key}


def host_fault(link):
    try:
        host = urlsplit(link.target).hostname
    except ValueError:
        host = None
    if not host or "." not in host or " " in link.target:
        return _("“%(address)s” is no address that a browser can open.") % {"address": link.target}
    if host not in listed_hosts():
        return _("%(host)s is not on the list of places that our texts may link to.") % {"host": host}
    return ""
