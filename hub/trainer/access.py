"""Fetching with permission: no page about a circle reaches it but through these."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from courses.enrolment_words import NotAllowed
from courses.models import Cohort, CohortSession, Membership
from courses.queries import kit_by_key, kit_outlines
from hub.accounts.access import staff_page
from hub.accounts.roles import can_manage_people, can_see_staff_pages


def trainer_page(view):
    """For trainers and coordinators. A circle that a colleague has closed in this moment is not there any more."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except NotAllowed:
            raise Http404 from None

    return staff_page(can_see_staff_pages)(answered)


def get_circle(request, cohort_id):
    """An open circle that she holds today; for anybody else, and when it has closed, there is none."""
    return get_object_or_404(held(request.user).open(), pk=cohort_id)


def held(user):
    return Cohort.objects.held_by(user).select_related("organisation")


def get_circle_to_staff(request, cohort_id):
    """An open circle whose trainers she may change: those who hold it, and coordinators, who see no member."""
    if can_manage_people(request.user):
        return get_object_or_404(Cohort.objects.open().select_related("organisation"), pk=cohort_id)
    return get_circle(request, cohort_id)


def get_session(request, cohort_id, session_id):
    cohort = get_circle(request, cohort_id)
    session = get_object_or_404(CohortSession, pk=session_id, cohort=cohort)
    session.cohort = cohort
    return cohort, session


def get_member(request, cohort_id, member_id):
    cohort = get_circle(request, cohort_id)
    member = get_object_or_404(Membership.objects.exclude(display_name=""), pk=member_id, cohort=cohort)
    member.cohort = cohort
    return member


def kit_of(cohort):
    """The outline of its kit in the language of the page, else in English; None while the kit is offline."""
    return kit_by_key(get_language(), cohort.kit_key) or kit_by_key("en", cohort.kit_key)


def get_kit(cohort):
    kit = kit_of(cohort)
    if kit is None:
        raise Http404
    return kit


def kit_choices():
    return [(str(kit.key), kit.title) for kit in kit_outlines(get_language()).values()]
