"""What notifications are about, asked of the apps that know: each looks up what the reader may read now."""

from django.utils.translation import get_language

import forums.news
from courses.queries import kit_outlines
from hub.notifications.words import Detail


def words_of(user, rows):
    """settings.NOTIFICATION_WORDS: {id of a notification: Detail}."""
    found = forums.news.words_of(user, [row for row in rows if "kit" not in row.context])
    in_kits = [row for row in rows if "kit" in row.context]
    if in_kits:
        titles = {str(kit.key): kit.title for kit in kit_outlines(get_language()).values()}
        found |= {row.pk: Detail(titles.get(row.context["kit"], "")) for row in in_kits}
    return found
