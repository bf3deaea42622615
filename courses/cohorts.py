"""Circles: made, joined, left and closed. Every write is one transaction; the terms of the kit are locked before the circle.

`who may` is asked by the views (hub/trainer/access.py). What a trainer sees of the members: courses/cohort_rows.py.
"""

import secrets
from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from courses import enrolments
from courses.enrolment_words import NotAllowed
from courses.models import (
    Attendance,
    Cohort,
    CohortSlip,
    CohortTrainer,
    Enrolment,
    Membership,
    SharedAnswer,
)
from courses.terms import LETTERS, digest_of, fold_code, lock_terms
from hub.accounts.names import fold_name
from hub.notifications.actions import tell
from hub.notifications.models import Kind

State, Part = Membership.State, CohortTrainer.Part
CODE_LENGTH = 8  # 38 random bits; whoever tries codes is stopped after ten
NO_NAME = {"display_name": "", "folded_name": "", "shows_progress": False}


class NameTaken(Exception):
    """Somebody in the circle is called so already."""


def fold(name):
    """A name in a circle as it is compared: case and width of letters make no difference."""
    return fold_name(" ".join(name.split()))


def new_code():
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def readable_code(code):
    return f"{code[:4]}-{code[4:]}" if code else ""


# The circle itself ------------------------------------------------------------------------------


@transaction.atomic
def make_cohort(*, organisation, kit_key, by, **fields):
    """A circle that `by` leads, with a code to join."""
    code = fold_code(new_code())
    cohort = Cohort.objects.create(organisation=organisation, kit_key=kit_key, made_by=by, code=code, **fields)
    CohortTrainer.objects.create(cohort=cohort, user=by, part=Part.LEAD)
    return cohort


def lock(cohort):
    """The circle as it is now, held until the end of the transaction; NotAllowed when it has closed."""
    found = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if found.closed_at:
        raise NotAllowed("circle closed")
    return found


@transaction.atomic
def change_cohort(*, cohort, **fields):
    """Set what stands in the form. Fewer places than there are members are refused; more let those in line move up."""
    lock_terms(cohort.kit_key)
    found = lock(cohort)
    for name, value in fields.items():
        setattr(found, name, value)
    if found.capacity is not None and found.memberships.here().count() > found.capacity:
        raise NotAllowed("circle capacity")
    found.save(update_fields=list(fields))
    fill_places(found)
    return found


@transaction.atomic
def renew_code(*, cohort):
    """A new code; the one before no longer leads anywhere."""
    found = lock(cohort)
    found.code = fold_code(new_code())
    found.save(update_fields=["code"])
    return found


@transaction.atomic
def close_code(*, cohort):
    found = lock(cohort)
    found.code = ""
    found.save(update_fields=["code"])
    return found


@transaction.atomic
def close_cohort(*, cohort):
    """The circle has ended: its counts are kept, and the names, attendance, messages, slips and what was shared go. Members are told."""
    found = lock(cohort)
    members = list(found.memberships.here().values_list("user_id", flat=True))
    found.counts, found.code, found.closed_at = counts_of(found), "", timezone.now()
    found.save(update_fields=["counts", "code", "closed_at"])
    Attendance.objects.filter(session__cohort=found).delete()
    found.notices.all().delete()
    found.slips.all().delete()
    SharedAnswer.objects.filter(membership__cohort=found).delete()
    inside = found.memberships.filter(state__in=[State.MEMBER, State.WAITING])
    inside.update(state=State.ENDED, state_at=found.closed_at, **NO_NAME)
    tell_circle(found, members, "circle_closed", f"circle-closed:{found.pk}")
    return found


def counts_of(cohort):
    """What remains of a circle: numbers, of nobody by name."""
    people = cohort.memberships.here().values("user")
    taken = Enrolment.objects.filter(kit_key=cohort.kit_key, user__in=people)
    minutes = list(cohort.sessions.filter(starts_at__lt=timezone.now()).values_list("minutes", flat=True))
    return {
        "members": people.count(),
        "started": taken.filter(last_at__isnull=False).count(),
        "finished": taken.filter(completed_at__isnull=False).count(),
        "sessions": len(minutes),
        "hours": round(sum(minutes) / 60),
        "present": Attendance.objects.filter(session__cohort=cohort, present=True).count(),
    }


def tell_circle(cohort, users, act, key):
    context = {"circle": cohort.pk, "act": act}
    tell(kind=Kind.CIRCLE, recipients=users, context=context, path=path_of(cohort), key=key)


def path_of(cohort):
    return f"my/circles/{cohort.pk}/"


# Who holds it --------------------------------------------------------------------------------------


@transaction.atomic
def add_trainer(*, cohort, user, part, until=None):
    """Let a colleague hold the circle too, or for some days in place of somebody; or change her part."""
    found = lock(cohort)
    if part == Part.LEAD or found.trainers.filter(user=user, part=Part.LEAD).exists():
        raise NotAllowed("circle lead")
    found.trainers.update_or_create(user=user, defaults={"part": part, "until": until})


@transaction.atomic
def remove_trainer(*, cohort, user):
    """She no longer holds the circle. Whoever leads it hands it over first."""
    lock(cohort).trainers.filter(user=user).exclude(part=Part.LEAD).delete()


@transaction.atomic
def hand_over(*, cohort, to, stays):
    """`to` leads the circle from now on; who led it stays with her, or goes and sees no name any more."""
    found = lock(cohort)
    before = found.trainers.filter(part=Part.LEAD).exclude(user=to)
    if stays:
        before.update(part=Part.CO)
    else:
        before.delete()
    found.trainers.update_or_create(user=to, defaults={"part": Part.LEAD, "until": None})


