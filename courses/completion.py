"""Completion: what is derived from the record, kept beside it in the transaction of each write.

A module or kit is completed once, by the rules of that day (courses/rules.py), and stays so: when rules change, when lessons are
added, and when she takes a mark back. Only erasing takes it away.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.db import transaction
from django.utils import timezone

from courses.done import done_in, record_rows, rows_of
from courses.models import Completion, Enrolment
from courses.questions.kinds import CHECKED, is_right
from courses.rules import GROUPS, kit_rules, newly_completed

BATCH = 200  # enrolments that are made anew in one transaction: others may write in between
COUNTERS = {
    "lessons": "lessons_done",
    "checks": "checks_passed",
    "reflections": "reflections_done",
    "checklists": "checklists_done",
}


def counts(part, body):
    """Whether an answer to a part of a lesson (courses/pieces.py) counts as done: never by what a reflection says."""
    if part["kind"] == "reflection":
        return bool(body.get("how"))
    if part["kind"] == "checklist":
        items = {item["id"] for item in part["items"]}
        return bool(items) and items <= set(body.get("ticked", []))
    if part["kind"] in CHECKED:  # a question of a quiz does not count by itself: the quiz does
        return not part.get("quiz") and is_right(part, body)
    return part["kind"] == "quiz" and is_right(part, body)


# Writing -------------------------------------------------------------------------------------------


def counters_of(rows):
    """{field of Enrolment: number}: what she has done, on show or not, so that no change of a page makes it wrong."""
    found = Counter("lessons" if row[2] == "lesson" else GROUPS.get(row[2]) for row in rows)
    return {name: found[what] for what, name in COUNTERS.items()}


@transaction.atomic(savepoint=False)
def update_progress(*, user, kit_key, enrolment=None):
    """Bring counters and completions of one enrolment up to her record; the keys of what is completed by it.

    To be called in the transaction of every write to her record, after it. `enrolment` is her row if the caller has locked it
    before writing: two windows then count one after the other. Two statements, three when something is completed.
    """
    enrolment = enrolment or lock_enrolment(user=user, kit_key=kit_key)
    if enrolment is None:
        return []
    rows = rows_of(user, kit_key)
    new, changed = what_is_due(enrolment, rows)
    Completion.objects.bulk_create(new, ignore_conflicts=True)
    if changed:
        Enrolment.objects.filter(pk=enrolment.pk).update(**changed)
    return [row.key for row in new]


def lock_enrolment(*, user, kit_key):
    return Enrolment.objects.for_kit(user, kit_key).select_for_update().first()


def what_is_due(enrolment, rows):
    """([Completion] to keep, {field of the enrolment: value} to write) by the rows of her record in this kit."""
    done = done_in(rows)
    new = [completion(enrolment, rules) for rules in newly_completed(kit_rules(enrolment.kit_key), done)]
    completed = done.completed | {row.key: row.completed_at for row in new}
    wanted = {**counters_of(rows), "completed_at": completed.get(enrolment.kit_key)}
    return new, {name: value for name, value in wanted.items() if getattr(enrolment, name) != value}


def completion(enrolment, rules):
    """A row that says by which rules: how many were asked for, of how many there were."""
    kept = {what: [number, len(rules.has[what])] for what, number in rules.needs.items() if number}
    who = {"user_id": enrolment.user_id, "kit_key": enrolment.kit_key}
    return Completion(**who, key=rules.key, rules=kept, completed_at=timezone.now())


# Making it anew --------------------------------------------------------------------------------------


@dataclass
class Rebuilt:
    """How many enrolments were looked at, and of how many something had to be put right."""

    looked_at: int = 0
    corrected: int = 0
    completed: int = 0


def rebuild(*, enrolments, dry_run=False, progress=lambda keys: keys):
    """Make counters anew from the record, and complete what today's rules find complete; nothing is uncompleted.

    `enrolments` is a QuerySet; `progress` passes on the list of batches and shows how far it is. Returns Rebuilt.
    """
    rebuilt = Rebuilt()
    for kit_key, first, last in progress(batches(enrolments)):
        with transaction.atomic():
            rows = enrolments.filter(kit_key=kit_key, pk__gte=first, pk__lte=last)
            rebuild_batch(list(rows.select_for_update()), kit_key, rebuilt, dry_run=dry_run)
    return rebuilt


def batches(enrolments):
    """[(kit key, first id, last id)] with BATCH enrolments at most in each."""
    found = []
    keys = enrolments.order_by("kit_key", "pk").values_list("kit_key", "pk")
    for kit_key, rows in groupby(keys, key=itemgetter(0)):
        ids = [pk for _kit, pk in rows]
        found += [(kit_key, ids[n], ids[min(n + BATCH, len(ids)) - 1]) for n in range(0, len(ids), BATCH)]
    return found


def rebuild_batch(enrolments, kit_key, rebuilt, *, dry_run):
    by_user = defaultdict(list)
    for row in record_rows(user__in=[row.user_id for row in enrolments], kit_key=kit_key):
        by_user[row[0]].append(row)
    new, wrong = [], []
    for enrolment in enrolments:
        due, changed = what_is_due(enrolment, by_user[enrolment.user_id])
        for name, value in changed.items():
            setattr(enrolment, name, value)
        new += due
        wrong += [enrolment] if due or changed else []
    rebuilt.looked_at += len(enrolments)
    rebuilt.corrected += len(wrong)
    rebuilt.completed += len(new)
    if not dry_run:
        Completion.objects.bulk_create(new, BATCH, ignore_conflicts=True)
        Enrolment.objects.bulk_update(wrong, [*COUNTERS.values(), "completed_at"])
