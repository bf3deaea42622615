"""Rich text for reading."""

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from wagtail.rich_text import expand_db_html

register = template.Library()


@register.filter
def prose(value):
    """A rich text as HTML, its root-relative links in the reader's language."""
    source = getattr(value, "source", None) or str(value or "")
    html = expand_db_html(source).replace('href="/help/', f'href="/{get_language()}/help/')
    return mark_safe(html.replace('<a href="http', '<a rel="noopener noreferrer" href="http'))
