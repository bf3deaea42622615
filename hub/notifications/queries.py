"""What is new for her, as the list shows it."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress

from hub.lib.paging import key_page, rows_of
from hub.notifications.models import Notification, Preference
from hub.notifications.words import details_of, group, sentence


@dataclass(frozen=True, slots=True)
class Line:
    """One or several notifications that say the same of the same thread."""

    pk: int  # of the one that a press opens: the oldest
    words: str
    place: str
    made_at: datetime
    unread: bool


def news_page(user, **where):
    """(KeyPage, Lines) of what is new for her, newest first. What she may no longer read comes without its title."""
    page = key_page(rows_of(Notification.objects.shown(), user=user), key="pk", descending=True, **where)
    details = details_of(user, page.rows)
    return page, [_line(rows, details.get(rows[0].pk)) for rows in group(page.rows)]


def _line(rows, detail):
    title, place = (detail.title, detail.place) if detail else ("", "")
    newest, oldest = rows[0], rows[-1]
    words = sentence(newest, len(rows), title)
    return Line(oldest.pk, words, place, newest.made_at, newest.read_at is None)


def confirmed_address(user):
    rows = EmailAddress.objects.filter(user=user, verified=True, primary=True)
    return rows.values_list("email", flat=True).first()


def own_choices(user):
    """[(Preference, what it is about)] of what she chose for forums and threads."""
    rows = list(Preference.objects.filter(user=user).exclude(scope="").order_by("pk"))
    details = details_of(user, rows) if rows else {}
    return [(row, detail.title or detail.place) for row in rows if (detail := details.get(row.pk))]


def choice_for(user, scope):
    return Preference.objects.filter(user=user, scope=scope).values_list("how", flat=True).first() or ""
