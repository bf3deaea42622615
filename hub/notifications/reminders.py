"""When a reminder is due: in the morning where she lives, at most one in a week, as she chose. Whether she has come meanwhile is
known above (hub/learning/reminding.py).
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from hub.notifications.models import Kind, Notification, Reminder
from hub.notifications.schedule import MORNING

When = Reminder.When
KINDS = [Kind.REMINDER, Kind.LAST_REMINDER]
MOST_UNANSWERED = 4  # then they end by themselves
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@transaction.atomic
def choose_reminder(*, user, when):
    """Remind her so from now on; an empty `when` switches it off. What waits to be sent is gone."""
    now = timezone.now()
    Notification.objects.unread().filter(user=user, kind__in=KINDS).update(read_at=now)
    if not when:
        Reminder.objects.filter(user=user).delete()
        return
    # Kept with what she was told, so that off and on again makes no second one in a week.
    last = Notification.objects.filter(user=user, kind__in=KINDS).aggregate(last=Max("made_at"))["last"]
    due = next_due(when, zone=user.time_zone, since=now, last=last)
    fields = {"when": when, "due_at": due, "last_at": last, "unanswered": 0}
    Reminder.objects.update_or_create(user=user, defaults=fields)


def next_due(when, *, zone, since, last=None):
    """The first morning (aware) after the day of `since` that `when` names, and a week or more after `last`."""
    zone = ZoneInfo(zone)
    day = since.astimezone(zone).date() + (WEEK if when == When.AWAY else DAY)
    if last:
        day = max(day, last.astimezone(zone).date() + WEEK)
    if when != When.AWAY:
        day += timedelta(days=(int(when) - day.weekday()) % 7)
    return datetime.combine(day, time(MORNING), zone)


def was_here_lately(when, *, zone, seen, now):
    """Whether she needs none: she came in the last week or, with a day of the week, on that day or the day before."""
    zone = ZoneInfo(zone)
    days = now.astimezone(zone).date() - seen.astimezone(zone).date()
    return days < (WEEK if when == When.AWAY else 2 * DAY)
