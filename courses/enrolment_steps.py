"""The one table of what may become of an enrolment, and one step in it. Terms, dates and places: courses/enrolments.py."""

from enum import StrEnum
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.enrolment_words import NotAllowed
from courses.models import Enrolment, EnrolmentChange, Why

State = Enrolment.State


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
# allowed. Terms ask for more: the right way in, the dates, a free place (courses/enrolments.py).
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
