"""The rules of the learning record."""

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from courses import actions, answers
from courses.models import Answer, Enrolment, LessonProgress

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
        actions.mark_lesson(user=user, lesson_key=LESSON, kit_key=KIT, done=True)
    actions.mark_lesson(user=learner, lesson_key=OTHER_LESSON, kit_key=UUID(int=99), done=True)
    actions.leave_kit(user=learner, kit_key=KIT, erase=True)
    assert versions(learner) == []
    assert list(LessonProgress.objects.filter(user=learner).values_list("lesson_key", flat=True)) == [OTHER_LESSON]
    assert versions(stranger) == [("words", "current")]


def test_a_lesson_marked_twice_is_done_once_and_can_be_undone(learner):
    for _ in range(2):
        actions.mark_lesson(user=learner, lesson_key=LESSON, kit_key=KIT, done=True)
    assert LessonProgress.objects.filter(user=learner).count() == 1
    actions.mark_lesson(user=learner, lesson_key=LESSON, kit_key=KIT, done=False)
    assert not LessonProgress.objects.filter(user=learner).exists()


def test_the_same_id_with_the_same_words_is_a_replay(learner):
    client_id = uuid4()
    first = save(learner, "once", client_id=client_id)
    assert save(learner, "once", client_id=client_id).pk == first.pk
    assert versions(learner) == [("once", "current")]


def test_a_replay_that_arrives_late_does_not_bring_old_words_back(learner):
    first = save(learner, "old")
    save(learner, "new", base=first.client_id)
    save(learner, "old", client_id=first.client_id)
    assert versions(learner) == [("old", "replaced"), ("new", "current")]


def test_the_same_id_with_other_words_keeps_both_and_shows_both(learner):
    client_id = uuid4()
    save(learner, "before going back", client_id=client_id)
    save(learner, "after going back", client_id=client_id)
    assert versions(learner) == [("before going back", "beside"), ("after going back", "current")]


def test_a_replay_of_other_words_under_a_used_id_is_counted_once(learner):
    client_id = uuid4()
    for text in ("one", "two", "two", "one", "two"):
        save(learner, text, client_id=client_id)
    assert versions(learner) == [("one", "beside"), ("two", "current")]


def test_two_persons_may_make_the_same_id(learner, stranger):
    client_id = uuid4()
    save(learner, "hers", client_id=client_id)
    save(stranger, "another's", client_id=client_id)
    assert versions(learner) == [("hers", "current")]
    assert versions(stranger) == [("another's", "current")]


def test_a_version_that_follows_replaces_the_one_before(learner):
    first = save(learner, "one")
    second = save(learner, "two", base=first.client_id)
    save(learner, "three", base=second.client_id)
    assert versions(learner) == [("one", "replaced"), ("two", "replaced"), ("three", "current")]


def test_words_from_another_window_are_kept_beside(learner):
    first = save(learner, "at first")
    save(learner, "window one", base=first.client_id)
    save(learner, "window two", base=first.client_id)
    assert versions(learner) == [("at first", "replaced"), ("window one", "beside"), ("window two", "current")]


def test_the_same_words_again_are_not_a_new_version(learner):
    first = save(learner, "same")
    save(learner, "same", base=first.client_id)
    assert versions(learner) == [("same", "current")]


def test_a_new_try_at_a_question_replaces_the_last_one(learner):
    for chosen in (["a"], ["b"], ["b"]):
        answers.save_answer(
            user=learner, kit_key=KIT, lesson_key=LESSON, block_id=BLOCK, client_id=uuid4(), body={"chosen": chosen}
        )
    assert Answer.objects.shown().filter(user=learner).values_list("body__chosen", flat=True).get() == ["b"]


def test_deleting_takes_all_versions_and_nothing_of_others(learner, stranger):
    first = save(learner, "one")
    save(learner, "two", base=first.client_id)
    save(stranger, "another's")
    assert answers.delete_answer(user=learner, lesson_key=LESSON, block_id=BLOCK) == 2
    assert answers.delete_answer(user=learner, lesson_key=LESSON, block_id=BLOCK) == 0
    assert versions(stranger) == [("another's", "current")]


def test_only_a_version_beside_can_be_deleted_alone(learner):
    save(learner, "one")
    save(learner, "two")
    beside, current = Answer.objects.filter(user=learner).order_by("pk")
    place = {"user": learner, "lesson_key": LESSON, "block_id": BLOCK}
    assert answers.delete_version(**place, client_id=current.client_id) == 0
    assert answers.delete_version(**place, client_id=beside.client_id) == 1
    assert versions(learner) == [("two", "current")]


def test_saving_keeps_her_place(learner):
    save(learner, "here")
    enrolment = Enrolment.objects.get(user=learner)
    assert (enrolment.last_lesson_key, enrolment.last_block_id) == (LESSON, BLOCK)


@pytest.mark.parametrize("fields", [{}, {"client_id": uuid4()}])
def test_the_database_refuses_a_second_current_answer_and_a_used_id(learner, fields):
    row = save(learner, "one")
    again = {
        "user": learner,
        "kit_key": KIT,
        "lesson_key": LESSON,
        "block_id": BLOCK,
        "body": {},
        "client_id": row.client_id,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(**{**again, **fields})
