"""Circles: who gets in, under what name, who moves up, and what remains."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses import cohort_work, cohorts
from courses.cohorts import NameTaken, by_code
from courses.enrolments import NotAllowed
from courses.models import (
    Attendance,
    Cohort,
    CohortSession,
    CohortTrainer,
    Enrolment,
    EnrolmentTerms,
    LessonProgress,
    Membership,
    PaperMark,
)
from hub.accounts.events import in_words, newest_events
from hub.notifications.models import Notification
from tests.circles import employ, let_join, make_circle_of

State, Part = Membership.State, CohortTrainer.Part


@pytest.fixture
def holder(trainer):
    return employ(trainer)


@pytest.fixture
def circle(holder, kit):
    return make_circle_of(holder, kit.key)


def told(user):
    return [row.context["act"] for row in Notification.objects.filter(user=user).order_by("pk")]


# Joining ---------------------------------------------------------------------------------------------------


def test_joining_enrols_her_in_the_kit(circle, learner, kit):
    hers = let_join(circle, learner, "Ana")
    assert (hers.state, hers.display_name, hers.shows_progress) == (State.MEMBER, "Ana", True)
    assert Enrolment.objects.active().for_kit(learner, kit.key).exists()


def test_a_second_press_changes_nothing(circle, learner):
    let_join(circle, learner, "Ana", shows=False)
    assert let_join(circle, learner, "Bea").display_name == "Ana"
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("name", ["Ana", "ANA", " ana  ", "Ａna"])
def test_a_name_is_given_once_in_a_circle(circle, learner, stranger, name):
    let_join(circle, learner, "Ana")
    with pytest.raises(NameTaken):
        let_join(circle, stranger, name)
    assert not Membership.objects.filter(user=stranger).exists()
    assert not Enrolment.objects.filter(user=stranger).exists()


def test_a_name_is_free_again_when_its_owner_left(circle, learner, stranger):
    let_join(circle, learner, "Ana")
    cohorts.leave(user=learner, cohort=circle)
    assert let_join(circle, stranger, "Ana").state == State.MEMBER


@pytest.mark.parametrize("way", ["code", "invitation", "approval"])
def test_a_circle_lets_her_into_a_kit_that_asks_first(circle, learner, kit, way):
    EnrolmentTerms.objects.create(kit_key=kit.key, way=way)
    let_join(circle, learner)
    assert Enrolment.objects.get(user=learner).state == "active"


def test_a_kit_that_has_ended_lets_nobody_join(circle, learner, kit):
    EnrolmentTerms.objects.create(kit_key=kit.key, ends_at=timezone.now() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        let_join(circle, learner)
    assert not Membership.objects.exists()


def test_whom_the_organisation_took_out_of_the_kit_comes_back_by_a_slip_only(circle, learner, kit):
    Enrolment.objects.create(user=learner, kit_key=kit.key, state="removed")
    with pytest.raises(NotAllowed):
        let_join(circle, learner)
    slip = circle.slips.create(digest="0" * 64, expires_at=timezone.now() + timedelta(days=1), display_name="Ana")
    cohorts.join(user=learner, cohort=circle, slip=slip, display_name="Ana", shows_progress=False)
    assert Enrolment.objects.get(user=learner).state == "active"
    slip.refresh_from_db()
    assert (bool(slip.used_at), slip.display_name) == (True, "")


def test_a_slip_works_once(circle, learner, stranger):
    slip = circle.slips.create(digest="0" * 64, expires_at=timezone.now() + timedelta(days=1))
    cohorts.join(user=learner, cohort=circle, slip=slip, display_name="Ana", shows_progress=False)
    with pytest.raises(NotAllowed, match="used already"):
        cohorts.join(user=stranger, cohort=circle, slip=slip, display_name="Bea", shows_progress=False)


@pytest.mark.parametrize(("field", "days", "words"), [("opens_at", 1, "cannot|yet"), ("closes_at", -1, "any more")])
def test_the_code_works_between_its_dates(circle, learner, field, days, words):
    setattr(circle, field, timezone.now() + timedelta(days=days))
    circle.save()
    with pytest.raises(NotAllowed, match=words):
        let_join(circle, learner)


def test_the_code_is_read_whatever_the_case_and_spaces(circle):
    code = cohorts.readable_code(circle.code)
    assert by_code(f" {code.upper().replace('-', ' ')} ")[0] == circle


def test_a_new_code_ends_the_one_before_and_a_closed_one_leads_nowhere(circle):
    before = circle.code
    after = cohorts.renew_code(cohort=circle).code
    assert (by_code(before), by_code(after)[0]) == (None, circle)
    cohorts.close_code(cohort=circle)
    assert (by_code(after), by_code("")) == (None, None)


# Places -----------------------------------------------------------------------------------------------------


def test_who_comes_when_all_places_are_taken_waits_and_moves_up(circle, learner, stranger, kit):
    cohorts.change_cohort(cohort=circle, capacity=1)
    let_join(circle, learner, "Ana")
    waits = let_join(circle, stranger, "Bea")
    assert waits.state == State.WAITING
    assert not Enrolment.objects.filter(user=stranger).exists()
    cohorts.leave(user=learner, cohort=circle)
    waits.refresh_from_db()
    assert waits.state == State.MEMBER
    assert Enrolment.objects.active().for_kit(stranger, kit.key).exists()
    assert told(stranger) == ["circle_place"]


def test_more_places_let_the_first_in_line_in(circle, learner, stranger, make_user):
    cohorts.change_cohort(cohort=circle, capacity=1)
    for number, user in enumerate([learner, stranger, make_user("third")]):
        let_join(circle, user, f"Name {number}")
    cohorts.change_cohort(cohort=circle, capacity=2)
    states = Membership.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["member", "member", "waiting"]


def test_fewer_places_than_members_are_refused(circle, learner, stranger):
    let_join(circle, learner, "Ana")
    let_join(circle, stranger, "Bea")
    with pytest.raises(NotAllowed):
        cohorts.change_cohort(cohort=circle, capacity=1)
    circle.refresh_from_db()
    assert circle.capacity is None


# Leaving, and the end ------------------------------------------------------------------------------------------


def test_leaving_takes_her_name_and_leaves_her_kit(circle, learner, kit):
    let_join(circle, learner, "Ana")
    cohorts.leave(user=learner, cohort=circle)
    row = Membership.objects.get()
    assert (row.state, row.display_name, row.folded_name, row.shows_progress) == ("left", "", "", False)
    assert Enrolment.objects.active().for_kit(learner, kit.key).exists()


def test_the_database_keeps_no_name_of_who_is_out(circle, learner):
    let_join(circle, learner, "Ana")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.update(state=State.LEFT)


def test_who_is_taken_out_is_told(circle, learner):
    cohorts.remove(membership=let_join(circle, learner))
    assert (Membership.objects.get().state, told(learner)) == (State.LEFT, ["circle_removed"])


def test_closing_keeps_numbers_and_no_name(circle, learner, stranger, kit):
    let_join(circle, learner, "Ana")
    hers = let_join(circle, stranger, "Bea")
    Enrolment.objects.filter(user=stranger).update(last_at=timezone.now(), completed_at=timezone.now())
    session = cohort_work.save_session(
        cohort=circle, number=1, starts_at=timezone.now() - timedelta(days=1), minutes=150, place="", link=""
    )
    cohort_work.enter_attendance(session=session, present={hers.pk: True})
    cohort_work.announce(cohort=circle, by=circle.made_by, text="Bring Ana's bread")
    closed = cohorts.close_cohort(cohort=circle)
    assert closed.counts == {"members": 2, "started": 1, "finished": 1, "sessions": 1, "hours": 2, "present": 1}
    assert set(Membership.objects.values_list("state", "display_name")) == {("ended", "")}
    assert (Attendance.objects.count(), closed.notices.count(), closed.code) == (0, 0, "")
    assert told(learner)[-1] == "circle_closed"


def test_in_a_closed_circle_nothing_can_be_written(circle, learner, stranger):
    let_join(circle, learner, "Ana")
    closed = cohorts.close_cohort(cohort=circle)
    acts = [
        lambda: let_join(closed, stranger, "Bea"),
        lambda: cohorts.renew_code(cohort=closed),
        lambda: cohorts.change_cohort(cohort=closed, title="Other"),
        lambda: cohort_work.announce(cohort=closed, by=closed.made_by, text="Hello"),
        lambda: cohort_work.note_list(cohort=closed, by=closed.made_by),
        lambda: cohorts.close_cohort(cohort=closed),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


# Who holds it ------------------------------------------------------------------------------------------------------


def test_a_substitute_holds_it_until_her_last_day(circle, make_user):
    stand_in = employ(make_user("stand-in", "trainer"))
    today = timezone.localdate()
    cohorts.add_trainer(cohort=circle, user=stand_in, part=Part.SUBSTITUTE, until=today)
    assert list(Cohort.objects.held_by(stand_in)) == [circle]
    cohorts.add_trainer(cohort=circle, user=stand_in, part=Part.SUBSTITUTE, until=today - timedelta(days=1))
    assert list(Cohort.objects.held_by(stand_in)) == []


@pytest.mark.parametrize(("stays", "held"), [(True, 1), (False, 0)])
def test_handing_over_gives_the_lead_to_one_colleague(circle, holder, make_user, stays, held):
    colleague = employ(make_user("colleague", "trainer"))
    cohorts.hand_over(cohort=circle, to=colleague, stays=stays)
    assert circle.trainers.get(part=Part.LEAD).user == colleague
    assert Cohort.objects.held_by(holder).count() == held


def test_who_left_the_organisation_holds_nothing(circle, holder):
    employ(holder, "Other partner")
    assert list(Cohort.objects.held_by(holder)) == []


# Paper ----------------------------------------------------------------------------------------------------------------


def enter(circle, ticked, was=()):
    today = timezone.localdate()
    pairs = set(ticked)
    return cohort_work.enter_paper(
        cohort=circle, by=circle.made_by, done_on=today, shown=pairs | set(was), ticked=pairs
    )


def test_a_tick_marks_her_lesson_and_she_reads_of_it(circle, learner, kit):
    hers, key = let_join(circle, learner), kit.lessons[0].key
    assert enter(circle, [(hers.pk, key)]) == (1, 0, set())
    assert LessonProgress.objects.get(user=learner).lesson_key == key
    assert Enrolment.objects.get(user=learner).lessons_done == 1
    assert "entered for you" in str(in_words(newest_events(learner)[0]))


def test_the_same_ticks_twice_enter_nothing_new(circle, learner, kit):
    hers = let_join(circle, learner)
    pairs = [(hers.pk, line.key) for line in kit.lessons]
    assert (enter(circle, pairs), enter(circle, pairs)) == ((2, 0, set()), (0, 0, set()))


def test_taking_a_tick_back_leaves_what_she_marked_herself(circle, learner, kit):
    hers, (first, second) = let_join(circle, learner), [line.key for line in kit.lessons]
    LessonProgress.objects.create(user=learner, kit_key=kit.key, lesson_key=first)
    both = [(hers.pk, first), (hers.pk, second)]
    enter(circle, both)
    assert enter(circle, [], was=both) == (0, 2, set())
    assert list(LessonProgress.objects.values_list("lesson_key", flat=True)) == [first]
    assert Enrolment.objects.get(user=learner).lessons_done == 1


def test_nobody_is_entered_who_is_not_in_the_circle_or_the_kit(circle, learner, stranger, holder, kit):
    key = kit.lessons[0].key
    other = let_join(make_circle_of(holder, kit.key, title="Other"), stranger)
    EnrolmentTerms.objects.create(kit_key=kit.key, way="invitation")
    hers = let_join(circle, learner)
    Enrolment.objects.filter(user=learner).update(state="left")
    assert enter(circle, [(other.pk, key), (hers.pk, key)]) == (0, 0, {hers.pk})
    assert (PaperMark.objects.count(), LessonProgress.objects.count()) == (0, 0)


# Sessions, messages, lists ----------------------------------------------------------------------------------------------


def test_two_sessions_never_share_a_number(circle):
    fields = {"starts_at": timezone.now(), "minutes": 150, "place": "", "link": ""}
    cohort_work.save_session(cohort=circle, number=1, **fields)
    with pytest.raises(NotAllowed):
        cohort_work.save_session(cohort=circle, number=1, **fields)
    assert CohortSession.objects.count() == 1


def test_a_message_is_told_once_without_its_words(circle, learner):
    let_join(circle, learner)
    for _press in range(2):
        cohort_work.announce(cohort=circle, by=circle.made_by, text="We meet in room 3")
    row = Notification.objects.get(user=learner)
    assert (row.context, row.path) == ({"circle": circle.pk, "act": "circle_notice"}, f"my/circles/{circle.pk}/")


def test_each_woman_on_a_list_that_is_taken_out_is_told_and_finds_it_under_her_account(circle, learner, holder):
    let_join(circle, learner)
    cohort_work.note_list(cohort=circle, by=holder)
    event = newest_events(learner)[0]
    assert ("taken out" in str(in_words(event)), event.actor_role) == (True, "trainer")
    assert told(learner) == ["circle_list"]
