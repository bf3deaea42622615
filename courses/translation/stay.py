"""Readers keep an older translation until there is a new one: never English in its place.

wagtail-localize puts the English text wherever a translation is missing, also where the page had one until the English changed.
Every way it builds a page (publishing, drafts, previews, our own loading) asks one method for the texts; that is where we stand.
"""

from functools import wraps

from wagtail_localize.models import TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.strings import StringValue

from courses.translation.older import fitted, standings_of


def keep_older_translations():
    """Called once when Django starts."""
    method = TranslationSource._get_segments_for_translation
    if not hasattr(method, "__wrapped__"):
        TranslationSource._get_segments_for_translation = with_older(method)


def with_older(method):
    @wraps(method)
    def segments_for_translation(source, locale, fallback=False):
        values = method(source, locale, fallback=fallback)
        return put_older(source, locale, values) if fallback else values

    return segments_for_translation


def put_older(source, locale, values):
    """The same values, with the older translation where English would stand in for one."""
    opened = standings_of([source.pk], [locale.pk])[source.pk, locale.pk].open
    older = {(text.path, text.order): fitted(text.older[2], text.text) for text in opened if text.older}
    return [with_text(value, older.get((value.path, value.order))) for value in values]


def with_text(value, text):
    return value if text is None or not isinstance(value, StringSegmentValue) else replaced(value, text)


def replaced(value, text):
    return StringSegmentValue(value.path, StringValue(text), attrs=value.attrs).with_order(value.order)
