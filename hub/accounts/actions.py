"""What people do with their accounts."""

from django.db import transaction

from hub.accounts import recovery
from hub.accounts.events import note
from hub.accounts.models import AccountEvent, RecoveryCode, User
from hub.accounts.names import fold_name


@transaction.atomic
def make_recovery_codes(*, user, seed):
    """Replace a person's codes by the ten of a new card."""
    user.recovery_codes.all().delete()
    rows = [RecoveryCode(user=user, digest=recovery.digest_of(code)) for code in recovery.codes_of(seed)]
    RecoveryCode.objects.bulk_create(rows)


@transaction.atomic
def recover_account(*, username, code, passphrase):
    """Spend one code for a new passphrase, which ends every session of the account. Returns the user, or None.

    One query answers for an unknown name, a wrong code and a spent one alike.
    """
    owner = {"user__folded_name": fold_name(username), "user__is_active": True}
    found = RecoveryCode.objects.select_related("user").filter(digest=recovery.digest_of(code), **owner).first()
    # Two tabs may send the same code: only the one that deletes it has spent it.
    if found is None or not RecoveryCode.objects.filter(pk=found.pk).delete()[0]:
        return None
    change_passphrase(user=found.user, passphrase=passphrase)
    note(user=found.user, kind=AccountEvent.Kind.RECOVERED)
    return found.user


def change_passphrase(*, user, passphrase):
    user.set_password(passphrase)
    user.save(update_fields=["password"])


def change_preferences(*, user, language, time_zone):
    User.objects.filter(pk=user.pk).update(language=language, time_zone=time_zone)
