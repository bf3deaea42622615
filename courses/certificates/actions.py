"""What happens to a certificate. A worker makes its file afterwards (hub/certificates/making.py)."""

import secrets

from django.db import transaction
from django.utils import timezone

from courses.certificates.codes import new_code
from courses.completion import lock_enrolment
from courses.models import Certificate, CertificateFile, WithdrawnNumber

LIST_LENGTH = 131_072  # numbers in one public list, as the standard asks for
FULL = LIST_LENGTH // 2  # from here on a further list is begun: a number is drawn, so that it tells nothing of when
State = Certificate.State


@transaction.atomic
def ask(*, user, kit_key, instead_of=None, **fields):
    """A certificate in force for a kit she has completed; the one before says from now on that it was replaced.

    `instead_of` is the id of the one she saw when she asked, or None: a button pressed twice makes one certificate.
    """
    lock_enrolment(user=user, kit_key=kit_key)
    before = Certificate.objects.in_force().filter(user=user, kit_key=kit_key).first()
    if before and before.pk != instead_of:
        return before
    if before:
        end(before, state=State.REPLACED)
    return Certificate.objects.create(user=user, kit_key=kit_key, code=new_code(), number=draw_number(), **fields)


def draw_number():
    """A number that no certificate has or had. The unique column is the guard; two that draw the same are a chance of 1 to 65,000."""
    used = Certificate.objects.count() + WithdrawnNumber.objects.count()
    first = used // FULL * LIST_LENGTH
    while True:
        number = first + secrets.randbelow(LIST_LENGTH)
        taken = Certificate.objects.filter(number=number).exists() or WithdrawnNumber.objects.filter(pk=number).exists()
        if not taken:
            return number


def end(certificate, *, state, reason=""):
    """It is no longer good, and nothing of her stays with it but the code."""
    WithdrawnNumber.objects.get_or_create(pk=certificate.number)
    CertificateFile.objects.filter(certificate=certificate).delete()
    certificate.state, certificate.reason = state, reason
    certificate.name, certificate.shown, certificate.words = "", [], {}
    certificate.save(update_fields=["state", "reason", "name", "shown", "words"])


@transaction.atomic
def withdraw(*, code, reason):
    """By a coordinator. Returns the certificate, or None when there is none in force under this code."""
    found = Certificate.objects.in_force().select_for_update().filter(code=code).first()
    if found:
        end(found, state=State.REVOKED, reason=reason)
    return found


@transaction.atomic
def choose_shown(*, certificate, shown, page_on):
    Certificate.objects.in_force().filter(pk=certificate.pk).update(shown=shown, page_on=page_on)


@transaction.atomic
def delete(*, user, kit_key):
    """All of hers for a kit. Whoever holds a file finds its number among those that are no longer good."""
    delete_rows(Certificate.objects.filter(user=user, kit_key=kit_key))


def delete_rows(rows):
    """Inside a transaction."""
    numbers = [WithdrawnNumber(pk=number) for number in rows.values_list("number", flat=True)]
    WithdrawnNumber.objects.bulk_create(numbers, ignore_conflicts=True)
    rows.delete()


def may_ask(newest):
    """Whether she may ask (again), given her newest certificate of the kit or None."""
    return newest is None or newest.state != State.REVOKED or newest.reason != Certificate.Reason.RECORD


def keep_file(*, pk, pdf, credential):
    """Keep what a worker made. False when it is not wanted any more, or another worker was quicker. Inside a transaction."""
    found = Certificate.objects.in_force().select_for_update().filter(pk=pk, made_at=None).first()
    if found is None:
        return False
    CertificateFile.objects.create(certificate=found, pdf=pdf, credential=credential)
    found.made_at = timezone.now()
    found.save(update_fields=["made_at"])
    return True
