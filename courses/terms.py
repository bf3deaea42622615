"""The terms of a kit: by which way, when, and how many may enrol. A kit without terms is open to every member at any time."""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from courses.models import Enrolment, EnrolmentInvitation, EnrolmentTerms
from hub.accounts.recovery import ALIKE
from hub.lib.stamp import touch_content_stamp

Way = Enrolment.Way
# Of codes that we make ourselves: no two of these look alike. Twelve of them are 56 random bits, which need no slow digest.
LETTERS = "acdefghjkmnpqrtuvwxyz234679"
CODE_LENGTH = 12
SHORTEST_CODE = 6


@dataclass(frozen=True, slots=True)
class Terms:
    """What everybody may know of a kit's terms; kept with its outline, so that a page needs no query for them."""

    way: str = Way.SELF.value
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    ends_at: datetime | None = None
    capacity: int | None = None
    waiting_list: bool = True

    @property
    def is_free(self):
        """Whether every member may start and end as she likes."""
        return self == Terms()

    @property
    def hindrance(self):
        """Why nobody can enrol now: "early", "closed", "ended", or ""."""
        now = timezone.now()
        if self.has_ended:
            return "ended"
        if self.opens_at and now < self.opens_at:
            return "early"
        return "closed" if self.closes_at and now >= self.closes_at else ""

    @property
    def has_ended(self):
        return bool(self.ends_at and timezone.now() >= self.ends_at)

    def is_full(self, kit_key):
        """Whether a newcomer has to wait: those on the waiting list come before her."""
        if self.capacity is None:
            return False
        taken = Enrolment.objects.filter(kit_key=kit_key, state__in=["active", "waiting"]).count()
        return taken >= self.capacity


OPEN = Terms()
NAMES = [field.name for field in fields(Terms)]


def terms_by_kit():
    """{kit key: Terms} of the kits that have any: one query."""
    rows = EnrolmentTerms.objects.values_list("kit_key", *NAMES)
    return {key: Terms(*values) for key, *values in rows}


def lock_terms(kit_key):
    """(Terms, code) of a kit, held until the end of the transaction: places are given out one at a time.

    Always taken before an enrolment of the kit is locked, so that two transactions never wait for each other.
    """
    row = EnrolmentTerms.objects.select_for_update().filter(kit_key=kit_key).values_list(*NAMES, "code").first()
    return (Terms(*row[:-1]), row[-1]) if row else (OPEN, "")


@transaction.atomic
def save_terms(*, kit_key, by, code="", **terms):
    """Set the terms of a kit. A way by code without a code gets one. Returns the row."""
    row = EnrolmentTerms.objects.get_or_create(kit_key=kit_key)[0]
    row = EnrolmentTerms.objects.select_for_update().get(pk=row.pk)
    for name in NAMES:
        setattr(row, name, terms[name])
    row.code = code or (new_code() if row.way == Way.CODE else "")
    row.changed_by = by
    row.save()
    touch_content_stamp()
    return row


# Codes -------------------------------------------------------------------------------------------------


def new_code():
    """Twelve letters and digits in three groups, none of which looks like another."""
    plain = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    return "-".join(plain[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def fold_code(code):
    """A code as it is compared: case, accents, spaces, hyphens and letters that look alike make no difference."""
    plain = unicodedata.normalize("NFKD", code).casefold()
    return "".join(char for char in plain if char.isalnum()).translate(ALIKE)


def same_code(given, right):
    return bool(right) and hmac.compare_digest(fold_code(given).encode(), fold_code(right).encode())


def digest_of(code):
    return hashlib.sha256(fold_code(code).encode()).hexdigest()


def kit_of_code(code):
    """The key of the kit that is entered by this code, or None."""
    rows = EnrolmentTerms.objects.filter(way=Way.CODE).values_list("kit_key", "code")
    return next((key for key, right in rows if same_code(code, right)), None)


@transaction.atomic
def make_invitations(*, kit_key, count, days, by):
    """New invitations, each for one person. Returns their codes, which are kept nowhere."""
    codes = [new_code() for _ in range(count)]
    until = timezone.now() + timedelta(days=days)
    rows = [
        EnrolmentInvitation(kit_key=kit_key, digest=digest_of(code), made_by=by, expires_at=until) for code in codes
    ]
    EnrolmentInvitation.objects.bulk_create(rows)
    return codes
