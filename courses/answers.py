"""Writes to her answers. Each is one transaction and may be repeated, late and in any order, without harm."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from courses.actions import lock_enrolment
from courses.completion import update_progress
from courses.models import Answer, ForgottenAnswer
from courses.versions import WORDS, State, digest_of, second_id, settle

KNOWN_BY = "pk lesson_key block_id client_id base digest state".split()


@transaction.atomic
def save_answer(
    *, user, kit_key, lesson_key, block_id, client_id, body, base=None, kind="reflection", counts=False, moves=True
):
    """Keep a version of her words and return it as an Answer; None when it is a late copy of one that she has deleted.

    The same `client_id` with the same body is a replay and changes nothing. The same id with another body, or a version that does
    not follow from the one she last saw (`base`, its id), leaves the present one beside the new one: both are shown
    (courses/versions.py). `kind` and `counts` are kept with it: see Answer. It becomes her place in the kit
    unless `moves` is off. Raises courses.enrolments.NotAllowed.
    """
    place = {"lesson_key": UUID(str(lesson_key)), "block_id": UUID(str(block_id))}
    enrolment = lock_enrolment(user, kit_key)
    ids = [client_id, second_id(client_id, place, body)]
    rows = read_versions(user, place, ids)
    digest = digest_of(body)
    if replay := find_replay(rows, place, ids, digest):
        replay.replayed = True
        return replay
    if ForgottenAnswer.objects.filter(user=user, client_id__in=ids).exists():
        return None
    new = Answer(
        user=user,
        kit_key=kit_key,
        client_id=ids[any(row.client_id == client_id for row in rows)],
        base=base,
        body=body,
        digest=digest,
        kind=kind,
        counts=counts,
        **place,
    )
    write(new, [row for row in rows if is_at(row, place)])
    if moves:
        set_place(enrolment, place)
    update_progress(user=user, kit_key=kit_key, enrolment=enrolment)
    return new


def read_versions(user, place, ids):
    """Her versions in a block, and those with one of these ids wherever they are, without their words."""
    in_block, with_id = Q(**place), Q(client_id__in=ids)
    rows = Answer.objects.filter(user=user)
    return list(rows.filter(in_block).only(*KNOWN_BY)) + list(rows.filter(with_id).exclude(in_block).only(*KNOWN_BY))


def is_at(row, place):
    return all(getattr(row, name) == value for name, value in place.items())


def find_replay(rows, place, ids, digest):
    return next((row for row in rows if row.client_id in ids and row.digest == digest and is_at(row, place)), None)


def write(new, rows):
    """Save the new version, after the states that change by it: no two rows of a block are current at any moment."""
    states = settle([*rows, new], side_by_side=new.kind in WORDS)
    now = timezone.now()
    moved = [row for row in rows if row.state != states[row.client_id]]
    for row in sorted(moved, key=lambda row: states[row.client_id] == State.CURRENT):
        set_state(row, states[row.client_id], now)
        row.save(update_fields=["state", "replaced_at"])
    set_state(new, states[new.client_id], now)
    new.save(force_insert=True)


def set_state(row, state, now):
    row.state = state
    row.replaced_at = now if state == State.REPLACED else None


def set_place(enrolment, place):
    """Remember where she reads; the next visit in any language goes on from here."""
    enrolment.last_lesson_key, enrolment.last_block_id = place["lesson_key"], place["block_id"]
    enrolment.last_at = timezone.now()
    enrolment.save(update_fields=["last_lesson_key", "last_block_id", "last_at"])


@transaction.atomic
def restore_version(*, user, lesson_key, block_id, client_id, new_id):
    """Write the words of an older version again, after those of now. Raises Answer.DoesNotExist."""
    rows = Answer.objects.for_block(user, lesson_key, block_id)
    old = rows.get(client_id=client_id, state=State.REPLACED)
    current = rows.filter(state=State.CURRENT).first()
    return save_answer(
        user=user,
        kit_key=old.kit_key,
        lesson_key=lesson_key,
        block_id=block_id,
        client_id=new_id,
        base=current and current.client_id,
        body=old.body,
        kind=old.kind,
        counts=old.counts,
    )


# Deleting ------------------------------------------------------------------------------------------


@transaction.atomic
def delete_answer(*, user, lesson_key, block_id, unsent=()):
    """Delete what she wrote in a block with all older versions. Returns how many versions went.

    `unsent` are ids of versions that her device was about to send: if one is on its way, it is not kept any more.
    """
    rows = Answer.objects.for_block(user, lesson_key, block_id)
    kit_keys = set(rows.values_list("kit_key", flat=True))
    count = forget(user, rows, unsent)
    for kit_key in kit_keys:
        update_progress(user=user, kit_key=kit_key)
    return count


@transaction.atomic
def delete_version(*, user, lesson_key, block_id, client_id):
    """Delete one version that was kept beside the current one, or an older version with all that are older still."""
    rows = Answer.objects.for_block(user, lesson_key, block_id)
    beside = rows.filter(client_id=client_id, state=State.BESIDE)
    return forget(user, beside) or forget(user, older_than(rows, client_id))


def older_than(rows, client_id):
    older = rows.filter(state=State.REPLACED)
    return older.filter(client_id__lte=client_id) if older.filter(client_id=client_id).exists() else older.none()


def forget(user, rows, unsent=()):
    """Delete these rows, and take none of the ids in `unsent` any more."""
    unseen = [ForgottenAnswer(user=user, client_id=client_id) for client_id in unsent]
    ForgottenAnswer.objects.bulk_create(unseen, ignore_conflicts=True)
    return rows.forget()
