"""What a page says when its English text has changed since it was translated: once above it, and at each part that is older.

It is markup for everybody, kept with the pieces of the page: counting texts anew moves the content stamp.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from courses.models import TranslationState


@dataclass(frozen=True)
class OlderText:
    """Since when a page is older than its English one, and the ids of the blocks that hold an older translation."""

    since: datetime
    blocks: frozenset

    @property
    def note(self):
        if self.blocks:
            text = _("Since %(date)s the English text is newer. Some parts of this page are an older translation.")
        else:
            text = _("Since %(date)s the English text is newer. This page is an older translation.")
        return format_html(
            '<p class="older-note">{}</p>', text % {"date": date_format(localtime(self.since), "DATE_FORMAT")}
        )

    def mark(self, block_id):
        """The mark above a block; empty where the block is as new as the English one."""
        if block_id not in self.blocks:
            return ""
        # Translators: stands above a part of a page whose English text has been changed since.
        return format_html('<p class="older-part">{}</p>', _("Older translation"))


def state_of(page):
    """How the texts of a page stand, None for an English one. One statement."""
    return TranslationState.objects.filter(key=page.translation_key, locale=page.locale_id).first()


def older_text(page, state):
    """The OlderText of a page, or None when it is as new as the English one, or is that itself."""
    if state is None:
        return None
    blocks = frozenset(name for name, (behind, _missing) in state.parts.items() if behind)
    changed = state.changed_at and page.last_published_at and state.changed_at > page.last_published_at
    if not blocks and not changed:
        return None
    return OlderText(state.since or state.changed_at, blocks)
