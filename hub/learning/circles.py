"""The circles a woman is in, as she sees them: the next session, messages, and all that her trainer sees of her."""

from dataclasses import dataclass

from django.utils import timezone

from courses.cohort_rows import ON_THE_WAY, MemberRow, own_row
from courses.models import Attendance, Cohort, CohortNotice, CohortSession, Membership
from forums.circles import forum_of
from hub.trainer.queries import next_session

State = Membership.State
NOTICES_SHOWN = 10


def memberships_of(user):
    """Those of open circles in which she is or waits: one query."""
    inside = Membership.objects.filter(user=user, state__in=[State.MEMBER, State.WAITING])
    return list(inside.select_related("cohort").order_by("pk"))


@dataclass(frozen=True, slots=True)
class CircleLine:
    """A circle under My learning."""

    cohort: Cohort
    waits: bool
    coming: CohortSession | None
    notice: CohortNotice | None


def circles_of(user):
    """CircleLines: one query, two more when she is in any, however many."""
    hers = memberships_of(user)
    inside = [row.cohort_id for row in hers if row.state == State.MEMBER]
    coming, notices = {}, {}
    if inside:
        soon = CohortSession.objects.filter(cohort__in=inside, starts_at__gt=timezone.now()).order_by("-starts_at")
        coming = {row.cohort_id: row for row in soon}
        recent = CohortNotice.objects.filter(cohort__in=inside).order_by("made_at", "pk")
        notices = {row.cohort_id: row for row in recent}
    return [
        CircleLine(row.cohort, row.state == State.WAITING, coming.get(row.cohort_id), notices.get(row.cohort_id))
        for row in hers
    ]


def circle_page(membership):
    """The context of her page of a circle."""
    cohort = membership.cohort
    return {
        "circle": cohort,
        "membership": membership,
        "waits": membership.state == State.WAITING,
        "row": own_row(membership),
        "coming": next_session([cohort.pk]),
        "notices": cohort.notices.order_by("-made_at", "-pk")[:NOTICES_SHOWN],
        "attendance": attendance_of(membership),
        "forum": forum_of(cohort),
    }


def attendance_of(membership):
    rows = Attendance.objects.filter(membership=membership).select_related("session")
    return rows.order_by("session__number")


def example_rows(name):
    """What her trainer would see under each choice, before she joins."""
    return [MemberRow(0, name, ON_THE_WAY, True), MemberRow(0, name, "kept", False)]
