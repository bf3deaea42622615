"""Rich text for reading: every link in the reader's language."""

import re
from html import escape, unescape

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

register = template.Library()

ANCHOR = re.compile(r"<a\b([^>]*)>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
WORD = re.compile(r"#word-([a-z0-9-]+)\Z")
OWN_ADDRESS = re.compile(r"/(?!/|media/|documents/|static/|[a-z]{2}/)")  # of a page, still without a language
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')  # the editor's own, of no use to readers


@register.filter
def prose(value):
    """A rich text (value of a block, or its HTML) as HTML to read.

    `/help/` and links to pages lead to the language of the page; what is not there in it leads to English and says so.
    Two queries for all links to pages together, none without them.
    """
    html = BLOCK_KEY.sub("", getattr(value, "source", None) or str(value or ""))
    anchors = [dict(ATTRIBUTE.findall(attributes)) for attributes in ANCHOR.findall(html)]
    language = get_language()
    pages = page_addresses({a.get("id") for a in anchors if a.get("linktype") == "page"}, language)
    return mark_safe(ANCHOR.sub(lambda match: anchor(match, pages, language), html))


def anchor(match, pages, language):
    attributes = dict(ATTRIBUTE.findall(match[1]))
    if attributes.get("linktype") == "page":
        href, other = pages.get(attributes.get("id"), ("", ""))
        return f'<a href="{escape(href)}"{other}>' if href else "<a>"
    href = unescape(attributes.get("href", ""))
    if word := WORD.match(href):  # a term, explained at the end of the page: courses/words.py
        return f'<a class="term" href="{href}" aria-describedby="means-{word[1]}">'
    if OWN_ADDRESS.match(href):
        href = f"/{language}{href}"
    rel = ' rel="noopener noreferrer"' if href.startswith(("http:", "https:", "//")) else ""
    return f'<a href="{escape(href)}"{rel}>' if href else "<a>"


def page_addresses(ids, language):
    """{page id as text: (address, further attributes)} for links to pages, each in `language` or else in English."""
    keys = dict(Page.objects.filter(pk__in=[i for i in ids if i and i.isdigit()]).values_list("pk", "translation_key"))
    if not keys:
        return {}
    found = {}
    rows = Page.objects.filter(translation_key__in=keys.values(), live=True, locale__language_code__in=[language, "en"])
    for key, code, url_path in rows.values_list("translation_key", "locale__language_code", "url_path"):
        if code == language or key not in found:
            other = "" if code == language else f' hreflang="{code}"'
            found[key] = (f"/{code}/{url_path.lstrip('/').partition('/')[2]}", other)
    return {str(pk): found[key] for pk, key in keys.items() if key in found}
