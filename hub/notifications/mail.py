"""The worker that sends what is due. It may be killed at any moment, and several may run at once.

It claims rows by one UPDATE that makes them due again only after a lease, sends one mail per reader, and marks each as sent. A row
belongs to one mail for ever: whoever takes over from a dead worker sends the same Message-ID, which mail servers know as the same
message. docs/decisions.md says what that can and cannot promise.
"""

import logging
import uuid
from collections import defaultdict
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import get_connection
from django.db.models.functions import Coalesce
from django.utils import timezone

from hub.accounts.models import User
from hub.notifications.letter import letter_for
from hub.notifications.models import Outbox
from hub.notifications.schedule import after_quiet, hub_choices

logger = logging.getLogger(__name__)
READERS_AT_ONCE = 100
LEASE = timedelta(minutes=10)
MOST_ROWS = 5_000  # held in memory; the rest waits for the next run
MOST_TRIES = 6


def send_due(*, lease=LEASE, readers=READERS_AT_ONCE):
    """Send all that is due by now. Returns how many mails went."""
    if not settings.SENDS_MAIL:
        return 0
    sent, last = 0, 0
    started = timezone.now()
    while people := _next_readers(started, last, readers):
        claimed = _claim(people, started, lease)
        sent += _send_claimed(claimed)
        last = people[-1]
    return sent


def _next_readers(now, last, count):
    rows = Outbox.objects.due(now).filter(user__gt=last).order_by("user")
    return list(rows.values_list("user", flat=True).distinct()[:count])


def _send_claimed(claimed):
    if not claimed:
        return 0
    readers = _readers({user for user, _batch in claimed})
    connection = get_connection()
    try:
        connection.open()
        return sum(_send_one(rows, readers.get(user), connection) for (user, _batch), rows in claimed.items())
    except OSError as error:  # no mail server just now: everything stays due after the lease
        logger.error("The mail server cannot be reached: %s", type(error).__name__)
        return 0
    finally:
        connection.close()


def _claim(people, started, lease):
    """{(user, batch): rows with their notifications} that are this worker's until the lease ends."""
    claim = uuid.uuid4()
    now = timezone.now()
    due = Outbox.objects.due(started).filter(user__in=people)
    some = due.order_by("user", "pk").values("pk")[:MOST_ROWS]
    due.filter(pk__in=some).update(claim=claim, batch=Coalesce("batch", claim), due_at=now + lease)
    found = defaultdict(list)
    rows = Outbox.objects.filter(user__in=people, claim=claim, sent_at=None).select_related("notification")
    for row in rows.order_by("user", "pk"):
        found[row.user_id, row.batch].append(row)
    return found


def _readers(people):
    """{id: User} with `address` and `choice`, of those who may get mail: active, with a confirmed address."""
    addresses = EmailAddress.objects.filter(user__in=people, verified=True, primary=True)
    addresses = dict(addresses.values_list("user", "email"))
    choices = hub_choices(people)
    found = {}
    for user in User.objects.filter(pk__in=addresses, is_active=True):
        user.address, user.choice = addresses[user.pk], choices[user.pk]
        found[user.pk] = user
    return found


def _send_one(rows, user, connection):
    """One mail to one reader; what became of it is kept before the next one is begun."""
    mine = Outbox.objects.filter(pk__in=[row.pk for row in rows])
    if user is None or rows[0].tries >= MOST_TRIES:
        mine.delete()
        return 0
    now = timezone.now()
    later = after_quiet(user.choice, now)
    if later > now:
        mine.update(due_at=later)
        return 0
    news = [row.notification for row in rows if row.notification.read_at is None and not row.notification.withheld]
    letter = letter_for(user, news, rows[0].batch, connection) if news else None
    if letter and not _hand_over(letter, mine, rows[0].tries):
        return 0
    mine.update(sent_at=timezone.now())
    return 1 if letter else 0


def _hand_over(letter, mine, tries):
    """Whether the mail server took it. If not, it is tried again, later each time. Neither address nor text reaches the log."""
    try:
        letter.send()
        return True
    except Exception as error:  # whatever a mail server may do
        logger.error("A mail could not be sent: %s", type(error).__name__)
        mine.update(due_at=timezone.now() + timedelta(minutes=5 * 4**tries), tries=tries + 1)
        return False
