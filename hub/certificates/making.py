"""The worker that makes what was asked for. It may be killed at any moment, and several may run at once.

It claims a certificate by an UPDATE that makes it due again after a lease, makes the files outside any transaction, and keeps them
with her news in one: the file's unique key and the row's lock let one worker win. What a killed one left is due again.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from courses.certificates.actions import keep_file
from courses.models import Certificate, KitPage
from hub.certificates.badge import credential_of
from hub.certificates.sheet import make_pdf
from hub.notifications.actions import tell
from hub.notifications.models import Kind

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)


def make_waiting(*, lease=LEASE):
    """Make all that waits. Returns how many were made."""
    made = 0
    while (claimed := claim(lease)) is not None:
        made += bool(claimed and make_one(claimed))
    return made


def claim(lease):
    """The next certificate that waits, now this worker's; False if another was quicker, None when nothing waits."""
    now = timezone.now()
    row = Certificate.objects.waiting(now).order_by("due_at", "pk").first()
    if row is None:
        return None
    mine = Certificate.objects.waiting(now).filter(pk=row.pk, due_at=row.due_at)
    return row if mine.update(due_at=now + lease, tries=F("tries") + 1) else False


def make_one(certificate):
    """Whether it was made. If not, it is tried again after the lease; neither her name nor the code reaches the log."""
    try:
        audience = audience_of(certificate.kit_key)
        pdf, credential = make_pdf(certificate, audience), credential_of(certificate, audience)
        return keep(certificate, pdf, credential)
    except Exception as error:  # whatever fonts, libraries and keys may do
        logger.error("A certificate could not be made: %s: %s", type(error).__name__, error)
        return False


def audience_of(kit_key):
    return KitPage.objects.filter(translation_key=kit_key).values_list("audience", flat=True).first() or "learner"


@transaction.atomic
def keep(certificate, pdf, credential):
    kept = keep_file(pk=certificate.pk, pdf=pdf, credential=credential)
    if kept:
        tell_her(certificate, "ready")
    return kept


def tell_her(certificate, what):
    """Inside a transaction. The mail's subject says nothing of it (hub/notifications/letter.py)."""
    tell(
        kind=Kind.CERTIFICATE,
        recipients=[certificate.user_id],
        context={"kit": str(certificate.kit_key), "act": f"certificate_{what}"},
        path=f"my/certificates/{certificate.kit_key}/",
        key=f"certificate:{certificate.pk}:{what}",
        scopes=[f"certificate:{certificate.pk}"],
    )
