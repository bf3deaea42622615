"""Forms of the ways in beside the passphrase: a code by e-mail, and passkeys."""

from contextlib import contextmanager
from struct import error as StructError

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.webauthn import forms as webauthn_forms
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hub.accounts.attempts import may_ask_for_code
from hub.accounts.forms import EmailLabelMixin, OwnDeviceMixin
from hub.lib.address import client_address
from hub.lib.text import TextField

NOT_THIS_PASSKEY = _("The passkey did not work. Please try again, or use another way in.")
CREDENTIAL_LENGTH = 20_000
# What allauth, fido2 and cryptography raise at a made-up answer.
GARBAGE = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    StructError,
    InvalidSignature,
    UnsupportedAlgorithm,
)


class RequestCodeForm(EmailLabelMixin, account_forms.RequestLoginCodeForm):
    """Takes `request`; sets `_user` to the owner of a confirmed address, or None: the page answers the same."""

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if not may_ask_for_code(email=email, address=client_address(self.request)):
            raise get_adapter().validation_error("too_many_login_attempts")
        self._user = owner_of(email)
        return email


def owner_of(email):
    """Only a confirmed address lets somebody in: another one may be mistyped, and belong to a stranger."""
    row = EmailAddress.objects.filter(email=email, verified=True, user__is_active=True).select_related("user").first()
    return row and row.user


class ConfirmCodeForm(OwnDeviceMixin, account_forms.ConfirmLoginCodeForm):
    field_order = ["code", "own_device"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        self.fields["code"] = TextField(
            label=_("Code from the e-mail"), max_length=40, one_line=True, widget=forms.TextInput(attrs=attrs)
        )


class CredentialField(forms.JSONField):
    """What the browser's passkey dialogue gave: fido2 reads it; here it is made sure to be an object of sensible size."""

    widget = forms.HiddenInput
    default_error_messages = {"required": NOT_THIS_PASSKEY, "invalid": NOT_THIS_PASSKEY}

    def to_python(self, value):
        with refuse_garbage():
            if value and len(value) > CREDENTIAL_LENGTH:
                raise ValueError
            found = super().to_python(value)
            if found is not None and not isinstance(found, dict):
                raise ValueError
            return found

    # It is good for one attempt, so that it is never shown again.
    def bound_data(self, data, initial):
        return None

    def prepare_value(self, value):
        return ""


@contextmanager
def refuse_garbage():
    """One answer to whatever is wrong with a passkey; only "too many attempts" is told apart."""
    try:
        yield
    except ValidationError as error:
        if getattr(error, "code", "") == "too_many_login_attempts":
            raise
        raise ValidationError(NOT_THIS_PASSKEY, code="passkey") from error
    except GARBAGE as error:
        raise ValidationError(NOT_THIS_PASSKEY, code="passkey") from error


def passkey_name_field(**kwargs):
    return TextField(
        label=_("Name of this passkey"),
        help_text=_("So that you know it again in the list, for example “my phone”."),
        max_length=60,
        one_line=True,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        **kwargs,
    )


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    name = passkey_name_field(required=False)
    credential = CredentialField()
    passwordless = None  # ours always are: no question about it

    def clean(self):
        with refuse_garbage():
            return super().clean()


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):
    name = passkey_name_field()


class CredentialMixin(forms.Form):
    credential = CredentialField()

    def clean_credential(self):
        with refuse_garbage():
            return super().clean_credential()


class LoginPasskeyForm(OwnDeviceMixin, CredentialMixin, webauthn_forms.LoginWebAuthnForm):
    pass


class AuthenticatePasskeyForm(CredentialMixin, webauthn_forms.AuthenticateWebAuthnForm):
    pass


class ReauthenticatePasskeyForm(CredentialMixin, webauthn_forms.ReauthenticateWebAuthnForm):
    pass
