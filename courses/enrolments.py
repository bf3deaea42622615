"""Who takes part in a kit: every change of an enrolment goes through TRANSITIONS, and is kept with who, when and why.

Reading is open to everybody whatever her state; an active enrolment is what lets her keep words and marks.
"""

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from courses.enrolment_steps import TRANSITIONS, Act, State, Who, allowed, change, find, move, state_of
from courses.enrolment_words import NotAllowed, in_words
from courses.models import Enrolment, EnrolmentInvitation, EnrolmentTerms, Why
from courses.terms import Terms, digest_of, lock_terms, same_code, save_terms
from hub.notifications.actions import tell
from hub.notifications.models import Kind

__all__ = ["NotAllowed", "in_words"]  # told in courses/enrolment_words.py

Way = Enrolment.Way
NEVER_IN = {Why.WITHDREW, Why.DECLINED}


# Places -----------------------------------------------------------------------------------------------------------


def enter(enrolment, *, user, kit_key, terms, act, who, may_wait=True, **fields):
    """An act that makes her active, or puts her on the waiting list when all places are taken. The terms are locked."""
    if terms.is_full(kit_key):
        allowed(state_of(enrolment), act, who)
        if not (terms.waiting_list and may_wait):
            raise NotAllowed("full", terms)
        act, who = Act.QUEUE, Who.RULE
    return change(enrolment, user=user, kit_key=kit_key, act=act, who=who, **fields)


def fill_places(*, kit_key):
    """Let those first in line move up, as many as there are places. To be called in the transaction that freed one."""
    terms, _code = lock_terms(kit_key)
    waiting = Enrolment.objects.waiting(kit_key).select_related("user")
    if terms.capacity is not None:
        waiting = waiting[: max(0, terms.capacity - Enrolment.objects.active().filter(kit_key=kit_key).count())]
    if terms.has_ended:
        return
    for enrolment in list(waiting):
        moved = move(user=enrolment.user, kit_key=kit_key, act=Act.MOVE_UP, who=Who.RULE)
        tell(
            kind=Kind.PLACE,
            recipients=[enrolment.user_id],
            context={"kit": str(kit_key)},
            path="my/",
            key=f"place:{moved.pk}:{moved.state_at.timestamp():.0f}",
        )


def lock_kits_of(*, user):
    """The keys of the kits in which she holds a place or waits for one, with their terms locked, before her rows go."""
    rows = Enrolment.objects.filter(user=user, state__in=[State.ACTIVE, State.WAITING])
    kits = sorted(rows.values_list("kit_key", flat=True))
    for kit_key in kits:
        lock_terms(kit_key)
    return kits


# What she does ----------------------------------------------------------------------------------------------------


def was_in(enrolment):
    return enrolment is not None and enrolment.state == State.LEFT and enrolment.why not in NEVER_IN


@transaction.atomic
def enrol(*, user, kit_key, may_wait=True):
    """The one button: start, accept an invitation, or come back. Nothing happens when she is active or waits already."""
    terms, _code = lock_terms(kit_key)
    enrolment = find(user, kit_key)
    if enrolment and enrolment.state in {State.ACTIVE, State.WAITING}:
        return enrolment
    act = Act.START
    if was_in(enrolment):
        act = Act.RETURN
    elif enrolment and enrolment.state == State.INVITED:
        act = Act.ACCEPT
    check_terms(terms, act)
    way = {Act.START: Way.SELF, Act.ACCEPT: Way.INVITATION}.get(act)
    fields = {"way": way} if way else {}
    return enter(
        enrolment, user=user, kit_key=kit_key, terms=terms, act=act, who=Who.HERSELF, may_wait=may_wait, **fields
    )


def check_terms(terms, act):
    """Raise NotAllowed unless the dates and the way in allow the act now. Who was let in before is asked for less."""
    hindrance = terms.hindrance
    if hindrance and not (hindrance == "closed" and act in {Act.ACCEPT, Act.RETURN, Act.APPROVE}):
        raise NotAllowed(hindrance, terms)
    ways = {Act.START: Way.SELF, Act.GIVE_CODE: Way.CODE, Act.ASK: Way.APPROVAL}
    if act in ways and terms.way != ways[act]:
        raise NotAllowed(terms.way, terms)


