"""What a thread is about: a lesson or module of the forum's kit, in the language of the page."""

from uuid import UUID

from django.utils.translation import get_language

from courses.queries import is_open, kit_by_key


def about_what(key, forum):
    """The outline's line of the lesson or module with this translation key, or None. No statement: outlines are cached."""
    key = as_key(key)
    kit = kit_by_key(get_language(), forum.kit_key) if key and forum.kit_key else None
    if kit is None:
        return None
    return next((line for line in [*kit.modules, *kit.lessons] if line.key == key and is_open(line)), None)


def as_key(value):
    if isinstance(value, UUID) or not value:
        return value or None
    try:
        return UUID(value)
    except ValueError:
        return None
