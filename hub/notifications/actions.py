"""Telling people. Called in the transaction of the event, so that what happened is told, and what did not is not."""

from dataclasses import replace
from functools import partial

from django.db import transaction
from django.utils import timezone

from hub.notifications.models import How, Kind, Notification, Outbox, Preference, Reminder
from hub.notifications.schedule import choices_of, due_at, hub_choices

AT_ONCE = 3_000  # readers in one statement, each with less than ten values; SQLite takes 32,766


def tell(*, kind, recipients, context, path, key, scopes=(), now=False):
    """Tell each of `recipients` (ids of users) of the event `key`, once. At most four statements, two if nobody wants mail.

    `path` stands behind the language in an address. `scopes` are what she may choose mail for, the nearest first, such as
    ["thread:12", "forum:3"]; the first is the topic. `now` is for what is told on its day anyway: its mail waits no longer.
    """
    tell_each(kinds=dict.fromkeys(recipients, kind), context=context, path=path, key=key, scopes=scopes, now=now)


@transaction.atomic(savepoint=False)
def tell_each(*, kinds, context, path, key, scopes=(), now=False):
    """Like `tell`, for one event that is not the same to everybody: {id of a user: kind}."""
    if not kinds:
        return
    shared = {"context": context, "path": path, "key": key, "topic": scopes[0] if scopes else ""}
    rows = [Notification(user_id=user, kind=kind, **shared) for user, kind in sorted(kinds.items())]
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
    wanted = choices_of(kinds, scopes)
    if now:
        wanted = {user: replace(choice, how=How.NOW) for user, choice in wanted.items()}
    if wanted:
        _put_in_outbox(key, wanted)


def mail_anyway(*, key, user_id):
    """She asked for this mail by itself: it goes whatever she chose for what is new, after her quiet hours."""
    _put_in_outbox(key, {pk: replace(choice, how=How.NOW) for pk, choice in hub_choices([user_id]).items()})


def told_of(key, users):
    """Those among `users` (ids) who have been told of this event."""
    return set(Notification.objects.filter(key=key, user__in=users).values_list("user", flat=True))


def _put_in_outbox(key, wanted):
    """One row for each who wants mail; her notification may be there from before, and so may the row."""
    now = timezone.now()
    told = Notification.objects.filter(key=key, user__in=wanted).values_list("pk", "user_id")
    rows = [Outbox(notification_id=pk, user_id=user, due_at=due_at(wanted[user], now)) for pk, user in told]
    Outbox.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)
    if any(row.due_at <= now for row in rows):
        transaction.on_commit(partial(_wake_worker), robust=True)


def _wake_worker():
    from hub.notifications.tasks import send_mail_queue  # its module needs the settings of the task queue

    send_mail_queue.enqueue()


def withhold(*, topic, key=None, on=True):
    """What was told of an event, or of a whole topic, is not shown, counted or mailed; or it is again."""
    rows = Notification.objects.filter(topic=topic)
    (rows.filter(key=key) if key else rows).update(withheld=on)


def take_back(*, topic, key):
    """As if it had never been told: its author took the words back."""
    Notification.objects.filter(topic=topic, key=key).delete()


def forget_unread(*, user_id, kinds, **context):
    """What she has not read yet of these kinds, with these values in its context, is gone."""
    wanted = {f"context__{name}": value for name, value in context.items()}
    Notification.objects.unread().filter(user=user_id, kind__in=kinds, **wanted).delete()


def mark_read(*, user, topic=None, pk=None):
    """She has seen it: one of her notifications, those of a topic, or all. Returns how many were unread."""
    rows = Notification.objects.filter(user=user).unread()
    if topic is not None:
        rows = rows.filter(topic=topic)
    if pk is not None:
        rows = rows.filter(pk=pk)
    return rows.update(read_at=timezone.now())


def see_news(user, topic):
    """She looks at the topic itself, so that the bell need not tell her of it. No statement when it tells her nothing at all."""
    if getattr(user, "unread_news", 0):
        user.unread_news -= mark_read(user=user, topic=topic)


@transaction.atomic
def choose_mail(*, user, how, words=False, quiet_from=None, quiet_until=None):
    """How she is told by mail in the whole hub. What waits goes by the new choice, or not at all."""
    fields = {"how": how, "words": words, "quiet_from": quiet_from, "quiet_until": quiet_until}
    Preference.objects.update_or_create(user=user, scope="", defaults=fields)
    _follow_choice(user)


@transaction.atomic
def choose_mail_for(*, user, scope, how):
    """Otherwise for a forum or a thread; an empty `how` takes that back."""
    if how:
        Preference.objects.update_or_create(user=user, scope=scope, defaults={"how": how})
    else:
        Preference.objects.filter(user=user, scope=scope).delete()


@transaction.atomic
def stop_mail(*, user_id):
    """No mail at all from now on, whatever she chose for a forum or a thread; no reminder either."""
    Reminder.objects.filter(user=user_id).delete()
    Preference.objects.filter(user=user_id).update(how=How.NONE)
    Outbox.objects.filter(user=user_id, sent_at=None).delete()


def note_that_she_was_asked(*, user):
    """Returns whether she had not been asked before."""
    return Preference.objects.get_or_create(user=user, scope="")[1]


def _follow_choice(user):
    """What waits for its day, and no worker has begun with, is sent when the new choice says."""
    waiting = Outbox.objects.filter(user=user, sent_at=None, batch=None)
    waiting = waiting.exclude(notification__kind__in=[Kind.REMINDER, Kind.LAST_REMINDER])
    choice = choices_of([user.pk], []).get(user.pk)
    if choice:
        waiting.update(due_at=due_at(choice, timezone.now()))
    elif not Preference.objects.filter(user=user).exclude(how=How.NONE).exists():
        waiting.delete()
