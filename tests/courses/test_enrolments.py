"""The table of enrolment states, the terms of kits, and the places."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import product
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses import actions, enrolments
from courses.enrolment_steps import TRANSITIONS, Act, Who, move
from courses.enrolments import NotAllowed, in_words
from courses.models import Answer, Enrolment, EnrolmentChange, EnrolmentInvitation, EnrolmentTerms, LessonProgress, Why
from courses.terms import fold_code, make_invitations
from hub.notifications.models import Notification

KIT, LESSON = UUID(int=1), UUID(int=2)
State, Way = Enrolment.State, Enrolment.Way
STATES = [None, *State]
pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def terms(db):
    """`terms(way="code", …)`: the kit gets these terms."""

    def make(**fields):
        return EnrolmentTerms.objects.update_or_create(kit_key=KIT, defaults=fields)[0]

    return make


def put(user, state, why="", **fields):
    if state is not None:
        return Enrolment.objects.create(user=user, kit_key=KIT, state=state, why=why, **fields)
    return None


def state_of(user):
    return Enrolment.objects.filter(user=user, kit_key=KIT).values_list("state", flat=True).first()


def changes():
    return list(EnrolmentChange.objects.order_by("pk").values_list("before", "after", "why"))


def enrol(user):
    return enrolments.enrol(user=user, kit_key=KIT)


# The table ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", Who)
@pytest.mark.parametrize(("before", "act"), list(product(STATES, Act)), ids=str)
def test_every_act_in_every_state_is_in_the_table_or_refused(learner, trainer, before, act, who):
    put(learner, before, why=Why.ASKED, called="Ana", line="I was at the first talk")
    change = TRANSITIONS.get((before, act))
    by = trainer if who == Who.STAFF else None
    if change and change.who == who:
        move(user=learner, kit_key=KIT, act=act, who=who, by=by)
        row = EnrolmentChange.objects.get()
        assert (row.before, row.after, row.why, row.by) == (before or "", change.state, change.why, by)
        assert Enrolment.objects.values_list("state", "why").get() == (change.state, change.why)
        return
    kept = Enrolment.objects.values().first()
    with pytest.raises(NotAllowed) as refusal:
        move(user=learner, kit_key=KIT, act=act, who=who, by=by)
    assert str(refusal.value)
    assert Enrolment.objects.values().first() == kept
    assert changes() == []


def test_every_state_has_a_way_in_and_a_way_out():
    after = {change.state for change in TRANSITIONS.values()}
    assert after == set(State)
    assert {before for before, _ in TRANSITIONS} == set(STATES)


def test_a_reason_belongs_to_one_state():
    reached = {(change.why, change.state) for change in TRANSITIONS.values()}
    assert len(reached) == len({why for why, _ in reached}) == len(Why)


# By herself ---------------------------------------------------------------------------------------------------


def test_a_kit_without_terms_is_open_and_a_second_press_changes_nothing(learner):
    first = enrol(learner)
    assert enrol(learner).pk == first.pk
    assert changes() == [("", "active", "started")]


def test_leaving_and_returning_keeps_the_record(learner, terms):
    terms(way=Way.SELF)
    enrol(learner)
    actions.mark_lesson(user=learner, lesson_key=LESSON, kit_key=KIT, done=True)
    actions.leave_kit(user=learner, kit_key=KIT, erase=False)
    enrol(learner)
    assert [why for _, _, why in changes()] == ["started", "left", "returned"]
    assert LessonProgress.objects.filter(user=learner).count() == 1


def test_who_was_in_returns_without_asking_anew(learner, terms):
    terms(way=Way.APPROVAL, closes_at=timezone.now() - HOUR)
    put(learner, State.LEFT, Why.LEFT)
    assert enrol(learner).state == State.ACTIVE


@pytest.mark.parametrize("why", [Why.WITHDREW, Why.DECLINED])
def test_who_only_waited_begins_like_everybody(learner, terms, why):
    terms(way=Way.APPROVAL)
    put(learner, State.LEFT, why)
    with pytest.raises(NotAllowed, match="you ask the organisation"):
        enrol(learner)


@pytest.mark.parametrize("way", [Way.CODE, Way.INVITATION, Way.APPROVAL])
def test_the_button_opens_no_kit_that_has_another_way_in(learner, terms, way):
    terms(way=way, code="spring-2027")
    with pytest.raises(NotAllowed):
        enrol(learner)
    assert state_of(learner) is None


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"opens_at": HOUR}, "Enrolment opens on"),
        ({"closes_at": -HOUR}, "Enrolment closed on"),
        ({"ends_at": -HOUR}, "This kit ended on"),
        ({"opens_at": -3 * HOUR, "closes_at": HOUR, "ends_at": 2 * HOUR}, None),
    ],
)
def test_the_dates_are_kept_and_said(learner, terms, dates, words):
    terms(**{name: timezone.now() + distance for name, distance in dates.items()})
    if words is None:
        assert enrol(learner).state == State.ACTIVE
        return
    with pytest.raises(NotAllowed, match=words):
        enrol(learner)


# With a code -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["Spring-2027", "  spring 2027 ", "SPRING2O27", "sprıng".replace("ı", "i") + "2027"])
def test_case_blanks_and_letters_that_look_alike_do_not_matter(learner, terms, typed):
    terms(way=Way.CODE, code="spring-2027")
    assert enrolments.give_code(user=learner, kit_key=KIT, code=typed).way == Way.CODE


def test_accents_do_not_matter_in_a_code():
    assert fold_code("Κύκλος Ένα") == fold_code("ΚΥΚΛΟΣ ΕΝΑ")


@pytest.mark.parametrize("typed", ["", "---", "spring", "spring-2026"])
def test_a_wrong_code_is_said_and_changes_nothing(learner, terms, typed):
    terms(way=Way.CODE, code="spring-2027")
    with pytest.raises(NotAllowed, match="We do not know this code"):
        enrolments.give_code(user=learner, kit_key=KIT, code=typed)
    assert state_of(learner) is None


def test_a_code_opens_nothing_where_none_is_asked_for(learner, terms):
    terms(way=Way.APPROVAL, code="spring-2027")
    with pytest.raises(NotAllowed):
        enrolments.give_code(user=learner, kit_key=KIT, code="spring-2027")


# With an invitation ------------------------------------------------------------------------------------------------


@pytest.fixture
def invitation(terms, trainer):
    terms(way=Way.INVITATION)
    return make_invitations(kit_key=KIT, count=1, days=30, by=trainer)[0]


def test_an_invitation_is_handed_in_and_accepted(learner, invitation):
    assert enrolments.hand_in(user=learner, code=invitation.upper()).state == State.INVITED
    assert enrolments.hand_in(user=learner, code=invitation).state == State.INVITED
    assert enrol(learner).way == Way.INVITATION
    assert changes() == [("", "invited", "invited"), ("invited", "active", "accepted")]


def test_an_invitation_may_be_declined(learner, invitation):
    enrolments.hand_in(user=learner, code=invitation)
    enrolments.leave(user=learner, kit_key=KIT)
    assert changes()[-1] == ("invited", "left", "declined")
    with pytest.raises(NotAllowed):
        enrol(learner)


def test_an_invitation_is_for_one(learner, stranger, invitation):
    enrolments.hand_in(user=learner, code=invitation)
    with pytest.raises(NotAllowed, match="has been used already"):
        enrolments.hand_in(user=stranger, code=invitation)
    assert state_of(stranger) is None


def test_an_expired_invitation_is_said(learner, invitation):
    EnrolmentInvitation.objects.update(expires_at=timezone.now())
    with pytest.raises(NotAllowed, match="has expired"):
        enrolments.hand_in(user=learner, code=invitation)


@pytest.mark.parametrize("state", [State.ACTIVE, State.WAITING])
def test_who_is_in_does_not_use_up_an_invitation(learner, invitation, state):
    put(learner, state)
    with pytest.raises(NotAllowed):
        enrolments.hand_in(user=learner, code=invitation)
    assert EnrolmentInvitation.objects.get().used_at is None


@pytest.mark.parametrize("state", [State.REFUSED, State.REMOVED])
def test_an_invitation_is_the_way_back(learner, invitation, state):
    put(learner, state)
    enrolments.hand_in(user=learner, code=invitation)
    assert enrol(learner).state == State.ACTIVE


def test_only_the_digest_of_an_invitation_is_kept(invitation):
    assert invitation not in str(EnrolmentInvitation.objects.values().get())


# After a yes ----------------------------------------------------------------------------------------------------


def ask(user):
    return enrolments.ask(user=user, kit_key=KIT, called="Ana", line="From the first talk")


def test_a_yes_keeps_the_name_and_forgets_the_line(learner, trainer, terms):
    terms(way=Way.APPROVAL)
    enrolments.approve(enrolment=ask(learner), by=trainer)
    row = Enrolment.objects.get()
    assert (row.state, row.called, row.line, row.way) == (State.ACTIVE, "Ana", "", Way.APPROVAL)
    assert EnrolmentChange.objects.order_by("pk").last().by == trainer


def test_a_no_forgets_both_and_is_not_asked_again(learner, trainer, terms):
    terms(way=Way.APPROVAL)
    enrolments.refuse(enrolment=ask(learner), by=trainer)
    row = Enrolment.objects.get()
    assert (row.state, row.called, row.line) == (State.REFUSED, "", "")
    with pytest.raises(NotAllowed, match="could not give you a place"):
        ask(learner)


def test_an_answer_is_given_once(learner, trainer, terms):
    terms(way=Way.APPROVAL)
    asked = ask(learner)
    enrolments.refuse(enrolment=asked, by=trainer)
    with pytest.raises(NotAllowed):
        enrolments.approve(enrolment=asked, by=trainer)
    assert len(changes()) == 2


def test_staff_cannot_put_on_the_list_who_has_left(learner, trainer, terms):
    terms(way=Way.APPROVAL, capacity=0)
    left = put(learner, State.LEFT, Why.LEFT)
    with pytest.raises(NotAllowed):
        enrolments.approve(enrolment=left, by=trainer)
    assert state_of(learner) == State.LEFT


# Places ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def three(make_user):
    return [make_user(f"member-{n}") for n in range(3)]


def test_who_finds_no_place_stands_in_line_and_moves_up(three, terms):
    terms(capacity=1)
    first, second, third = three
    assert [enrol(user).state for user in three] == [State.ACTIVE, State.WAITING, State.WAITING]
    assert [row.number for row in Enrolment.objects.with_number().order_by("pk")] == [None, 1, 2]
    enrolments.leave(user=first, kit_key=KIT)
    assert [state_of(user) for user in three] == [State.LEFT, State.ACTIVE, State.WAITING]
    moved = Enrolment.objects.get(user=second)
    assert in_words(moved).text == "A place became free: you are enrolled."
    assert in_words(Enrolment.objects.with_number().get(user=third)).text == "You are number 1 on the waiting list."


def test_the_news_is_old_once_she_has_read_a_lesson(three, terms):
    row = put(three[0], State.ACTIVE, Why.FREED, last_at=timezone.now() + HOUR)
    assert in_words(row).text == ""


def test_without_a_waiting_list_a_full_kit_says_so(three, terms):
    terms(capacity=1, waiting_list=False)
    enrol(three[0])
    with pytest.raises(NotAllowed, match="All places are taken"):
        enrol(three[1])
    assert state_of(three[1]) is None


def test_a_newcomer_does_not_pass_those_who_wait(three, terms):
    terms(capacity=2)
    put(three[0], State.ACTIVE)
    put(three[1], State.WAITING)
    assert enrol(three[2]).state == State.WAITING


def test_removing_and_erasing_free_a_place_too(three, trainer, terms):
    terms(capacity=1)
    first, second, _third = three
    for user in three:
        enrol(user)
    enrolments.remove(enrolment=Enrolment.objects.get(user=first), by=trainer)
    assert state_of(second) == State.ACTIVE
    actions.leave_kit(user=second, kit_key=KIT, erase=True)
    assert [state_of(user) for user in three] == [State.REMOVED, None, State.ACTIVE]


def test_more_places_let_the_first_in_line_move_up(three, admin, terms):
    terms(capacity=1)
    for user in three:
        enrol(user)
    fields = dict.fromkeys(["opens_at", "closes_at", "ends_at"])
    enrolments.set_terms(kit_key=KIT, by=admin, way=Way.SELF, waiting_list=True, capacity=2, **fields)
    assert [state_of(user) for user in three] == [State.ACTIVE, State.ACTIVE, State.WAITING]
    with pytest.raises(NotAllowed):
        enrolments.set_terms(kit_key=KIT, by=admin, way=Way.SELF, waiting_list=True, capacity=1, **fields)
    assert EnrolmentTerms.objects.get().capacity == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("places", [1, 5])
def test_sixteen_at_once_get_exactly_the_places_there_are(make_user, terms, places):
    terms(capacity=places)
    users = [make_user(f"member-{n}") for n in range(16)]

    def run(user):
        try:
            return enrol(user).state
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        states = list(pool.map(run, users))
    assert sorted(states) == [State.ACTIVE] * places + [State.WAITING] * (16 - places)
    line = Enrolment.objects.with_number().filter(state=State.WAITING).order_by("number")
    assert [row.number for row in line] == list(range(1, 17 - places))
    assert EnrolmentChange.objects.count() == 16


@pytest.mark.django_db(transaction=True)
def test_one_woman_in_eight_windows_is_enrolled_once(learner):
    def run(_):
        try:
            return enrol(learner).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(run, range(8)))) == 1
    assert changes() == [("", "active", "started")]


# Marks and answers --------------------------------------------------------------------------------------------


def mark(user):
    actions.mark_lesson(user=user, lesson_key=LESSON, kit_key=KIT, done=True)


@pytest.mark.parametrize("state", [s for s in State if s not in {State.ACTIVE, State.LEFT}])
def test_nobody_slips_in_by_marking_a_lesson(learner, state):
    put(learner, state)
    with pytest.raises(NotAllowed):
        mark(learner)
    assert (state_of(learner), LessonProgress.objects.count()) == (state, 0)


@pytest.mark.parametrize("before", [None, State.LEFT])
@pytest.mark.parametrize(
    "fields", [{"way": Way.CODE}, {"way": Way.APPROVAL}, {"capacity": 0}, {"ends_at": timezone.now() - HOUR}]
)
def test_a_mark_begins_only_a_kit_that_is_open_to_all(learner, terms, before, fields):
    terms(**fields)
    put(learner, before, Why.LEFT)
    with pytest.raises(NotAllowed):
        mark(learner)
    assert (state_of(learner), LessonProgress.objects.count()) == (before, 0)


def test_after_the_last_day_nothing_new_is_kept_and_nothing_is_lost(learner, terms):
    mark(learner)
    terms(ends_at=timezone.now() - HOUR)
    with pytest.raises(NotAllowed, match="This kit ended on"):
        actions.mark_lesson(user=learner, lesson_key=UUID(int=9), kit_key=KIT, done=True)
    assert LessonProgress.objects.count() == 1


def test_an_active_learner_costs_one_statement(learner, terms):
    terms(way=Way.CODE)
    put(learner, State.ACTIVE)
    with CaptureQueriesContext(connection) as statements:
        enrolments.open_for_writing(user=learner, kit_key=KIT)
    assert len([each for each in statements if "SAVEPOINT" not in each["sql"]]) == 1


def test_the_last_day_ends_what_is_open_and_nothing_else(make_user, terms):
    terms(ends_at=timezone.now() - HOUR)
    users = {state: make_user(f"member-{state}") for state in State}
    for state, user in users.items():
        put(user, state)
    assert enrolments.end_kits() == 4
    assert {state: state_of(user) for state, user in users.items()} == {
        **dict.fromkeys([State.INVITED, State.REQUESTED, State.WAITING, State.ACTIVE, State.LEFT], State.LEFT),
        State.REFUSED: State.REFUSED,
        State.REMOVED: State.REMOVED,
    }
    assert enrolments.end_kits() == 0


@pytest.mark.parametrize("state", [State.REFUSED, State.REMOVED])
def test_erasing_her_record_does_not_undo_a_no(learner, state):
    put(learner, state, lessons_done=3, last_lesson_key=LESSON)
    Answer.objects.create(user=learner, kit_key=KIT, lesson_key=LESSON, block_id=KIT, client_id=KIT, body={"text": "x"})
    actions.leave_kit(user=learner, kit_key=KIT, erase=True)
    row = Enrolment.objects.get()
    assert (row.state, row.lessons_done, row.last_lesson_key, Answer.objects.count()) == (state, 0, None, 0)


@pytest.mark.parametrize("state", State)
def test_every_state_has_words(learner, state):
    words = in_words(put(learner, state))
    assert words.act
    assert words.text or state == State.ACTIVE
    assert "%" not in words.text


# What is told ------------------------------------------------------------------------------------------


def test_whoever_gets_a_free_place_is_told_so_each_time(learner, stranger, terms):
    terms(capacity=1, waiting_list=True)
    enrol(learner)
    enrol(stranger)
    assert not Notification.objects.exists()
    enrolments.leave(user=learner, kit_key=KIT)
    (row,) = Notification.objects.all()
    assert (row.user, row.kind, row.context) == (stranger, "place", {"kit": str(KIT)})
