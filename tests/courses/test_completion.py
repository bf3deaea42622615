"""Counters and completions beside the record: right after every write, in the same transaction, and the same when made anew."""

from itertools import count
from unittest.mock import Mock
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses import actions, answers
from courses.completion import COUNTERS, counts, rebuild, update_progress
from courses.models import Answer, Completion, Enrolment, LessonProgress, ModulePage
from courses.queries import kit_outline
from hub.lib.stamp import touch
from tests.courses import small_kit
from tests.courses.small_kit import CHECKLIST, QUESTION, REFLECTION, RIGHT, TICK_A, TICK_B, WRONG, key

KIT, MODULE, ONE, TWO = key("small"), key("small-module"), key("small-one"), key("small-two")
IDS = count(1)  # the ids of versions rise, as those made on a device do
CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def mark(user, lesson, done=True):
    return actions.mark_lesson(user=user, lesson_key=lesson, kit_key=KIT, done=done)


def answer(user, kind="reflection", counts=True, lesson=ONE, block=REFLECTION):
    place = {"user": user, "kit_key": KIT, "lesson_key": lesson, "block_id": block}
    base = (
        Answer.objects.for_block(user, lesson, block)
        .filter(state="current")
        .values_list("client_id", flat=True)
        .first()
    )
    body = {"text": str(uuid4()), "how": ""} if kind == "reflection" else {"chosen": []}
    return answers.save_answer(**place, client_id=UUID(int=next(IDS)), body=body, base=base, kind=kind, counts=counts)


def counters(user):
    return tuple(Enrolment.objects.values_list(*COUNTERS.values()).get(user=user, kit_key=KIT))


def completed(user):
    return set(Completion.objects.filter(user=user).values_list("key", flat=True))


def ask_for(**needs):
    ModulePage.objects.filter(translation_key=MODULE, locale__language_code="en").update(**needs)
    touch()


# What counts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "right"),
    [({"text": "", "how": "head"}, True), ({"text": "much", "how": ""}, False), ({"text": ""}, False)],
)
def test_a_reflection_counts_when_she_says_so_whatever_stands_in_it(body, right):
    assert counts({"kind": "reflection"}, body) is right


@pytest.mark.parametrize(("ticked", "right"), [([TICK_A, TICK_B], True), ([TICK_A], False), ([], False)])
def test_a_checklist_counts_with_every_tick(ticked, right):
    part = {"kind": "checklist", "items": [{"id": TICK_A, "text": "a"}, {"id": TICK_B, "text": "b"}]}
    assert counts(part, {"ticked": ticked}) is right


def test_a_checklist_without_lines_does_not_count():
    assert counts({"kind": "checklist", "items": []}, {"ticked": []}) is False


@pytest.mark.parametrize(("choice", "passed"), [(RIGHT, 1), (WRONG, 0)])
def test_a_right_answer_counts_as_a_self_check(choice, passed, lesson, learner, learner_client):
    learner_client.post(f"/en/kits/record/lesson/{lesson.key}/{QUESTION}/check/", {"choice": choice})
    assert counters(learner) == (0, passed, 0, 0)


def test_what_she_does_in_a_lesson_is_counted(lesson, learner, learner_client):
    record = f"/en/kits/record/lesson/{lesson.key}"
    learner_client.post(f"{record}/{REFLECTION}/answer/", {"text": "", "how": "paper"})
    learner_client.post(f"{record}/{CHECKLIST}/answer/", {"ticked": [TICK_A, TICK_B]})
    learner_client.post(f"{record}/done/", {"done": "1"})
    assert counters(learner) == (1, 0, 1, 1)


# Completing ----------------------------------------------------------------------------------------


def test_the_last_lesson_completes_module_and_kit_and_says_by_which_rules(kit, learner):
    assert mark(learner, ONE) == []
    assert mark(learner, TWO) == [MODULE, KIT]
    assert dict(Completion.objects.values_list("key", "rules")) == {
        MODULE: {"lessons": [2, 2]},
        KIT: {"modules": [1, 1]},
    }
    enrolment = Enrolment.objects.get(user=learner)
    assert enrolment.completed_at == Completion.objects.get(key=KIT).completed_at


