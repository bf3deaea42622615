"""Country pages: how far each may be shown. A wrong office or an old rule can do harm, so silence is the default.

Nothing but official names and links is shown until a named reviewer of a partner has checked the page, and again when
that was more than twelve months ago.
"""

from datetime import date
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils import timezone

from courses.english_left import english_left, mark_english
from courses.older_note import state_of
from courses.paper_blocks import ROW_TITLES
from courses.words import html_with_words
from hub.lib.stamp import kept


class Standing(NamedTuple):
    """`state`: unchecked, checked or old."""

    state: str
    reviewer: str = ""
    organisation: str = ""
    checked_on: date | None = None

    @property
    def is_checked(self):
        return self.state == "checked"


def standing_of(page, today=None):
    """A check of the English page counts in every language: what is checked are offices, not words."""
    source = page
    if page.locale.language_code != "en":
        english = type(page).objects.filter(translation_key=page.translation_key, locale__language_code="en")
        source = english.first() or page
    if not (source.reviewer.strip() and source.checked_on):
        return Standing("unchecked")
    state = "checked" if (today or timezone.localdate()) <= a_year_after(source.checked_on) else "old"
    return Standing(state, source.reviewer, source.reviewer_organisation, source.checked_on)


def a_year_after(day):
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)


def rows_of(page):
    """Every row a country page must have, filled or not: dicts `key`, `title`, `block`."""
    blocks = {block.value["row"]: block.value for block in page.body if block.block_type == "bodies"}
    return [{"key": key, "title": title, "block": blocks.get(key)} for key, title in ROW_TITLES]


def rows_html(page, standing):
    """The rows, rendered once for everybody; a draft anew each time."""

    def render():
        context = {"rows": rows_of(page), "standing": standing, "texts": texts_of(page) if standing.is_checked else []}
        html = mark_english(render_to_string("hub/country_rows.html", context), english_left(page, state_of(page)))
        return html_with_words(html)

    if page.has_unpublished_changes or not page.live:
        return render()
    return kept(f"country:{page.pk}:{standing.state}", render)


def texts_of(page):
    return [block for block in page.body if block.block_type == "text"]
