"""The days of her plan for a calendar: entries that say nothing but "Reminder", and the address that gives them.

Whoever looks at her calendar must learn neither what a step is nor which hub it comes from (RFC 5545; made by icalendar).
"""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.utils.translation import pgettext
from icalendar import Calendar, Event

from courses.models import CalendarFeed, Step

MOST = 500  # entries in one file


def word():
    """What an entry says, in the language of now."""
    # Translators: the only word of a calendar entry that other people may see. It must not tell what it is about.
    return pgettext("calendar entry", "Reminder")


def reminders_of(user):
    return Step.objects.for_user(user).reminding()


def calendar_file(steps):
    """The iCalendar file of Steps with a day, as bytes. One entry per step, all day, under the same id at every fetch."""
    calendar = Calendar()
    calendar.add("prodid", "-//reminders//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-published-ttl", "PT6H")  # how often a calendar need ask
    for step in steps[:MOST]:
        calendar.add_component(entry(step))
    return calendar.to_ical()


def entry(step):
    event = Event()
    event.add("uid", str(step.uid))
    event.add("dtstamp", step.changed_at.replace(microsecond=0))
    event.add("dtstart", step.due_on)
    event.add("dtend", step.due_on + timedelta(days=1))
    event.add("summary", word())
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


# The address ----------------------------------------------------------------------------------------


def digest_of(key):
    """A key has 192 random bits: it needs no salt and no slow hash."""
    return sha256(key.encode()).hexdigest()


def renew_feed(*, user):
    """A new key for her address, given out only here; the one before is worth nothing from now on."""
    key = secrets.token_urlsafe(24)
    CalendarFeed.objects.update_or_create(user=user, defaults={"digest": digest_of(key)})
    return key


def stop_feed(*, user):
    CalendarFeed.objects.filter(user=user).delete()


def feed_of_key(key):
    """The CalendarFeed with its user, or None. Looked up by digest: how long it takes says nothing about a key."""
    return CalendarFeed.objects.select_related("user").filter(digest=digest_of(key), user__is_active=True).first()
