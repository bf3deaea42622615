"""Her answers: what is kept, what is shown, and what is gone, whatever arrives twice, late or in another order."""

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses import answers
from courses.models import Answer, Enrolment, ForgottenAnswer
from courses.versions import new_id

KIT, LESSON, OTHER_LESSON, BLOCK = (UUID(int=n) for n in range(1, 5))
PLACE = {"lesson_key": LESSON, "block_id": BLOCK}
pytestmark = pytest.mark.django_db


def save(user, text, *, client_id=None, base=None, **fields):
    return answers.save_answer(
        user=user,
        kit_key=KIT,
        lesson_key=LESSON,
        block_id=BLOCK,
        client_id=client_id or new_id(after=base),
        body={"text": text, "how": ""},
        base=base,
        **fields,
    )


def versions(user):
    return [(row.body["text"], row.state) for row in Answer.objects.filter(user=user).order_by("pk")]


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


def test_the_same_words_again_are_shown_once(learner):
    first = save(learner, "same")
    save(learner, "same", base=first.client_id)
    save(learner, "same")
    assert versions(learner) == [("same", "replaced"), ("same", "replaced"), ("same", "current")]


def test_a_new_try_at_a_question_takes_the_place_of_the_last_one(learner):
    for chosen in (["a"], ["b"], ["b"]):
        answers.save_answer(
            user=learner, kit_key=KIT, **PLACE, client_id=new_id(), body={"chosen": chosen}, kind="question"
        )
    assert Answer.objects.shown().filter(user=learner).values_list("body__chosen", flat=True).get() == ["b"]


def test_a_version_that_comes_after_the_one_that_follows_it_is_an_older_one(learner):
    first, second = new_id(), new_id()
    save(learner, "two", client_id=second, base=first)
    save(learner, "one", client_id=first)
    assert versions(learner) == [("two", "current"), ("one", "replaced")]


def test_a_fast_clock_does_not_keep_later_words_out_of_the_field(learner):
    ahead = UUID(int=(2**47) << 80)
    save(learner, "written next year", client_id=ahead)
    save(learner, "written now", base=ahead)
    assert versions(learner) == [("written next year", "replaced"), ("written now", "current")]


def test_a_version_remembers_its_kind_whether_it_counts_and_when_it_was_replaced(learner):
    first = answers.save_answer(
        user=learner, kit_key=KIT, **PLACE, client_id=new_id(), body={"ticked": []}, kind="checklist", counts=True
    )
    assert (first.kind, first.counts, first.replaced_at) == ("checklist", True, None)
    save(learner, "next", base=first.client_id)
    first.refresh_from_db()
    assert (timezone.now() - first.replaced_at).total_seconds() < 5


def test_her_counters_follow_each_answer(learner):
    save(learner, "counted", counts=True)
    enrolment = Enrolment.objects.get(user=learner)
    assert enrolment.reflections_done == 1
    answers.delete_answer(user=learner, **PLACE)
    enrolment.refresh_from_db()
    assert enrolment.reflections_done == 0


def test_an_older_version_is_brought_back_as_a_new_one(learner):
    first = save(learner, "one", counts=True)
    second = save(learner, "two", base=first.client_id)
    back = answers.restore_version(user=learner, **PLACE, client_id=first.client_id, new_id=new_id())
    assert (back.base, back.counts) == (second.client_id, True)
    assert versions(learner) == [("one", "replaced"), ("two", "replaced"), ("one", "current")]


def test_only_an_older_version_of_hers_is_brought_back(learner, stranger):
    first = save(stranger, "another's")
    save(stranger, "later", base=first.client_id)
    mine = save(learner, "mine")
    for client_id in (first.client_id, mine.client_id, uuid4()):
        with pytest.raises(Answer.DoesNotExist):
            answers.restore_version(user=learner, **PLACE, client_id=client_id, new_id=new_id())


def test_what_she_deleted_does_not_come_back_with_a_late_copy(learner):
    first = save(learner, "gone")
    on_its_way = new_id()
    answers.delete_answer(user=learner, **PLACE, unsent=[on_its_way])
    assert save(learner, "gone", client_id=first.client_id) is None
    assert save(learner, "gone too", client_id=on_its_way) is None
    assert versions(learner) == []
    assert not ForgottenAnswer.objects.exclude(user=learner).exists()


def test_an_older_version_is_deleted_with_those_before_it(learner):
    first = save(learner, "one")
    second = save(learner, "two", base=first.client_id)
    third = save(learner, "three", base=second.client_id)
    save(learner, "four", base=third.client_id)
    assert answers.delete_version(user=learner, **PLACE, client_id=second.client_id) == 2
    assert versions(learner) == [("three", "replaced"), ("four", "current")]


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
