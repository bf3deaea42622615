"""From the rows of the hub to the figures of its days, up to yesterday. What is written can be made again at any time."""

from collections import Counter, defaultdict
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Case, CharField, Count, F, Q, Sum, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from courses.models import Cohort, CohortSession, Enrolment, Membership, Why
from forums.models import Post, PostMark, Thread
from hub.accounts.roles import BY_RANK, Role
from hub.reports.models import DailyFigure, DailyVisit, SlipCount
from hub.reports.periods import ZONE, today

BATCH = 2_000
UNTIL = "until"  # the row that says up to which day everything was counted
DIMENSIONS = ["kit", "language", "role", "organisation"]
NAMES = ["figure", "day", *DIMENSIONS]
TAKEN_PART = Q(state__in=["active", "left", "removed"]) & ~Q(why__in=[Why.WITHDREW, Why.DECLINED, Why.REFUSED])
BEGUN = Q(last_at__isnull=False) | Q(lessons_done__gt=0)
IN_CIRCLE = Q(state__in=[Membership.State.MEMBER, Membership.State.ENDED])
READABLE = Q(hidden=False)
EVERYBODYS = "forum__cohort__isnull"


def daily(rows, moment, figure, number=None, **dimensions):
    """{(figure, day, kit, language, role, organisation): number} of rows; `dimensions` are expressions."""
    asked = {
        f"by_{name}": value if hasattr(value, "resolve_expression") else F(value) for name, value in dimensions.items()
    }
    found = (
        rows.annotate(on=TruncDate(moment, tzinfo=ZONE), **asked)
        .order_by()
        .values_list("on", *asked)
        .annotate(many=number or Count("pk"))
    )
    counts = Counter()
    for day, *values, many in found.iterator():
        about = dict(zip(dimensions, values, strict=True))
        counts[figure, day, *(text_of(name, about.get(name)) for name in DIMENSIONS)] += many
    return counts


def text_of(name, value):
    return int(value or 0) if name == "organisation" else str(value or "")


def role_by(user):
    """The leading role of the person that `user` names; empty for a learner. Staff are few, so their keys are given along."""
    cases = [When(**{f"{user}__in": people}, then=Value(role)) for role, people in staff_by_role().items()]
    return Case(*cases, default=Value(""), output_field=CharField())


def staff_by_role():
    """{role: [keys of people]}, each person under the highest she holds."""
    held, seen = defaultdict(set), set()
    for person, group in Group.objects.filter(user__isnull=False).values_list("user", "name"):
        held[group.partition("-")[0]].add(person)
    held[Role.ADMINISTRATOR.value] |= set(
        get_user_model().objects.filter(is_superuser=True).values_list("pk", flat=True)
    )
    ranked = {}
    for role in BY_RANK:
        if people := held[role.value] - seen:
            ranked[role.value] = sorted(people)
            seen |= people
    return ranked


def people():
    yield daily(get_user_model().objects.all(), "date_joined", "accounts", language="language", role=role_by("pk"))
    by = {"kit": "kit_key", "language": "user__language", "role": role_by("user")}
    enrolled = Enrolment.objects.filter(TAKEN_PART)
    yield daily(enrolled, "created_at", "enrolled", **by)
    yield daily(enrolled.filter(BEGUN), "created_at", "started", **by)
    yield daily(Enrolment.objects.filter(completed_at__isnull=False), "completed_at", "completed", **by)


def circles():
    of = {"kit": "cohort__kit_key", "organisation": "cohort__organisation"}
    yield daily(Cohort.objects.all(), "made_at", "circles", kit="kit_key", organisation="organisation")
    members = Membership.objects.filter(IN_CIRCLE)
    yield daily(members, "joined_at", "members", language="user__language", **of)
    begun = CohortSession.objects.filter(starts_at__lt=timezone.now())
    yield daily(begun, "starts_at", "sessions", **of)
    yield daily(begun, "starts_at", "minutes", Sum("minutes"), **of)


def talk():
    threads = Thread.objects.filter(READABLE, held=False, **{EVERYBODYS: True})
    yield daily(threads, "created_at", "threads", language="language", kit="forum__kit_key")
    posts = Post.objects.filter(
        READABLE, held="", thread__hidden=False, thread__held=False, **{f"thread__{EVERYBODYS}": True}
    )
    yield daily(posts, "created_at", "posts", language="language", kit="thread__forum__kit_key")
    thanks = PostMark.objects.filter(kind=PostMark.Kind.THANKS, **{f"post__thread__{EVERYBODYS}": True})
    yield daily(thanks, "made_at", "thanks", language="post__language", kit="post__thread__forum__kit_key")


def visits():
    rows = DailyVisit.objects.values_list("what", "day", "kit", "language", "number")
    yield Counter({(what, day, kit, language, "", 0): number for what, day, kit, language, number in rows.iterator()})


def slips():
    names = ["slips", "more", "same", "less"]
    counts = Counter()
    for day, organisation, *numbers in SlipCount.objects.values_list("day", "organisation", *names):
        for name, number in zip(names, numbers, strict=True):
            counts[name, day, "", "", "", organisation] += number
    yield counts


def count_rows(until):
    """Every figure of every day up to `until`: {(figure, day, kit, language, role, organisation): number}."""
    counts = Counter()
    for part in (people, circles, slips, talk, visits):
        for found in part():
            counts.update({key: number for key, number in found.items() if key[1] <= until and number})
    counts[UNTIL, until, "", "", "", 0] = 1
    return counts


def rebuild_figures():
    """Count anew up to yesterday, and write what differs. Returns (figures of days, how many of them were written)."""
    counts = count_rows(today() - timedelta(days=1))
    stored = {tuple(key): (pk, number) for *key, pk, number in stored_rows()}  # read before anything is locked
    return len(counts), write(counts=counts, stored=stored)


@transaction.atomic
def write(*, counts, stored):
    """Make the stored rows, {key: (pk, number)}, equal to `counts`. How many were written."""
    gone = [pk for key, (pk, _number) in stored.items() if key not in counts]
    new = [
        DailyFigure(**dict(zip(NAMES, key, strict=True)), number=many)
        for key, many in counts.items()
        if key not in stored
    ]
    changed = [
        DailyFigure(pk=stored[key][0], number=many)
        for key, many in counts.items()
        if key in stored and stored[key][1] != many
    ]
    for start in range(0, len(gone), BATCH):
        DailyFigure.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    DailyFigure.objects.bulk_create(new, batch_size=BATCH)
    DailyFigure.objects.bulk_update(changed, ["number"], batch_size=BATCH)
    return len(gone) + len(new) + len(changed)


def stored_rows():
    return DailyFigure.objects.values_list(*NAMES, "pk", "number").iterator()
