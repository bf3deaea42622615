"""What was done to the doors of an account (passphrase, passkeys, second step) is kept in its events.

Received from allauth's signals; connected in AccountsConfig.ready().
"""

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed

from hub.accounts.events import note
from hub.accounts.models import AccountEvent

DETAIL = {Authenticator.Type.WEBAUTHN: "passkey", Authenticator.Type.TOTP: "app"}


def connect():
    for signal in (password_changed, password_reset):
        signal.connect(note_passphrase, dispatch_uid="note-passphrase")
    for signal in (authenticator_added, authenticator_removed):
        signal.connect(note_second_step, dispatch_uid="note-second-step")


def note_passphrase(user, **kwargs):
    note(user=user, kind=AccountEvent.Kind.PASSPHRASE)


def note_second_step(user, authenticator, **kwargs):
    """Codes for the second step come and go with an app or a passkey: only these are told."""
    if detail := DETAIL.get(authenticator.type):
        note(user=user, kind=AccountEvent.Kind.SECOND_STEP, detail=detail)
