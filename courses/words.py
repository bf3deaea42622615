"""Words in this lesson: the terms that the texts of a page link to, explained at its end.

A link to a term (`term:<id>` in a text file) is kept as a link to `#word-<id>`, so that it works without a script, on paper and in
the editor. It is made ready in courses.templatetags.prose_tags.
"""

import re

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from courses.glossary import words

LINK = re.compile(r'href="#word-([a-z0-9-]+)"')
DEAD = '<a class="term" href="#word-{}"[^>]*>(.*?)</a>'

OWN_NAMES = re.compile(r'((?:id|aria-describedby|aria-labelledby)="|href="#)((?:word|means)-|words-title)')


def keys_in(value):
    """The keys of terms linked to anywhere in a piece, in order: texts, lists, dicts and tuples of them."""
    if isinstance(value, RichText):
        value = value.source
    if isinstance(value, str):
        return LINK.findall(value)
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, (list, tuple)):
        return []
    return [key for part in value for key in keys_in(part)]


def with_words(pieces, title):
    """Pieces of a page (courses/pieces.py) with the list of their terms, under `title`, at the end.

    Links to terms that are gone become text.
    """
    used = list(dict.fromkeys(keys_in(pieces)))
    if not used:
        return pieces
    known = words(get_language())
    for key in used:
        if key not in known:
            dead = re.compile(DEAD.format(key), re.DOTALL)
            pieces = [(kind, dead.sub(r"\1", part) if kind == "html" else part) for kind, part in pieces]
    found = [known[key] for key in used if key in known]
    if not found:
        return pieces
    return [*pieces, ("html", render_to_string("courses/words.html", {"words": found, "title": title}))]


def html_with_words(html):
    """Markup that is a page by itself, with the list of its terms at the end."""
    return SafeString("".join(part for _kind, part in with_words([("html", html)], _("Words on this page"))))


def apart(html, mark):
    """The markup of a page with names of its own for its words, so that several lists can stand on one page."""
    return OWN_NAMES.sub(rf"\g<1>{mark}-\g<2>", html)