@transaction.atomic
def give_code(*, user, kit_key, code):
    terms, right = lock_terms(kit_key)
    enrolment = find(user, kit_key)
    if enrolment and enrolment.state in {State.ACTIVE, State.WAITING}:
        return enrolment
    check_terms(terms, Act.GIVE_CODE)
    if not same_code(code, right):
        raise NotAllowed("wrong code", terms)
    return enter(enrolment, user=user, kit_key=kit_key, terms=terms, act=Act.GIVE_CODE, who=Who.HERSELF, way=Way.CODE)


@transaction.atomic
def ask(*, user, kit_key, called, line):
    """Ask the organisation for a place, under a name that she chooses for it."""
    terms, _code = lock_terms(kit_key)
    enrolment = find(user, kit_key)
    if enrolment and enrolment.state in {State.ACTIVE, State.REQUESTED, State.WAITING}:
        return enrolment
    check_terms(terms, Act.ASK)
    fields = {"way": Way.APPROVAL, "called": called, "line": line}
    return change(enrolment, user=user, kit_key=kit_key, act=Act.ASK, who=Who.HERSELF, **fields)


@transaction.atomic
def hand_in(*, user, code):
    """Take up an invitation: it is hers from now on, and she is asked whether she accepts. Returns her enrolment."""
    found = EnrolmentInvitation.objects.filter(digest=digest_of(code)).first()
    if found is None:
        raise NotAllowed("wrong code")
    terms, _code = lock_terms(found.kit_key)
    invitation = EnrolmentInvitation.objects.select_for_update().get(pk=found.pk)
    enrolment = find(user, invitation.kit_key)
    if invitation.used_at:
        if invitation.used_by_id == user.pk and enrolment:
            return enrolment
        raise NotAllowed("used")
    if invitation.expires_at <= timezone.now():
        raise NotAllowed("expired")
    if terms.has_ended:
        raise NotAllowed("ended", terms)
    if enrolment and enrolment.state == State.ACTIVE:
        raise NotAllowed("enrolled")
    invitation.used_by, invitation.used_at = user, timezone.now()
    invitation.save(update_fields=["used_by", "used_at"])
    return change(enrolment, user=user, kit_key=invitation.kit_key, act=Act.HAND_IN, who=Who.HERSELF)


@transaction.atomic
def let_in(*, user, kit_key, personal):
    """Whom a circle took in is as good as invited to its kit. `personal`: by a slip made for one woman, not by the circle's code.

    Whose enrolment the organisation has ended comes back by a slip only. Dates and places of the kit hold.
    """
    terms, _code = lock_terms(kit_key)
    enrolment = find(user, kit_key)
    state = state_of(enrolment)
    if state == State.REMOVED and not personal:
        raise NotAllowed(state)
    may_start = terms.way == Way.SELF and state != State.REMOVED
    if not may_start and state not in {State.ACTIVE, State.WAITING, State.INVITED} and not was_in(enrolment):
        check_terms(terms, Act.ACCEPT)
        change(enrolment, user=user, kit_key=kit_key, act=Act.HAND_IN, who=Who.HERSELF)
    return enrol(user=user, kit_key=kit_key)


@transaction.atomic
def leave(*, user, kit_key):
    """Leave the kit, the waiting list or the queue of questions. Her record is kept; who is first in line moves up."""
    lock_terms(kit_key)
    enrolment = find(user, kit_key)
    if enrolment is None or enrolment.state in {State.LEFT, State.REFUSED, State.REMOVED}:
        return
    act = Act.DECLINE if enrolment.state == State.INVITED else Act.LEAVE
    change(enrolment, user=user, kit_key=kit_key, act=act, who=Who.HERSELF)
    fill_places(kit_key=kit_key)


