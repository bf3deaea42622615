"""Two people of one organisation help somebody back in who forgot her passphrase and lost her card.

The first names her account, the second agrees and is shown a code, she chooses a new passphrase with it. Nothing here tells a
helper whether an account exists: a name of nobody makes the same request, and a code that opens nothing.
"""

import base64
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from hub.accounts import recovery
from hub.accounts.events import Kind, note, note_help
from hub.accounts.models import HelpedRecovery, RecoveryCode, User
from hub.accounts.names import fold_name
from hub.accounts.roles import can_be_helped_back, can_help_back

LIFE = timedelta(days=1)  # of a request until somebody agrees, and of a code from then on
TOLD = timedelta(days=14)  # how long she is told of it at each sign-in
CODE_BYTES = 10  # 80 bits


class SamePassphrase(Exception):
    """The new passphrase is the one she has."""


def name_digest(name):
    """Of a user name, so that a request keeps no name, not even one that belongs to nobody."""
    return salted_hmac("hub.accounts.helped", fold_name(name), algorithm="sha256").hexdigest()


def new_code():
    """`xxxx-xxxx-xxxx-xxxx`, written like the codes of a card."""
    plain = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower()
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def waiting():
    still = {"approved_at": None, "used_at": None, "expires_at__gt": timezone.now()}
    return HelpedRecovery.objects.filter(**still).select_related("organisation", "started_by").order_by("pk")


def waiting_for(helper):
    """What somebody else of her organisation started and she can agree to."""
    return waiting().filter(organisation=helper.organisation).exclude(started_by=helper)


def started_by(helper):
    return waiting().filter(started_by=helper)


def open_for(user):
    """Requests and codes that could still open her account."""
    return HelpedRecovery.objects.filter(user=user, used_at=None, expires_at__gt=timezone.now())


# The two helpers -------------------------------------------------------------------------------


@transaction.atomic
def start_help(*, username, actor):
    """The account's owner reads of it even when her account may not be helped, and then nothing else comes of it."""
    user = User.objects.filter(folded_name=fold_name(username)).first()
    HelpedRecovery.objects.create(
        user=user if user and can_be_helped_back(user) else None,
        organisation=actor.organisation,
        started_by=actor,
        name_digest=name_digest(username),
        expires_at=timezone.now() + LIFE,
    )
    note_help(user=user, kind=Kind.HELP_STARTED, actor=actor, organisation=actor.organisation)


def is_named(request, username):
    """Whether this is the name that the first person was told. The second hears it from the woman herself."""
    return constant_time_compare(request.name_digest, name_digest(username))


def starter_may_still(request):
    first = request.started_by
    return first is not None and can_help_back(first) and first.organisation_id == request.organisation_id


@transaction.atomic
def agree(*, request, actor):
    """The code, shown once to the second person; None when somebody agreed, stopped it or it expired a moment ago."""
    if actor.pk == request.started_by_id or not starter_may_still(request):
        return None
    code, now = new_code(), timezone.now()
    agreed = {"approved_by": actor, "approved_at": now, "digest": recovery.digest_of(code), "expires_at": now + LIFE}
    if not waiting().filter(pk=request.pk).update(**agreed):
        return None
    note_help(user=request.user, kind=Kind.HELP_APPROVED, actor=actor, organisation=request.organisation)
    return code


@transaction.atomic
def end_request(*, request, actor):
    """By the one who began it, or by one who does not agree."""
    if waiting().filter(pk=request.pk).delete()[0]:
        note_help(user=request.user, kind=Kind.HELP_ENDED, actor=actor, organisation=request.organisation)


# She herself -----------------------------------------------------------------------------------


@transaction.atomic
def use_code(*, username, code, passphrase):
    """Spend a code for a new passphrase, which ends every session of the account: the spent HelpedRecovery, or None.

    Raises SamePassphrase, and keeps the code, when the new one is the old one.
    """
    found = usable(username, code)
    if found is None:
        return None
    user = found.user
    if user.check_password(passphrase):
        raise SamePassphrase
    if not HelpedRecovery.objects.filter(pk=found.pk, used_at=None).update(used_at=timezone.now()):
        return None
    user.set_password(passphrase)
    user.must_change_passphrase = False
    user.save(update_fields=["password", "must_change_passphrase"])
    open_for(user).delete()
    note_help(user=user, kind=Kind.HELP_USED, organisation=found.organisation)
    return found


def usable(username, code):
    owner = {"user__folded_name": fold_name(username), "user__is_active": True}
    live = {"digest": recovery.digest_of(code), "used_at": None, "expires_at__gt": timezone.now()}
    found = HelpedRecovery.objects.select_related("user", "organisation").filter(**owner, **live).first()
    return found if found and can_be_helped_back(found.user) else None


@transaction.atomic
def add_card(*, user, seed):
    """The codes of a new card beside those of an older one.

    The old card stays good on purpose: if two helpers deceived her, it is her way to take the account back.
    """
    rows = [RecoveryCode(user=user, digest=recovery.digest_of(code)) for code in recovery.codes_of(seed)]
    RecoveryCode.objects.bulk_create(rows)


@transaction.atomic
def stop_help(*, user):
    """She is in, and wants no code about."""
    if open_for(user).delete()[0]:
        note_help(user=user, kind=Kind.HELP_ENDED)


@transaction.atomic
def allow_help(*, user, allowed):
    if user.helped_recovery == allowed:
        return
    User.objects.filter(pk=user.pk).update(helped_recovery=allowed)
    note(user=user, kind=Kind.HELP_SETTING)
    if not allowed:
        stop_help(user=user)


def newest_help(user):
    """The last help she got, for as long as she is told of it; or None."""
    since = timezone.now() - TOLD
    used = HelpedRecovery.objects.filter(user=user, used_at__gt=since)
    return used.select_related("organisation").order_by("-used_at").first()
