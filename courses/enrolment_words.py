"""What she is told about her enrolment: where she stands, what comes next, and why something is not possible."""

from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.models import Enrolment, Why
from courses.terms import OPEN

State = Enrolment.State


class NotAllowed(Exception):
    """An act that the table or the terms do not allow. Its text, in the language of the page, is for the person who tried."""

    def __init__(self, reason, terms=OPEN):
        super().__init__(reason)
        self.reason, self.terms = reason, terms

    def __str__(self):
        return why_not(self.reason, self.terms)


def why_not(reason, terms=OPEN):
    return {
        "early": _("Enrolment opens on %(date)s.") % {"date": moment(terms.opens_at)},
        "closed": _("Enrolment closed on %(date)s.") % {"date": moment(terms.closes_at)},
        "ended": _("This kit ended on %(date)s. You can still read it, and everything you kept in it.")
        % {"date": moment(terms.ends_at)},
        "full": _("All places are taken."),
        "code": _("To enrol in this kit you need a code from the organisation that offers it."),
        "wrong code": _("We do not know this code. Look at each letter again, or ask the person who gave it to you."),
        "invitation": _("To enrol in this kit you need an invitation from the organisation that offers it."),
        "expired": _("This invitation has expired. Ask the person who gave it to you for a new one."),
        "used": _("This invitation has been used already. Ask the person who gave it to you for a new one."),
        "approval": _("To enrol in this kit you ask the organisation that offers it."),
        "capacity": _("More people are enrolled already than there would be places."),
        "circle closed": _("This circle has closed."),
        "circle early": _("Nobody can join this circle yet. Ask your trainer from when on it is possible."),
        "circle late": _("Nobody can join this circle any more. Ask your trainer."),
        "circle left": _("You are not in this circle any more."),
        "circle capacity": _("There are more women in the circle already than there would be places."),
        "circle lead": _("The one who leads the circle hands it over first."),
        "session number": _("There is a session with this number already."),
        "enrolled": _("You are enrolled in this kit already."),
        State.INVITED: _("You are invited to this kit. Accept the invitation first."),
        State.REQUESTED: _("You have asked to take part. The organisation has not answered yet."),
        State.WAITING: _("You are on the waiting list of this kit."),
        State.REFUSED: _("The organisation could not give you a place in this kit."),
        State.REMOVED: _("The organisation has ended your enrolment in this kit."),
    }.get(reason) or _("This is no longer possible. Please open the page again.")


class Words(NamedTuple):
    text: str  # where she stands; empty when there is nothing to say
    act: str  # what the link to the kit's page says


def in_words(enrolment):
    """Words for My learning. The number on the waiting list is told for rows of `Enrolment.objects.with_number()`."""
    state, date = enrolment.state, {"date": day(enrolment.state_at)}
    if state == State.ACTIVE:
        return Words(news(enrolment), _("Open the kit"))
    if state == State.WAITING:
        return Words(waiting_text(getattr(enrolment, "number", None)), _("Open the kit"))
    if state == State.LEFT:
        ended = enrolment.why == Why.ENDED
        text = _("This kit ended on %(date)s.") if ended else _("You left on %(date)s.")
        return Words(text % date, _("Open the kit") if ended else _("Take this kit up again"))
    text, act = {
        State.INVITED: (_("You are invited to this kit."), _("Answer the invitation")),
        State.REQUESTED: (_("You asked on %(date)s. The organisation has not answered yet."), _("Open the kit")),
        State.REFUSED: (_("The organisation could not give you a place in this kit."), _("What you can do now")),
        State.REMOVED: (_("The organisation ended your enrolment on %(date)s."), _("What you can do now")),
    }[state]
    return Words(text % date if "%" in text else text, act)


def news(enrolment):
    """What somebody else has decided since she was here last; the first lesson she opens makes it old."""
    told = {
        Why.FREED: _("A place became free: you are enrolled."),
        Why.APPROVED: _("The organisation said yes: you are enrolled."),
    }.get(enrolment.why, "")
    return told if enrolment.last_at is None or enrolment.last_at < enrolment.state_at else ""


def waiting_text(number):
    if number is None:
        return _("You are on the waiting list of this kit.")
    return _("You are number %(number)d on the waiting list.") % {"number": number}


def day(when):
    return date_format(timezone.localtime(when), "DATE_FORMAT") if when else ""


def moment(when):
    """With the hour: a day may end earlier than she thinks."""
    return date_format(timezone.localtime(when), "DATETIME_FORMAT") if when else ""
