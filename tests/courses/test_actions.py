"""The rules of the learning record."""

from uuid import UUID, uuid4

import pytest

from courses import actions, answers
from courses.models import Answer, Enrolment, Goal, LessonProgress
from courses.plans import add_goal

KIT, LESSON, OTHER_LESSON, BLOCK = (UUID(int=n) for n in range(1, 5))
pytestmark = pytest.mark.django_db


def save(user, text, *, client_id=None, base=None):
    return answers.save_answer(
        user=user,
        kit_key=KIT,
        lesson_key=LESSON,
        block_id=BLOCK,
        client_id=client_id or uuid4(),
        body={"text": text, "how": ""},
        base=base,
    )


def versions(user):
    return [(row.body["text"], row.state) for row in Answer.objects.filter(user=user).order_by("pk")]


def test_enrolling_twice_makes_one_enrolment(learner):
    first = actions.enrol_learner(user=learner, kit_key=KIT)
    assert actions.enrol_learner(user=learner, kit_key=KIT).pk == first.pk


def test_enrolling_again_takes_up_a_kit_that_was_left(learner):
    save(learner, "mine")
    actions.leave_kit(user=learner, kit_key=KIT, erase=False)
    assert not Enrolment.objects.active().filter(user=learner).exists()
    assert actions.enrol_learner(user=learner, kit_key=KIT).state == Enrolment.State.ACTIVE
    assert versions(learner) == [("mine", "current")]


def test_leaving_with_erasure_takes_only_her_record_of_this_kit(learner, stranger):
    for user in (learner, stranger):
        save(user, "words")
        add_goal(user=user, kit_key=KIT, uid=uuid4(), text="A goal")
        actions.mark_lesson(user=user, lesson_key=LESSON, kit_key=KIT, done=True)
    actions.mark_lesson(user=learner, lesson_key=OTHER_LESSON, kit_key=UUID(int=99), done=True)
    actions.leave_kit(user=learner, kit_key=KIT, erase=True)
    assert versions(learner) == []
    assert list(LessonProgress.objects.filter(user=learner).values_list("lesson_key", flat=True)) == [OTHER_LESSON]
    assert versions(stranger) == [("words", "current")]
    assert [goal.user for goal in Goal.objects.all()] == [stranger]


def test_a_lesson_marked_twice_is_done_once_and_can_be_undone(learner):
    for _ in range(2):
        actions.mark_lesson(user=learner, lesson_key=LESSON, kit_key=KIT, done=True)
    assert LessonProgress.objects.filter(user=learner).count() == 1
    actions.mark_lesson(user=learner, lesson_key=LESSON, kit_key=KIT, done=False)
    assert not LessonProgress.objects.filter(user=learner).exists()
