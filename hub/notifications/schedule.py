"""When a mail goes: as she chose, in her time zone, and never in her quiet hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hub.accounts.models import User
from hub.notifications.models import How, Preference

MORNING = 8  # o'clock, for a daily or weekly mail
MONDAY = 0


@dataclass(frozen=True, slots=True)
class Choice:
    how: str
    zone: str = "UTC"
    quiet_from: int | None = None
    quiet_until: int | None = None
    words: bool = False


def choices_of(users, scopes):
    """{id of a user: Choice} of those who want mail about something in these scopes, the nearest first. One query."""
    order = {scope: rank for rank, scope in enumerate([*scopes, ""])}
    rows = Preference.objects.filter(user__in=users, scope__in=order)
    names = ("user_id", "scope", "how", "quiet_from", "quiet_until", "words", "user__time_zone")
    hers = {}
    for row in rows.values_list(*names, named=True):
        hers.setdefault(row.user_id, []).append(row)
    chosen = {user: _choice(sorted(found, key=lambda row: order[row.scope])) for user, found in hers.items()}
    return {user: choice for user, choice in chosen.items() if choice.how != How.NONE}


def _choice(rows):
    """The nearest row says how; the quiet hours stand in the one for the hub, which comes last."""
    nearest, hub = rows[0], rows[-1]
    return Choice(nearest.how, nearest.user__time_zone, hub.quiet_from, hub.quiet_until, hub.words)


def due_at(choice, now):
    """The moment (aware) at which a mail about something that happens `now` may go."""
    here = now.astimezone(ZoneInfo(choice.zone))
    if choice.how == How.DAILY:
        here = _next_morning(here)
    elif choice.how == How.WEEKLY:
        here = _next_morning(here, MONDAY)
    return after_quiet(choice, here)


def _next_morning(here, weekday=None):
    morning = here.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if morning <= here:
        morning += timedelta(days=1)
    if weekday is not None:
        morning += timedelta(days=(weekday - morning.weekday()) % 7)
    return morning


def after_quiet(choice, moment):
    """`moment`, or the end of the quiet hours it falls into. From 22 until 7 goes past midnight."""
    start, end = choice.quiet_from, choice.quiet_until
    here = moment.astimezone(ZoneInfo(choice.zone))
    if start is None or start == end or not _is_quiet(here.hour, start, end):
        return moment
    day = here.date() + timedelta(days=here.hour >= end)
    return datetime(day.year, day.month, day.day, end, tzinfo=here.tzinfo)


def _is_quiet(hour, start, end):
    return start <= hour < end if start < end else hour >= start or hour < end


def hub_choices(users):
    """{id of a user: Choice} of each of them, as far as the quiet hours and the words of a mail go. One query."""
    people = dict(User.objects.filter(pk__in=users).values_list("pk", "time_zone"))
    found = {pk: Choice(How.NONE, zone) for pk, zone in people.items()}
    for row in Preference.objects.filter(user__in=users, scope=""):
        zone = people.get(row.user_id, "UTC")
        found[row.user_id] = Choice(row.how, zone, row.quiet_from, row.quiet_until, row.words)
    return found
