"""What notifications are about, asked of the apps that know: each looks up what the reader may read now."""

from django.utils.translation import get_language

import forums.news
from courses.models import Cohort
from courses.queries import kit_outlines
from hub.editor.weekly import SCOPE, words_for
from hub.notifications.words import Detail


def circles_of(user):
    return Cohort.objects.open().filter(memberships__user=user).exclude(memberships__display_name="")


def words_of(user, rows):
    """settings.NOTIFICATION_WORDS: {id of a notification: Detail}."""
    found = forums.news.words_of(
        user, [row for row in rows if not row.context.keys() & {"kit", "circle", "reminder", SCOPE}]
    )
    in_circles = [row for row in rows if "circle" in row.context]
    if in_circles:
        titles = dict(circles_of(user).values_list("pk", "title"))
        found |= {row.pk: Detail(place=titles.get(row.context["circle"], "")) for row in in_circles}
    about_texts = [row for row in rows if SCOPE in row.context]
    if about_texts:
        words = words_for(user)
        found |= {row.pk: Detail(words) for row in about_texts}
    in_kits = [row for row in rows if "kit" in row.context]
    if in_kits:
        titles = {str(kit.key): kit.title for kit in kit_outlines(get_language()).values()}
        found |= {row.pk: Detail(titles.get(row.context["kit"], "")) for row in in_kits}
    return found
