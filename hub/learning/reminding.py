"""Reminds those who asked for it. `manage.py tidy` runs it every quarter of an hour; it may be killed, and two may run at once:
whoever moves a reminder's next day on, tells it, in one transaction.
"""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from courses.models import Enrolment
from hub.notifications.actions import mail_anyway, tell
from hub.notifications.models import Kind, Reminder
from hub.notifications.reminders import MOST_UNANSWERED, next_due, was_here_lately

TOPIC = "reminder"
AT_ONCE = 200


def remind_due(now=None):
    """Returns how many were reminded."""
    if not settings.SENDS_MAIL:
        return 0
    now, count = now or timezone.now(), 0
    while rows := list(Reminder.objects.due(now).select_related("user").order_by("due_at")[:AT_ONCE]):
        people = [row.user_id for row in rows]
        visits, wanted = last_visits(people), who_may_be_reminded(people)
        for row in rows:
            seen = max(filter(None, [row.user.date_joined, row.user.last_login, *visits.get(row.user_id, ())]))
            count += look_at(row, seen=seen, may=row.user_id in wanted, now=now)
    return count


def last_visits(people):
    """{id of a user: moments, some None, at which she was last in a lesson or on My learning}"""
    rows = Enrolment.objects.filter(user__in=people).values("user").annotate(Max("last_at"), Max("seen_at"))
    return {user: moments for user, *moments in rows.order_by().values_list("user", "last_at__max", "seen_at__max")}


def who_may_be_reminded(people):
    """Those with a confirmed address and a kit that is not finished."""
    going_on = Enrolment.objects.active().filter(completed_at=None, user__is_active=True).values("user")
    confirmed = EmailAddress.objects.filter(user__in=people, verified=True, primary=True)
    return set(confirmed.filter(user__in=going_on).values_list("user", flat=True))


@transaction.atomic
def look_at(row, *, seen, may, now):
    """Remind her if she may be, and has not come; returns whether she was. Another worker that was first leaves nothing to do."""
    zone = row.user.time_zone
    goes = may and not was_here_lately(row.when, zone=zone, seen=seen, now=now)
    came = row.last_at is None or seen > row.last_at
    unanswered, last = (0 if came else row.unanswered) + goes, now if goes else row.last_at
    since = seen if row.when == Reminder.When.AWAY and may and not goes else now
    due = next_due(row.when, zone=zone, since=since, last=last)
    ends = unanswered >= MOST_UNANSWERED
    mine = Reminder.objects.filter(pk=row.pk, due_at=row.due_at)
    if mine.update(due_at=None if ends else due, last_at=last, unanswered=unanswered) and goes:
        remind(row.user_id, Kind.LAST_REMINDER if ends else Kind.REMINDER, now)
        return True
    return False


def remind(user_id, kind, now):
    key = f"reminder:{now:%Y-%m-%d}"
    tell(kind=kind, recipients=[user_id], context={TOPIC: True}, path="my/", key=key, scopes=[TOPIC])
    mail_anyway(key=key, user_id=user_id)