def test_marking_again_completes_nothing_twice(kit, learner):
    for lesson in (ONE, TWO):
        mark(learner, lesson)
    assert mark(learner, TWO) == []
    assert Completion.objects.count() == 2


def test_an_answer_may_complete_too(kit, learner):
    ask_for(needs_lessons=0, needs_checks=1)
    answer(learner, "question", counts=False, block=QUESTION)
    assert completed(learner) == set()
    answer(learner, "question", block=QUESTION)
    assert completed(learner) == {MODULE, KIT}


def test_what_was_completed_stays_when_a_mark_is_taken_back_or_the_rules_change(kit, learner):
    for lesson in (ONE, TWO):
        mark(learner, lesson)
    ask_for(needs_reflections=2)
    mark(learner, ONE, done=False)
    assert counters(learner) == (1, 0, 0, 0)
    assert completed(learner) == {MODULE, KIT}
    assert Completion.objects.get(key=MODULE).rules == {"lessons": [2, 2]}


def test_deleting_an_answer_counts_it_no_more(kit, learner):
    answer(learner)
    assert counters(learner) == (0, 0, 1, 0)
    answers.delete_answer(user=learner, lesson_key=ONE, block_id=REFLECTION)
    assert counters(learner) == (0, 0, 0, 0)


def test_only_what_she_did_is_counted_for_her(kit, learner, stranger):
    mark(stranger, ONE)
    mark(learner, TWO)
    assert counters(learner) == counters(stranger) == (1, 0, 0, 0)
    assert completed(learner) == set()


def test_leaving_with_erasure_takes_completions_too(kit, learner, stranger):
    for user in (learner, stranger):
        for lesson in (ONE, TWO):
            mark(user, lesson)
    actions.leave_kit(user=learner, kit_key=KIT, erase=True)
    assert completed(learner) == set()
    assert completed(stranger) == {MODULE, KIT}
    mark(learner, ONE)
    assert counters(learner) == (1, 0, 0, 0)


def test_mark_and_counters_are_one_transaction(kit, learner, monkeypatch):
    mark(learner, ONE)
    monkeypatch.setattr("courses.completion.rows_of", Mock(side_effect=RuntimeError))
    with pytest.raises(RuntimeError):
        mark(learner, TWO)
    assert LessonProgress.objects.count() == 1


# The price -----------------------------------------------------------------------------------------


def statements(client, lesson_key):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.post(f"/en/kits/record/lesson/{lesson_key}/done/", {"done": "1"}).status_code == 303
    return [query["sql"] for query in captured if not query["sql"].startswith(CONTROL)]


@pytest.fixture
def two_modules(indexes, kit):
    """The small kit with a second module of one lesson."""
    page = small_kit.KitPage.objects.get(pk=kit.pk)
    module = small_kit.add(page, ModulePage, "second", aim="More")
    small_kit.add(module, small_kit.LessonPage, "third-lesson", aim="Its aim", body=small_kit.lesson_body())
    touch()


def test_marking_a_lesson_costs_six_statements_and_seven_when_something_is_completed(
    two_modules, learner, learner_client
):
    for lesson in kit_outline("en", "small").lessons:
        learner_client.get(lesson.url)
    mark(learner, ONE, done=False)
    # session, user, her enrolment (locked), the mark, her record, the counters; then one for all completions together
    assert len(statements(learner_client, ONE)) == 6
    assert len(statements(learner_client, TWO)) == 7
    assert len(statements(learner_client, key("third-lesson"))) == 7
    assert completed(learner) == {MODULE, key("second"), KIT}


# Making it anew ------------------------------------------------------------------------------------


def state(user):
    rows = Enrolment.objects.filter(user=user).values_list(*COUNTERS.values(), "completed_at")
    return list(rows), sorted(Completion.objects.filter(user=user).values_list("key", "rules__lessons", "completed_at"))


