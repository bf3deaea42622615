"""How texts with marks are shown to translators."""

import re

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from hub.editor import translate_forms

register = template.Library()
MARK = re.compile(r"(<[^<>]*>)")


@register.filter
def shown_marks(text):
    """A text with its marks (`<b>`, `<a id="a1">`) to be read, set apart from the words."""
    pieces = MARK.split(text)  # every second one is a mark
    pieces[::2] = map(escape, pieces[::2])
    pieces[1::2] = [f"<code>{escape(mark)}</code>" for mark in pieces[1::2]]
    return mark_safe("".join(pieces))


@register.filter
def shown_diff(pieces):
    """What word_diff gives, with <del> and <ins>, and words for those who do not see colours."""
    words = {"del": escape(_("taken out:")), "ins": escape(_("put in:"))}
    return mark_safe("".join(shown_piece(kind, shown_marks(text), words) for kind, text in pieces))


def shown_piece(kind, html, words):
    if kind == "same":
        return html
    return f'<{kind}><span class="w-sr-only">[{words[kind]} </span>{html}<span class="w-sr-only">] </span></{kind}>'


@register.simple_tag
def use_button(text):
    """Takes a text into the field, by script."""
    button = (
        '<p><button type="button" class="button button-small button-secondary" data-use="{}" hidden>{}</button></p>'
    )
    return format_html(button, translate_forms.as_typed(text), _("Use this"))
