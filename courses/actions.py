"""Writes to the learning record. Each is one transaction and may be repeated without harm."""

import json
from uuid import uuid5

from django.db import transaction
from django.utils import timezone

from courses import completion, enrolments
from courses.models import Answer, Completion, Enrolment, LessonProgress


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
        for model in (Answer, LessonProgress, Completion):
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


def keep_place(*, enrolment_id, lesson_key, block_id=None):
    """Remember where she reads; the next visit in any language goes on from here."""
    Enrolment.objects.filter(pk=enrolment_id).update(
        last_lesson_key=lesson_key, last_block_id=block_id, last_at=timezone.now()
    )


@transaction.atomic
def save_answer(*, user, kit_key, lesson_key, block_id, client_id, body, base=None):
    """Keep a version of her words and return it as an Answer.

    The same `client_id` with the same body is a replay and changes nothing. The same id with another body, or a version that
    does not follow from the one she last saw (`base`, its client id), leaves the present one beside the new one: both are shown.
    """
    place = {"lesson_key": lesson_key, "block_id": block_id}
    enrolment = lock_enrolment(user, kit_key)
    current = Answer.objects.for_block(user, **place).filter(state=Answer.State.CURRENT).first()
    earlier = find_replay(user, client_id, place, body) or same_words(current, body)
    if earlier:
        return earlier
    clash = Answer.objects.filter(user=user, client_id=client_id).exists()
    if current:
        follows = not clash and current.client_id == base
        current.state = Answer.State.REPLACED if follows or "chosen" in body else Answer.State.BESIDE
        current.save(update_fields=["state"])
    keep_place(enrolment_id=enrolment.pk, lesson_key=lesson_key, block_id=block_id)
    client_id = second_id(client_id, place, body) if clash else client_id
    return Answer.objects.create(user=user, kit_key=kit_key, client_id=client_id, body=body, **place)


def lock_enrolment(user, kit_key):
    """Her enrolment, held until the end of the transaction, so that two windows write one after the other."""
    enrolment = completion.lock_enrolment(user=user, kit_key=kit_key)
    if enrolment is None or enrolment.state != Enrolment.State.ACTIVE:
        enrol_learner(user=user, kit_key=kit_key)
        enrolment = completion.lock_enrolment(user=user, kit_key=kit_key)
    return enrolment


def find_replay(user, client_id, place, body):
    ids = [client_id, second_id(client_id, place, body)]
    rows = Answer.objects.for_block(user, **place).filter(client_id__in=ids)
    return next((row for row in rows if row.body == body), None)


def same_words(current, body):
    return current if current and current.body == body and "chosen" not in body else None


def second_id(client_id, place, body):
    """The id under which other words sent with a used id are kept: the same for the same words, so that a replay is found."""
    words = json.dumps([str(place["lesson_key"]), str(place["block_id"]), body], sort_keys=True)
    return uuid5(client_id, words)


@transaction.atomic
def delete_answer(*, user, lesson_key, block_id):
    """Delete what she wrote in a block with all older versions. Returns how many versions went."""
    return Answer.objects.for_block(user, lesson_key, block_id).delete()[0]


@transaction.atomic
def delete_version(*, user, lesson_key, block_id, client_id):
    """Delete one version that was kept beside the current one."""
    rows = Answer.objects.for_block(user, lesson_key, block_id)
    return rows.filter(client_id=client_id, state=Answer.State.BESIDE).delete()[0]
