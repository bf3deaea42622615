"""Who takes part in a kit: every change of an enrolment goes through TRANSITIONS, and is kept with who, when and why.

Reading is open to everybody whatever her state; an active enrolment is what lets her keep words and marks.
"""

from enum import StrEnum
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from courses.enrolment_words import NotAllowed, in_words
from courses.models import Enrolment, EnrolmentChange, EnrolmentInvitation, EnrolmentTerms, Why
from courses.terms import Terms, digest_of, lock_terms, same_code, save_terms
from hub.notifications.actions import tell
from hub.notifications.models import Kind

__all__ = ["NotAllowed", "in_words"]  # told in courses/enrolment_words.py

State, Way = Enrolment.State, Enrolment.Way


class Who(StrEnum):
    HERSELF = "herself"
    STAFF = "staff"
    RULE = "rule"  # what follows from a date or from the number of places


class Act(StrEnum):
    START = "start"
    GIVE_CODE = "give the code"
    ASK = "ask"
    HAND_IN = "hand in an invitation"
    ACCEPT = "accept it"
    DECLINE = "decline it"
    RETURN = "return"
    LEAVE = "leave"
    APPROVE = "approve"
    REFUSE = "refuse"
    REMOVE = "remove"
    QUEUE = "stand on the waiting list"  # in place of any act that would have made her active
    MOVE_UP = "move up"
    END = "reach the last day"


class Change(NamedTuple):
    who: Who
    state: State
    why: Why


HERSELF, STAFF, RULE = Who
# (state before, None for no enrolment; act): who may do it, the state after, the reason that is kept. What is not here is not
# allowed. Terms ask for more: the right way in, the dates, a free place (see below).
TRANSITIONS = {
    (None, Act.START): Change(HERSELF, State.ACTIVE, Why.STARTED),
    (None, Act.GIVE_CODE): Change(HERSELF, State.ACTIVE, Why.CODE),
    (None, Act.ASK): Change(HERSELF, State.REQUESTED, Why.ASKED),
    (None, Act.HAND_IN): Change(HERSELF, State.INVITED, Why.INVITED),
    (None, Act.QUEUE): Change(RULE, State.WAITING, Why.FULL),
    (State.INVITED, Act.ACCEPT): Change(HERSELF, State.ACTIVE, Why.ACCEPTED),
    (State.INVITED, Act.DECLINE): Change(HERSELF, State.LEFT, Why.DECLINED),
    (State.INVITED, Act.QUEUE): Change(RULE, State.WAITING, Why.FULL),
    (State.INVITED, Act.END): Change(RULE, State.LEFT, Why.ENDED),
    (State.REQUESTED, Act.APPROVE): Change(STAFF, State.ACTIVE, Why.APPROVED),
    (State.REQUESTED, Act.REFUSE): Change(STAFF, State.REFUSED, Why.REFUSED),
    (State.REQUESTED, Act.QUEUE): Change(RULE, State.WAITING, Why.FULL),
    (State.REQUESTED, Act.LEAVE): Change(HERSELF, State.LEFT, Why.WITHDREW),
    (State.REQUESTED, Act.END): Change(RULE, State.LEFT, Why.ENDED),
    # Another way in has opened while she was waiting for an answer.
    (State.REQUESTED, Act.START): Change(HERSELF, State.ACTIVE, Why.STARTED),
    (State.REQUESTED, Act.GIVE_CODE): Change(HERSELF, State.ACTIVE, Why.CODE),
    (State.REQUESTED, Act.HAND_IN): Change(HERSELF, State.INVITED, Why.INVITED),
    (State.WAITING, Act.MOVE_UP): Change(RULE, State.ACTIVE, Why.FREED),
    (State.WAITING, Act.LEAVE): Change(HERSELF, State.LEFT, Why.WITHDREW),
    (State.WAITING, Act.REMOVE): Change(STAFF, State.REMOVED, Why.REMOVED),
    (State.WAITING, Act.END): Change(RULE, State.LEFT, Why.ENDED),
    (State.ACTIVE, Act.LEAVE): Change(HERSELF, State.LEFT, Why.LEFT),
    (State.ACTIVE, Act.REMOVE): Change(STAFF, State.REMOVED, Why.REMOVED),
    (State.ACTIVE, Act.END): Change(RULE, State.LEFT, Why.ENDED),
    # Who was in may return without asking anew; who only waited begins like everybody.
    (State.LEFT, Act.RETURN): Change(HERSELF, State.ACTIVE, Why.RETURNED),
    (State.LEFT, Act.START): Change(HERSELF, State.ACTIVE, Why.STARTED),
    (State.LEFT, Act.GIVE_CODE): Change(HERSELF, State.ACTIVE, Why.CODE),
    (State.LEFT, Act.ASK): Change(HERSELF, State.REQUESTED, Why.ASKED),
    (State.LEFT, Act.HAND_IN): Change(HERSELF, State.INVITED, Why.INVITED),
    (State.LEFT, Act.QUEUE): Change(RULE, State.WAITING, Why.FULL),
    # A no is to one question: when the kit opens to all, or somebody gives her a code, she comes in like everybody.
    (State.REFUSED, Act.START): Change(HERSELF, State.ACTIVE, Why.STARTED),
    (State.REFUSED, Act.GIVE_CODE): Change(HERSELF, State.ACTIVE, Why.CODE),
    (State.REFUSED, Act.HAND_IN): Change(HERSELF, State.INVITED, Why.INVITED),
    (State.REFUSED, Act.QUEUE): Change(RULE, State.WAITING, Why.FULL),
    (State.REMOVED, Act.HAND_IN): Change(HERSELF, State.INVITED, Why.INVITED),
}
NEVER_IN = {Why.WITHDREW, Why.DECLINED}


