"""What is entered for a circle as a whole: its sessions, who was present, lessons done on paper, messages, lists taken out."""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from courses import actions
from courses.cohorts import lock, tell_circle
from courses.enrolment_words import NotAllowed
from courses.models import Attendance, CohortNotice, CohortSession, Membership, PaperMark
from hub.accounts.events import event, note
from hub.accounts.models import AccountEvent

AN_HOUR = timedelta(hours=1)
AT_ONCE = 1_000


@transaction.atomic
def save_session(*, cohort, session=None, **fields):
    """A new session, or the same one at another time. NotAllowed when its number is taken."""
    lock(cohort)
    taken = CohortSession.objects.filter(cohort=cohort, number=fields["number"])
    if taken.exclude(pk=session.pk if session else None).exists():
        raise NotAllowed("session number")
    session = session or CohortSession(cohort=cohort)
    for name, value in fields.items():
        setattr(session, name, value)
    session.save()
    return session


@transaction.atomic
def enter_attendance(*, session, present):
    """`present`: {id of a membership: True, False, or None for not entered}."""
    lock(session.cohort)
    members = Membership.objects.here().filter(cohort=session.cohort_id, pk__in=present)
    rows = {pk: present[pk] for pk in members.values_list("pk", flat=True)}
    Attendance.objects.filter(session=session, membership__in=rows).delete()
    kept = [Attendance(session=session, membership_id=pk, present=was) for pk, was in rows.items() if was is not None]
    Attendance.objects.bulk_create(kept)


@transaction.atomic
def announce(*, cohort, by, text):
    """A message to all who are in the circle now. The same words within an hour are the same message."""
    found = lock(cohort)
    same = found.notices.filter(text=text, made_at__gt=timezone.now() - AN_HOUR).first()
    if same:
        return same
    notice = CohortNotice.objects.create(cohort=found, text=text, made_by=by)
    members = list(found.memberships.here().exclude(user=by).values_list("user_id", flat=True))
    tell_circle(found, members, "circle_notice", f"circle-notice:{notice.pk}")
    return notice


# Paper ---------------------------------------------------------------------------------------------------


@transaction.atomic
def enter_paper(*, cohort, by, done_on, shown, ticked):
    """Ticks of a whole group: lessons done on paper. `shown` and `ticked` are sets of (id of a membership, lesson key).

    What was shown and is not ticked is taken back, and with it only what a tick had made. Returns (entered, taken back, ids of the
    memberships of those who could not be entered, because they are not enrolled in the kit).
    """
    lock(cohort)
    members = {row.pk: row for row in members_among({pk for pk, _key in shown}, cohort)}
    there = paper_marks(cohort, members)
    shown = {pair for pair in shown if pair[0] in members}
    new, gone = (ticked & shown) - there.keys(), (shown - ticked) & there.keys()
    refused = {pk for pk, keys in by_member(new).items() if not tick(cohort, members[pk], keys, by, done_on)}
    for pk, keys in by_member(gone).items():
        take_back(cohort, members[pk], keys, there)
    entered = {pair for pair in new if pair[0] not in refused}
    note_paper([members[pk].user for pk in sorted({pk for pk, _key in entered | gone})], by, cohort)
    return len(entered), len(gone), refused


def members_among(ids, cohort):
    return Membership.objects.here().filter(cohort=cohort, pk__in=ids).select_related("user").order_by("user")


def paper_marks(cohort, members):
    """{(id of a membership, lesson key): PaperMark} of these memberships ({id: Membership})."""
    of_user = {row.user_id: pk for pk, row in members.items()}
    rows = PaperMark.objects.filter(cohort=cohort, user__in=of_user)
    return {(of_user[row.user_id], row.lesson_key): row for row in rows}


def by_member(pairs):
    found = defaultdict(list)
    for pk, key in sorted(pairs, key=str):
        found[pk].append(key)
    return found


def tick(cohort, member, keys, by, done_on):
    """Whether it was entered: who is not enrolled in the kit keeps no marks."""
    try:
        made = actions.mark_lessons(user=member.user, lesson_keys=keys, kit_key=cohort.kit_key)
    except NotAllowed:
        return False
    values = {"user": member.user, "cohort": cohort, "done_on": done_on, "entered_by": by}
    PaperMark.objects.bulk_create([PaperMark(lesson_key=key, made_mark=key in made, **values) for key in keys])
    return True


def take_back(cohort, member, keys, there):
    marks = [there[member.pk, key] for key in keys]
    PaperMark.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    made = [mark.lesson_key for mark in marks if mark.made_mark]
    actions.unmark_lessons(user=member.user, lesson_keys=made, kit_key=cohort.kit_key)


def note_paper(users, by, cohort):
    """Each reads under her account that it was entered, and by whom in a role."""
    about = {"kind": AccountEvent.Kind.PAPER_ENTERED, "actor": by, "organisation": cohort.organisation}
    AccountEvent.objects.bulk_create([event(user=user, **about) for user in users])


# Lists ----------------------------------------------------------------------------------------------------


@transaction.atomic
def note_list(*, cohort, by):
    """A list of the members leaves the hub: each of them is told, and reads it among what happened with her account."""
    found = lock(cohort)
    members = found.memberships.here().exclude(user=by).select_related("user").order_by("user")
    users = [row.user for row in members]
    about = {"kind": AccountEvent.Kind.LIST_TAKEN, "actor": by, "organisation": found.organisation}
    AccountEvent.objects.bulk_create([event(user=user, **about) for user in users], batch_size=AT_ONCE)
    made = note(user=None, **about, detail=len(users))
    tell_circle(found, [user.pk for user in users], "circle_list", f"circle-list:{made.pk}")
