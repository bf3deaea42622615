"""Panels of the page editor."""

from django.conf import settings
from django.utils.functional import cached_property
from wagtail.admin.panels import MultiFieldPanel


class RulesPanel(MultiFieldPanel):
    """Fields that are read from the page in the source language: other languages are shown the way there."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        @cached_property
        def source(self):
            """The page whose rules count, if it is not the one being edited."""
            first = min(self.instance.get_translations(inclusive=True).select_related("locale"), key=rank, default=None)
            return None if first is None or first.pk == self.instance.pk else first

        @property
        def template_name(self):
            return "courses/editor/rules_elsewhere.html" if self.source else super().template_name


def rank(page):
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    code = page.locale.language_code
    return codes.index(code) if code in codes else len(codes)