# Joining and leaving -------------------------------------------------------------------------------


def by_code(code):
    """(circle, slip or None) that a code leads to, or None. One or two queries."""
    folded = fold_code(code)
    cohort = Cohort.objects.open().filter(code=folded).exclude(code="").select_related("organisation").first()
    if cohort:
        return cohort, None
    slip = CohortSlip.objects.filter(digest=digest_of(code)).select_related("cohort__organisation").first()
    return (slip.cohort, slip) if slip and slip.cohort.closed_at is None else None


def hindrance(cohort, slip=None):
    """Why nobody, or not with this slip, can join now: a reason of NotAllowed, or ""."""
    now = timezone.now()
    if cohort.closed_at:
        return "circle closed"
    if slip:
        return "used" if slip.used_at else "expired" if slip.expires_at <= now else ""
    if cohort.opens_at and now < cohort.opens_at:
        return "circle early"
    return "circle late" if cohort.closes_at and now >= cohort.closes_at else ""


@transaction.atomic
def join(*, user, cohort, slip=None, display_name, shows_progress):
    """She joins under a name of her choice, and is enrolled in the kit; or stands in line when all places are taken.

    Raises NotAllowed, or NameTaken. Who is in already stays as she is.
    """
    lock_terms(cohort.kit_key)
    found = lock(cohort)
    slip = CohortSlip.objects.select_for_update().filter(pk=slip.pk).first() if slip else None
    hers = found.memberships.filter(user=user).first()
    if hers and hers.state in {State.MEMBER, State.WAITING}:
        return hers
    if reason := hindrance(found, slip):
        raise NotAllowed(reason)
    return enter(found, hers, user=user, slip=slip, display_name=display_name, shows_progress=shows_progress)


def enter(cohort, hers, *, user, slip, **chosen):
    state = State.WAITING if is_full(cohort) else State.MEMBER
    hers = hers or Membership(cohort=cohort, user=user)
    hers.state, hers.state_at = state, timezone.now()
    hers.shows_progress = chosen["shows_progress"]
    set_name(hers, chosen["display_name"])
    if state == State.MEMBER:
        enrolments.let_in(user=user, kit_key=cohort.kit_key, personal=bool(slip))
    if slip:
        slip.used_at, slip.display_name, slip.user = timezone.now(), "", None
        slip.save(update_fields=["used_at", "display_name", "user"])
    return hers


def is_full(cohort):
    taken = cohort.memberships.filter(state__in=[State.MEMBER, State.WAITING])
    return cohort.capacity is not None and taken.count() >= cohort.capacity


def set_name(membership, name):
    """Keep a row under a name. The circle is locked, so that two of the same name come one after the other."""
    folded = fold(name)
    others = Membership.objects.filter(cohort=membership.cohort_id, folded_name=folded).exclude(pk=membership.pk)
    if others.exists():
        raise NameTaken
    membership.display_name, membership.folded_name = name, folded
    membership.save()


@transaction.atomic
def change_membership(*, user, cohort, display_name, shows_progress):
    """Another name, or whether her progress is shown, at once for all who hold the circle."""
    found = lock(cohort)
    hers = found.memberships.filter(user=user, state__in=[State.MEMBER, State.WAITING]).first()
    if hers is None:
        raise NotAllowed("circle left")
    hers.shows_progress = shows_progress
    set_name(hers, display_name)
    return hers


@transaction.atomic
def leave(*, user, cohort):
    """She leaves; her name goes, her kit and what she wrote stay hers. Who is first in line moves up."""
    lock_terms(cohort.kit_key)
    found = Cohort.objects.select_for_update().get(pk=cohort.pk)
    inside = found.memberships.filter(user=user, state__in=[State.MEMBER, State.WAITING])
    SharedAnswer.objects.filter(membership__cohort=found, membership__user=user).delete()
    if inside.update(state=State.LEFT, state_at=timezone.now(), **NO_NAME):
        fill_places(found)


@transaction.atomic
def remove(*, membership):
    """A trainer takes somebody out of the circle. She is told; her kit goes on."""
    leave(user=membership.user, cohort=membership.cohort)
    key = f"circle-removed:{membership.pk}:{timezone.now().timestamp():.0f}"
    tell_circle(membership.cohort, [membership.user_id], "circle_removed", key)


def fill_places(cohort):
    """Those first in line move up, as many as there are places. The terms of the kit and the circle are locked."""
    waiting = cohort.memberships.waiting().select_related("user")
    if cohort.closed_at:
        return
    if cohort.capacity is not None:
        waiting = waiting[: max(0, cohort.capacity - cohort.memberships.here().count())]
    for hers in list(waiting):
        move_up(cohort, hers)


def move_up(cohort, hers):
    hers.state, hers.state_at = State.MEMBER, timezone.now()
    hers.save(update_fields=["state", "state_at"])
    with suppress(NotAllowed):  # she is in the circle all the same; the kit's page tells her why she is not enrolled
        enrolments.let_in(user=hers.user, kit_key=cohort.kit_key, personal=False)
    key = f"circle-place:{hers.pk}:{hers.state_at.timestamp():.0f}"
    tell_circle(cohort, [hers.user_id], "circle_place", key)


def lock_cohorts_of(*, user):
    """The open circles she is in or waits for, locked with the terms of their kits, before her rows go."""
    inside = Membership.objects.filter(user=user, state__in=[State.MEMBER, State.WAITING], cohort__closed_at=None)
    cohorts = [row.cohort for row in inside.select_related("cohort").order_by("cohort__kit_key", "cohort")]
    for cohort in cohorts:
        lock_terms(cohort.kit_key)
    return [Cohort.objects.select_for_update().get(pk=cohort.pk) for cohort in cohorts]
