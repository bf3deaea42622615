"""The box at the head of a kit that lets her enrol: what it shows in each state, by each way in."""

from courses.enrolment_forms import AskForm, CodeForm
from courses.enrolment_words import in_words, waiting_text, why_not
from courses.enrolments import was_in
from courses.models import Enrolment

State, Way = Enrolment.State, Enrolment.Way
FORMS = {Way.CODE: CodeForm, Way.APPROVAL: AskForm}
ENTRANCES = {"self", "return", "invited", Way.CODE}  # where a press gives a place, or a number on the waiting list


def kind_of_start(terms, enrolment):
    """Which of courses/start/*.html she is shown: her state where it decides, else the dates, else the way in."""
    state = enrolment.state if enrolment else None
    if state == State.REMOVED:
        return "refused"
    if terms.has_ended:
        return "ended"
    if state in {State.ACTIVE, State.WAITING, State.INVITED}:
        return str(state)
    if was_in(enrolment):
        return "return"
    if state in {State.REQUESTED, State.REFUSED} and terms.way not in {Way.SELF, Way.CODE}:
        return str(state)
    return "wait" if terms.hindrance else str(terms.way)


def start_box(user, kit, record, *, form=None, refusal=""):
    """The context of courses/kit_start.html. One query more where places are limited, none for a visitor."""
    terms, enrolment = kit.terms, record.enrolment
    way_in = "" if terms.way == Way.SELF else why_not(terms.way, terms)
    if not user.is_authenticated:
        return {"way_in": way_in}
    kind = kind_of_start(terms, enrolment)
    box = {
        "kind": kind,
        "template": f"courses/start/{kind}.html",
        "refusal": refusal,
        "is_early": terms.hindrance == "early",
        "hindrance": why_not(terms.hindrance, terms) if terms.hindrance else "",
        "way_in": way_in,
    }
    if enrolment:
        box["words"] = in_words(enrolment).text
        box["number"] = waiting_text(getattr(enrolment, "number", None))
    if kind in ENTRANCES and terms.is_full(kit.key):
        box |= {"is_full": True, "words_full": why_not("full"), "can_wait": terms.waiting_list}
    if kind in FORMS:
        box["form"] = form or FORMS[kind]()
    return box


def may_write(kit, record):
    """Whether marks and answers are taken: she is active, or pressing "done" would begin the kit."""
    if kit.terms.is_free:
        return record.enrolment is None or record.enrolment.state in {State.ACTIVE, State.LEFT}
    return record.enrolled and not kit.terms.has_ended