# One step in the table ------------------------------------------------------------------------------------------


def allowed(before, act, who):
    """The change that `act` makes of the state `before`, or NotAllowed."""
    step = TRANSITIONS.get((before, act))
    if step is None or step.who != who:
        raise NotAllowed(before)
    return step


def move(*, user, kit_key, act, who, by=None):
    """Do one act of the table, whatever the terms. See `change`."""
    with transaction.atomic():
        return change(find(user, kit_key), user=user, kit_key=kit_key, act=act, who=who, by=by)


@transaction.atomic
def change(enrolment, *, user, kit_key, act, who, by=None, **fields):
    """Do an act to what `find` gave, and keep it as an EnrolmentChange; or raise NotAllowed and write nothing.

    `fields` are set on the enrolment with it. Returns the enrolment.
    """
    before = state_of(enrolment)
    step = allowed(before, act, who)
    fields |= {"state": step.state, "state_at": timezone.now(), "why": step.why}
    if enrolment is None:
        try:
            with transaction.atomic():
                enrolment = Enrolment.objects.create(user=user, kit_key=kit_key, **fields)
        except IntegrityError:  # in another window, a moment ago
            return find(user, kit_key)
    else:
        update(enrolment, fields | forgotten_words(step.state))
    EnrolmentChange.objects.create(enrolment=enrolment, before=before or "", after=step.state, why=step.why, by=by)
    return enrolment


def state_of(enrolment):
    return enrolment.state if enrolment else None


def find(user, kit_key):
    """Her enrolment, held until the end of the transaction, so that two windows act one after the other."""
    return Enrolment.objects.select_for_update().for_kit(user, kit_key).first()


def update(enrolment, fields):
    for name, value in fields.items():
        setattr(enrolment, name, value)
    enrolment.save(update_fields=list(fields))


def forgotten_words(state):
    """What she told the organisation is kept no longer than it is needed."""
    if state == State.REQUESTED:
        return {}
    return {"line": ""} if state in {State.ACTIVE, State.WAITING} else {"line": "", "called": ""}


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
