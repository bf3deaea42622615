"""What a look at My learning leaves behind."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from courses.models import Enrolment

NEW_VISIT = timedelta(hours=4)  # what is new stays on the page while she looks, and is not told again the next time


def begin_visit(*, user, enrolments):
    """Note that she is here: from now on news are what has come since the visit before. One statement, once in a visit."""
    now = timezone.now()
    stale = [row for row in enrolments if row.seen_at is None or row.seen_at < now - NEW_VISIT]
    for row in stale:
        row.news_since, row.seen_at = row.seen_at, now
    if stale:
        rows = Enrolment.objects.filter(Q(seen_at=None) | Q(seen_at__lt=now - NEW_VISIT), user=user)
        rows.update(news_since=F("seen_at"), seen_at=now)
