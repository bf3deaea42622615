"""What our parts of Wagtail's admin show."""

from django import template

from courses.checks.texts import kind_of
from hub.editor.checks_views import page_context

register = template.Library()


@register.simple_tag
def has_checks(page):
    """Whether a page has texts of ours and stands in the tree."""
    return bool(page and page.pk and kind_of(page))


@register.inclusion_tag("editor/checks_now.html")
def checks_now(page):
    return page_context(page)
