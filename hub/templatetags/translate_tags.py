"""How texts with marks are shown to translators."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from hub.editor import translate_forms

register = template.Library()
MARK = re.compile(r"(<[^<>]*>)")


@register.filter
def shown_marks(text):
    """A text with its marks (`<b>`, `<a id="a1">`) to be read, set apart from the words."""
    pieces = [
        format_html("<code>{}</code>", piece) if MARK.fullmatch(piece) else format_html("{}", piece)
        for piece in MARK.split(text)
        if piece
    ]
    return mark_safe("".join(pieces))


@register.filter
def shown_diff(pieces):
    """What word_diff gives, with <del> and <ins>, and words for those who do not see colours."""
    words = {"del": _("taken out:"), "ins": _("put in:")}
    html = '<{0}><span class="w-sr-only">[{1} </span>{2}<span class="w-sr-only">] </span></{0}>'
    return format_html_join(
        "",
        "{}",
        (
            (shown_marks(text) if kind == "same" else format_html(html, kind, words[kind], shown_marks(text)),)
            for kind, text in pieces
        ),
    )


@register.filter
def as_typed(text):
    return translate_forms.as_typed(text)