NO_RECORD = {
    "last_lesson_key": None,
    "last_block_id": None,
    "lessons_done": 0,
    "checks_passed": 0,
    "reflections_done": 0,
    "checklists_done": 0,
    "completed_at": None,
}


def forget(*, user, kit_key):
    """Delete an enrolment that has ended, after its record. A no by the organisation stays, without her place and counts."""
    rows = Enrolment.objects.for_kit(user, kit_key)
    rows.filter(state=State.LEFT).delete()
    rows.filter(state__in=[State.REFUSED, State.REMOVED]).update(**NO_RECORD)


@transaction.atomic
def open_for_writing(*, user, kit_key):
    """Her active enrolment, for a mark or an answer, held until the end of the transaction: one statement.

    A kit that is open to all is begun with it, or taken up again. Raises NotAllowed where she has to enrol first: nobody slips
    in by marking a lesson.
    """
    last_day = EnrolmentTerms.objects.filter(kit_key=OuterRef("kit_key")).values("ends_at")
    rows = Enrolment.objects.for_kit(user, kit_key)
    enrolment = rows.active().annotate(ends_at=Subquery(last_day)).select_for_update().first()
    if enrolment is None:
        return begin(user=user, kit_key=kit_key)
    if enrolment.ends_at and enrolment.ends_at <= timezone.now():
        raise NotAllowed("ended", Terms(ends_at=enrolment.ends_at))
    return enrolment


@transaction.atomic
def begin(*, user, kit_key):
    terms, _code = lock_terms(kit_key)
    enrolment = find(user, kit_key)
    if enrolment and enrolment.state == State.ACTIVE:  # since a moment ago, in another window
        return enrolment
    if enrolment and enrolment.state != State.LEFT:
        raise NotAllowed(enrolment.state)
    check_terms(terms, Act.START)
    act = Act.RETURN if was_in(enrolment) else Act.START
    return enter(enrolment, user=user, kit_key=kit_key, terms=terms, act=act, who=Who.HERSELF, may_wait=False)


# What the organisation and the calendar do -------------------------------------------------------------------------


@transaction.atomic
def approve(*, enrolment, by):
    terms, _code = lock_terms(enrolment.kit_key)
    check_terms(terms, Act.APPROVE)
    found = {"user": enrolment.user, "kit_key": enrolment.kit_key}
    return enter(find(**found), **found, terms=terms, act=Act.APPROVE, who=Who.STAFF, by=by)


@transaction.atomic
def refuse(*, enrolment, by):
    return move(user=enrolment.user, kit_key=enrolment.kit_key, act=Act.REFUSE, who=Who.STAFF, by=by)


@transaction.atomic
def remove(*, enrolment, by):
    lock_terms(enrolment.kit_key)
    moved = move(user=enrolment.user, kit_key=enrolment.kit_key, act=Act.REMOVE, who=Who.STAFF, by=by)
    fill_places(kit_key=enrolment.kit_key)
    return moved


@transaction.atomic
def set_terms(*, kit_key, by, **terms):
    """Set the terms; who waits moves up when there are more places. Fewer places than people enrolled are refused."""
    row = save_terms(kit_key=kit_key, by=by, **terms)
    enrolled = Enrolment.objects.active().filter(kit_key=kit_key).count()
    if row.capacity is not None and row.capacity < enrolled:
        raise NotAllowed("capacity")
    fill_places(kit_key=kit_key)
    return row


def end_kits():
    """End what has reached its last day. Returns how many enrolments ended."""
    over = EnrolmentTerms.objects.filter(ends_at__lte=timezone.now()).values_list("kit_key", flat=True)
    rows = Enrolment.objects.filter(kit_key__in=over, state__in=[s for s, act in TRANSITIONS if act == Act.END])
    return sum(end(enrolment) for enrolment in list(rows.select_related("user")))


@transaction.atomic
def end(enrolment):
    try:
        move(user=enrolment.user, kit_key=enrolment.kit_key, act=Act.END, who=Who.RULE)
    except NotAllowed:  # she left a moment ago
        return 0
    return 1