LESSONS, BLOCKS = st.sampled_from([ONE, TWO]), st.sampled_from([REFLECTION, CHECKLIST, QUESTION])
STEPS = st.one_of(
    st.tuples(st.just("mark"), LESSONS, st.booleans()),
    st.tuples(st.just("answer"), LESSONS, BLOCKS, st.booleans()),
    st.tuples(st.just("delete"), LESSONS, BLOCKS),
    st.tuples(
        st.just("rules"),
        st.sampled_from(["needs_lessons", "needs_checks", "needs_reflections"]),
        st.sampled_from([None, 0, 1]),
    ),
    st.tuples(st.just("leave"), st.booleans()),
    st.tuples(st.just("return")),
)
KINDS = {REFLECTION: "reflection", CHECKLIST: "checklist", QUESTION: "question"}


def take(user, step):
    what, *rest = step
    if what == "mark":
        mark(user, *rest)
    elif what == "answer":
        lesson, block, right = rest
        answer(user, KINDS[block], right, lesson, block)
    elif what == "delete":
        answers.delete_answer(user=user, lesson_key=rest[0], block_id=rest[1])
    elif what == "rules":
        ask_for(**{rest[0]: rest[1]})
    elif what == "leave":
        actions.leave_kit(user=user, kit_key=KIT, erase=rest[0])
    else:
        actions.enrol_learner(user=user, kit_key=KIT)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, max_size=14))
def test_what_is_made_anew_is_what_was_kept_after_any_history(steps, kit, learner):
    with transaction.atomic():
        for step in steps:
            take(learner, step)
        kept = state(learner)
        rebuild(enrolments=Enrolment.objects.all())
        anew = state(learner)
        assert [row[:4] for row in anew[0]] == [row[:4] for row in kept[0]]
        assert [row for row in kept[1] if row not in anew[1]] == []
        eased = any(step[0] == "rules" for step in steps)
        assert anew == kept or eased  # rules that were eased complete what was already done
        assert rebuild(enrolments=Enrolment.objects.all()).corrected == 0
        transaction.set_rollback(True)
    touch()


def spoil(user):
    """What a lost update or a hand in the database could leave behind."""
    Enrolment.objects.filter(user=user).update(lessons_done=7, checks_passed=7, completed_at=None)


def test_wrong_counters_are_put_right_and_others_left_alone(kit, learner, stranger):
    for user in (learner, stranger):
        for lesson in (ONE, TWO):
            mark(user, lesson)
    right = state(learner)
    spoil(learner)
    rebuilt = rebuild(enrolments=Enrolment.objects.all())
    assert (rebuilt.looked_at, rebuilt.corrected, rebuilt.completed) == (2, 1, 0)
    assert state(learner) == right


def test_a_dry_run_says_so_and_changes_nothing(kit, learner):
    mark(learner, ONE)
    spoil(learner)
    spoilt = state(learner)
    assert rebuild(enrolments=Enrolment.objects.all(), dry_run=True).corrected == 1
    assert state(learner) == spoilt


def test_what_lies_there_uncounted_is_completed(kit, learner):
    Enrolment.objects.create(user=learner, kit_key=KIT)
    LessonProgress.objects.bulk_create(LessonProgress(user=learner, kit_key=KIT, lesson_key=k) for k in (ONE, TWO))
    assert rebuild(enrolments=Enrolment.objects.all()).completed == 2
    assert counters(learner) == (2, 0, 0, 0)


@pytest.mark.parametrize("people", [1, 3])
def test_making_anew_costs_the_same_for_one_and_for_three(people, kit, make_user, django_assert_num_queries):
    for number in range(people):
        user = make_user(f"n{number}")
        mark(user, ONE)
        spoil(user)
    # keys, enrolments, records, update; and two for the transaction
    with django_assert_num_queries(6):
        assert rebuild(enrolments=Enrolment.objects.all()).corrected == people


def test_a_record_without_an_enrolment_is_left_alone(kit, learner):
    assert update_progress(user=learner, kit_key=UUID(int=5)) == []
