"""What stands in the trainer's room, but for the members: those are read by courses/cohort_rows.py alone."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import get_language

from courses.models import Attendance, Cohort, CohortSession, CohortTrainer, Membership
from courses.queries import kit_outlines
from courses.sheets import plans_of
from hub.accounts.models import User
from hub.accounts.roles import Role

LONGEST = timedelta(hours=4)  # a session counts as the next one while it may be going on
CIRCLES_SHOWN = 100
State = Membership.State


def circles_of(user):
    """Her circles, open ones first, each with how many are in it and in line, and when it meets next: one query."""
    return list(with_numbers(Cohort.objects.held_by(user))[:CIRCLES_SHOWN])


def all_circles():
    """For coordinators: circles and their numbers, of nobody by name; also those that nobody holds."""
    held = CohortTrainer.objects.filter(cohort=OuterRef("pk"))
    rows = with_numbers(Cohort.objects.open()).annotate(has_trainer=Exists(held))
    return list(rows[:CIRCLES_SHOWN])


def with_numbers(cohorts):
    coming = CohortSession.objects.filter(cohort=OuterRef("pk"), starts_at__gt=timezone.now() - LONGEST)
    return (
        cohorts.select_related("organisation")
        .annotate(
            members=Count("memberships", filter=Q(memberships__state=State.MEMBER)),
            waiting=Count("memberships", filter=Q(memberships__state=State.WAITING)),
            next_at=Subquery(coming.order_by("starts_at").values("starts_at")[:1]),
        )
        .order_by("-closed_at", "title", "pk")
    )


def next_session(cohorts):
    """The next session of these circles, with its circle; None when none is planned."""
    coming = CohortSession.objects.filter(cohort__in=cohorts, starts_at__gt=timezone.now() - LONGEST)
    return coming.select_related("cohort").order_by("starts_at", "pk").first()


def sessions_of(cohort):
    entered = Attendance.objects.filter(session=OuterRef("pk"))
    return cohort.sessions.annotate(
        has_attendance=Exists(entered), present=Count("attendance", filter=Q(attendance__present=True))
    ).order_by("number")


def run_sheets():
    """The session plans of the kit that has any, in the language of the page, else in English: PlanLines."""
    for language in (get_language(), settings.LANGUAGE_CODE):
        for kit in kit_outlines(language).values():
            if plans := plans_of(kit):
                return plans
    return []


def run_sheet(number):
    """The plan of the session of this number, or None."""
    plans = run_sheets()
    return plans[number - 1] if 0 < number <= len(plans) else None


def trainers_of(cohort):
    return list(cohort.trainers.select_related("user").order_by("pk"))


def colleagues(cohort):
    """Trainers of the organisation, who may hold the circle."""
    people = User.objects.filter(is_active=True, organisation=cohort.organisation_id)
    return people.filter(groups__name__in=[Role.TRAINER, Role.COORDINATOR]).order_by("folded_name").distinct()
