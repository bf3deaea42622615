"""How the languages of a page stand, in the side of its editor."""

from django import template
from django.conf import settings
from wagtail.models import Page

from courses.translation.freshness import SOURCE
from hub.editor.freshness import Table
from hub.editor.freshness_forms import target_languages

register = template.Library()


@register.inclusion_tag("editor/freshness_page.html")
def page_freshness(page):
    """One statement; nothing for a page that is not English, or not saved yet."""
    if not isinstance(page, Page) or not page.pk or page.locale.language_code != SOURCE:
        return {"cells": []}
    rows = Table([code for code, _name in target_languages()], key=page.translation_key).rows
    cells = rows[0].cells if rows else []
    return {"cells": [(settings.LANGUAGE_NAMES[cell.language], cell) for cell in cells]}
