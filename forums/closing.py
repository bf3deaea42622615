"""When a thread takes no new posts, and why, in words. Thread.closed_since decides."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext


def day(moment):
    return date_format(timezone.localtime(moment), "DATE_FORMAT")


def why_closed(thread):
    """Since when and why, for its readers; "" while it is open."""
    since = thread.closed_since
    if since is None:
        return ""
    if thread.locked:
        return gettext("A moderator closed this thread on %(date)s.") % {"date": day(since)}
    if thread.closes_at:
        return gettext("This thread closed on %(date)s, as a moderator had planned.") % {"date": day(since)}
    days = thread.forum.close_after_days
    said = ngettext(
        "This thread closed on %(date)s, because nobody wrote in it for %(days)d day.",
        "This thread closed on %(date)s, because nobody wrote in it for %(days)d days.",
        days,
    )
    return said % {"date": day(since), "days": days}


def open_again(thread):
    """Take every reason to be closed away. What its forum would close at once stays open for as long as a new thread."""
    thread.locked, thread.closes_at = False, None
    if thread.closed_since:
        thread.closes_at = timezone.now() + timedelta(days=thread.forum.close_after_days)
