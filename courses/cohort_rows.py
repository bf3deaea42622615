"""What a trainer sees of the women in a circle: this file and no other reads it, and the learner is shown the same row.

A name she chose; whether she has not started, is on the way or has finished; this month or earlier. Nothing is read of who keeps her
progress to herself. No time, no lesson, no answer. Results of questions only for groups of five or more, without figures of a few.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, Case, Count, FilteredRelation, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Answer, Membership
from courses.pieces import lesson_pieces
from courses.questions.kinds import CHECKED
from hub.lib.paging import key_page

SMALLEST_GROUP = 5
MEMBERS_A_PAGE = 50
NOT_STARTED, ON_THE_WAY, FINISHED, KEPT = "not_started", "on_the_way", "finished", "kept"
STATES = {
    # Translators: of a woman in a circle; the first three also after a number of women.
    NOT_STARTED: _("not started"),
    ON_THE_WAY: _("on the way"),
    FINISHED: _("finished"),
    KEPT: _("keeps this to herself"),
}
# Translators: after a number of women.
COUNTED = STATES | {KEPT: _("keep this to themselves")}


@dataclass(frozen=True, slots=True)
class MemberRow:
    pk: int  # of the membership
    name: str
    state: str  # a key of STATES
    this_month: bool

    @property
    def in_words(self):
        return STATES[self.state]

    @property
    def when(self):
        if self.state in {NOT_STARTED, KEPT}:
            return ""
        # Translators: when a woman last worked on the kit; nothing finer is ever shown.
        return (
            pgettext_lazy("last worked", "this month") if self.this_month else pgettext_lazy("last worked", "earlier")
        )


def with_state(members, kit_key):
    """Memberships with `coarse` and `this_month`; of who does not show her progress nothing is looked at."""
    month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    taken = FilteredRelation("user__enrolments", condition=Q(user__enrolments__kit_key=kit_key))
    begun = Q(taken__last_at__isnull=False) | Q(taken__lessons_done__gt=0)
    coarse = Case(
        When(shows_progress=False, then=Value(KEPT)),
        When(taken__completed_at__isnull=False, then=Value(FINISHED)),
        When(begun, then=Value(ON_THE_WAY)),
        default=Value(NOT_STARTED),
    )
    recent = Case(
        When(Q(shows_progress=True, taken__last_at__gte=month), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    return members.annotate(taken=taken).annotate(coarse=coarse, this_month=recent)


def rows(cohort):
    """Of all who are in the circle now, by name: values of MemberRow."""
    return as_values(with_state(Membership.objects.here().filter(cohort=cohort), cohort.kit_key))


def as_values(members):
    return members.values_list("pk", "display_name", "coarse", "this_month")


def all_rows(cohort):
    return [MemberRow(*row) for row in rows(cohort).order_by("folded_name").iterator(chunk_size=500)]


def own_row(membership):
    """The row that the trainer sees of her."""
    hers = Membership.objects.filter(pk=membership.pk)
    return MemberRow(*as_values(with_state(hers, membership.cohort.kit_key)).get())


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row with its place in the order of names."""

    folded_name: str
    row: MemberRow


def page_of(cohort, *, after=None, before=None, size=MEMBERS_A_PAGE):
    """(MemberRows by name, pk to ask for those before, pk for those after). An address names no name, only the number of a membership.

    One statement, two on a further page.
    """
    members = with_state(Membership.objects.here().filter(cohort=cohort), cohort.kit_key)
    values = members.values_list("folded_name", "pk", "display_name", "coarse", "this_month")
    place = name_of(cohort, after or before)
    where = {"after": place} if after else {"before": place} if before else {}
    page = key_page(
        values, key="folded_name", size=size, build=lambda *row: NamedRow(row[0], MemberRow(*row[1:])), **where
    )
    found = [named.row for named in page.rows]
    return found, found[0].pk if page.previous else None, found[-1].pk if page.next else None


def name_of(cohort, pk):
    """Where a page begins; the first one when she is no longer there."""
    if pk is None:
        return None
    names = Membership.objects.here().filter(cohort=cohort, pk=pk).values_list("folded_name", flat=True)
    return names.first()


def counts(cohort):
    """{key of STATES: number} of all who are in the circle: one statement."""
    members = with_state(Membership.objects.here().filter(cohort=cohort), cohort.kit_key)
    found = dict(members.order_by().values_list("coarse").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in STATES}


# Questions ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Result:
    lesson: str
    question: str
    answered: int  # rounded down to five
    in_words: str


MOST, HALF, FEW = _("most got it right"), _("about half got it right"), _("few got it right")


def results(cohort, kit):
    """Results of the kit's questions in its order, of those who show their progress; a question that fewer than five answered
    is left out. In words and rounded, so that nobody can be told by comparing two days."""
    found = {(row.lesson_key, row.block_id): row for row in result_rows(cohort)}
    keys = {lesson for lesson, _block in found}
    return [
        Result(
            line.title, part.get("title") or part.get("prompt") or "", row.total // 5 * 5, share(row.right, row.total)
        )
        for line in kit.lessons
        if line.key in keys
        for _kind, part in lesson_pieces(line.pk)
        if isinstance(part, dict) and (row := found.get((line.key, UUID(part["id"]))))
    ]


@dataclass(frozen=True, slots=True)
class ResultRow:
    lesson_key: UUID
    block_id: UUID
    total: int
    right: int


def result_rows(cohort):
    shown = Membership.objects.here().filter(cohort=cohort, shows_progress=True).values("user")
    answers = Answer.objects.filter(
        user__in=shown, kit_key=cohort.kit_key, state=Answer.State.CURRENT, kind__in=[*CHECKED, "quiz"]
    )
    groups = answers.order_by().values("lesson_key", "block_id")
    counted = groups.annotate(total=Count("pk"), right=Count("pk", filter=Q(counts=True)))
    enough = counted.filter(total__gte=SMALLEST_GROUP)
    return [ResultRow(*row) for row in enough.values_list("lesson_key", "block_id", "total", "right")]


def share(right, total):
    return MOST if right * 3 >= total * 2 else FEW if right * 3 < total else HALF
