"""What is kept about what somebody was told: taken along, and erased."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from hub.notifications.models import Notification, Outbox, Preference, Reminder
from hub.notifications.words import details_of, sentence

READ_STAYS = timedelta(days=180)
SENT_STAYS = timedelta(days=30)
UNSENT_STAYS = timedelta(days=14)


def export_person(user):
    """What she was told, in sentences of the page's language, with when it was mailed; and her choices of mail."""
    rows = list(Notification.objects.shown().filter(user=user).select_related("mail").order_by("pk"))
    details = details_of(user, rows)
    choices = list(Preference.objects.filter(user=user).order_by("pk"))
    places = details_of(user, choices)
    return {
        "news": [_row(row, details.get(row.pk)) for row in rows],
        "mail_choices": [_choice(choice, places.get(choice.pk)) for choice in choices],
        "reminders": [
            {"when": row.get_when_display(), "last_reminder": row.last_at, "ended": row.due_at is None}
            for row in Reminder.objects.filter(user=user)
        ],
    }


def _row(row, detail):
    mail = getattr(row, "mail", None)
    return {
        "told": sentence(row, 1, detail.title if detail else ""),
        "done_at": row.made_at,
        "read_at": row.read_at,
        "mailed_at": mail.sent_at if mail else None,
    }


def _choice(choice, place):
    return {
        "about": (place.title or place.place) if place else "",
        "mail": choice.get_how_display(),
        "titles": choice.words,
        "quiet_from": choice.quiet_from,
        "quiet_until": choice.quiet_until,
    }


@transaction.atomic
def erase_person(user):
    for model in (Outbox, Notification, Preference, Reminder):
        model.objects.filter(user=user).delete()


@transaction.atomic
def forget_old():
    """What was read half a year ago, which mails went a month ago, and mails that could not go for two weeks."""
    now = timezone.now()
    Outbox.objects.filter(sent_at__lt=now - SENT_STAYS).delete()
    Outbox.objects.filter(sent_at=None, due_at__lt=now - UNSENT_STAYS).delete()
    Notification.objects.filter(read_at__lt=now - READ_STAYS).delete()
