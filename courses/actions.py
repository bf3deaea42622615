"""Writes to the learning record. Each is one transaction and may be repeated without harm."""

from django.db import transaction
from django.utils import timezone

from courses import completion, enrolments
from courses.models import Answer, Completion, Enrolment, Goal, LessonProgress


def enrol_learner(*, user, kit_key):
    """Her active enrolment. A kit that is open to all is begun with it, or taken up again with all that was kept.

    Raises courses.enrolments.NotAllowed where she has to enrol first.
    """
    return enrolments.open_for_writing(user=user, kit_key=kit_key)


@transaction.atomic
def leave_kit(*, user, kit_key, erase):
    """Take the kit out of her list; `erase` also deletes everything she did and wrote in it."""
    enrolments.leave(user=user, kit_key=kit_key)
    if erase:
        for model in (Answer, LessonProgress, Completion, Goal):
            model.objects.filter(user=user, kit_key=kit_key).delete()
        enrolments.forget(user=user, kit_key=kit_key)


@transaction.atomic
def mark_lesson(*, user, lesson_key, kit_key, done):
    """Mark a lesson as done or not done; the keys of the module and kit that are completed by it."""
    enrolment = lock_enrolment(user, kit_key)
    if done:
        row = LessonProgress(user=user, lesson_key=lesson_key, kit_key=kit_key)
        LessonProgress.objects.bulk_create([row], ignore_conflicts=True)
    else:
        LessonProgress.objects.filter(user=user, lesson_key=lesson_key).delete()
    return completion.update_progress(user=user, kit_key=kit_key, enrolment=enrolment)


@transaction.atomic
def mark_lessons(*, user, lesson_keys, kit_key):
    """Mark lessons as done; the keys of those that were not. Raises courses.enrolments.NotAllowed where she is not enrolled."""
    enrolment = lock_enrolment(user, kit_key)
    there = set(
        LessonProgress.objects.filter(user=user, lesson_key__in=lesson_keys).values_list("lesson_key", flat=True)
    )
    new = [LessonProgress(user=user, lesson_key=key, kit_key=kit_key) for key in lesson_keys if key not in there]
    LessonProgress.objects.bulk_create(new, ignore_conflicts=True)
    completion.update_progress(user=user, kit_key=kit_key, enrolment=enrolment)
    return {row.lesson_key for row in new}


@transaction.atomic
def unmark_lessons(*, user, lesson_keys, kit_key):
    """As if they had never been marked, whether or not she is still enrolled."""
    enrolment = Enrolment.objects.select_for_update().for_kit(user, kit_key).first()
    LessonProgress.objects.filter(user=user, lesson_key__in=lesson_keys).delete()
    completion.update_progress(user=user, kit_key=kit_key, enrolment=enrolment)


def keep_place(*, enrolment_id, lesson_key, block_id=None):
    """Remember where she reads; the next visit in any language goes on from here."""
    Enrolment.objects.filter(pk=enrolment_id).update(
        last_lesson_key=lesson_key, last_block_id=block_id, last_at=timezone.now()
    )


def lock_enrolment(user, kit_key):
    """Her enrolment, held until the end of the transaction, so that two windows write one after the other."""
    return enrolments.open_for_writing(user=user, kit_key=kit_key)
