"""What the organisation sees of a kit's enrolments: numbers, and the names that women gave it themselves. Never a user name."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from courses.models import Cohort, Enrolment, EnrolmentInvitation, EnrolmentTerms, KitPage
from courses.terms import NAMES, Terms

State = Enrolment.State
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Kit:
    key: UUID
    title: str


def kits_of(language):
    """Every kit, in its title of this language, else the English one, in the order of the pages: one query."""
    rows = KitPage.objects.order_by("path").values_list("translation_key", "title", "locale__language_code")
    rank = {language: 0, "en": 1}
    kits = {}
    for key, title, _code in sorted(rows, key=lambda row: rank.get(row[2], 2)):
        kits.setdefault(key, Kit(key, title))
    return list(kits.values())


def kit_of(language, kit_key):
    return next((kit for kit in kits_of(language) if kit.key == kit_key), None)


def not_hers(user):
    """Keys of the kits whose questions this trainer does not answer: others hold circles of them, and she holds none. One query.

    A question names no partner. Whoever holds a circle of the kit has a place to offer; nobody else need read who asks.
    """
    hers = Cohort.objects.held_by(user).filter(pk=OuterRef("pk"))
    rows = Cohort.objects.open().annotate(hers=Exists(hers)).values_list("kit_key", "hers")
    found = list(rows)
    return {key for key, _hers in found} - {key for key, is_hers in found if is_hers}


def waiting_answers():
    """{kit key: how many women wait for an answer}: one query."""
    rows = Enrolment.objects.filter(state=State.REQUESTED).order_by().values_list("kit_key")
    return dict(rows.annotate(Count("pk")))


def terms_of(kit_key):
    """(Terms, code, when they were last changed)"""
    row = EnrolmentTerms.objects.filter(kit_key=kit_key).first()
    if row is None:
        return Terms(), "", None
    return Terms(*(getattr(row, name) for name in NAMES)), row.code, row.changed_at


def counts_of(kit_key):
    """[(state in words, number)] of every state that somebody is in: one query."""
    rows = Enrolment.objects.filter(kit_key=kit_key).order_by().values_list("state").annotate(Count("pk"))
    counts = dict(rows)
    return [(state.label, counts[state]) for state in State if state in counts]


def requests_of(kit_key):
    """Women who asked and wait for an answer, first come first; at most SHOWN of them."""
    rows = Enrolment.objects.filter(kit_key=kit_key, state=State.REQUESTED)
    return list(rows.order_by("state_at", "pk")[:SHOWN])


def named(kit_key):
    """Those enrolled or in line who gave the organisation a name."""
    rows = Enrolment.objects.filter(kit_key=kit_key, state__in=[State.ACTIVE, State.WAITING])
    return rows.exclude(called="").order_by("called", "pk")


@dataclass(frozen=True, slots=True)
class Invitations:
    unused: int
    used: int
    expired: int
    last_until: datetime | None


def invitations_of(kit_key):
    now = timezone.now()
    unused = Q(used_at=None, expires_at__gt=now)
    found = EnrolmentInvitation.objects.filter(kit_key=kit_key).aggregate(
        unused=Count("pk", filter=unused),
        used=Count("pk", filter=Q(used_at__isnull=False)),
        expired=Count("pk", filter=Q(used_at=None, expires_at__lte=now)),
    )
    last = EnrolmentInvitation.objects.filter(unused, kit_key=kit_key).order_by("-expires_at").first()
    return Invitations(**found, last_until=last.expires_at if last else None)
