"""Forms of the account pages: allauth's flows in our words."""

from itertools import groupby
from zoneinfo import available_timezones

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hub.accounts.attempts import new_ticket
from hub.accounts.models import User
from hub.accounts.names import MAX_LENGTH, fold_name, validate_user_name
from hub.accounts.suggestions import is_suggestion, suggest_passphrase
from hub.lib.text import TextField

PASSPHRASE = _("Passphrase")
NEW_PASSPHRASE = _("New passphrase")
EMAIL_LENGTH = 254  # of the column; Django's form field would take 320
OWN_SESSION_SECONDS = 30 * 24 * 3600
# Where most readers of a language are; the browser's own zone comes before it, and she can change it.
ZONE_OF_LANGUAGE = {
    "en": "Europe/London",
    "it": "Europe/Rome",
    "el": "Europe/Athens",
    "hu": "Europe/Budapest",
    "sv": "Europe/Stockholm",
}


def user_name_field(**kwargs):
    attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    widget = forms.TextInput(attrs=attrs)
    messages = {"required": _("Please write your user name.")}
    return TextField(
        label=_("User name"), max_length=MAX_LENGTH, one_line=True, widget=widget, error_messages=messages, **kwargs
    )


def passphrase_field(label=PASSPHRASE):
    attrs = {"autocomplete": "current-password", "data-passphrase": ""}
    messages = {"required": _("Please write your passphrase.")}
    widget = forms.PasswordInput(attrs=attrs)
    return forms.CharField(label=label, strip=False, widget=widget, error_messages=messages)


class NewPassphraseInput(forms.PasswordInput):
    """With hints while she types, and four words to take instead."""

    template_name = "account/new_passphrase.html"
    taken = ""  # the words she took, which she may have written down, stay where another field must be looked at again

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        self.taken = value if value and is_suggestion(value, get_language()) else ""
        return value

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, attrs) | {
            "suggestion": self.taken or suggest_passphrase(get_language()),
            "min_length": settings.PASSPHRASE_LENGTH,
        }


class NewPassphraseField(account_forms.SetPasswordField):
    """Typed once, because it can be shown; checked by the validators of settings.AUTH_PASSWORD_VALIDATORS."""

    def __init__(self, label=NEW_PASSPHRASE):
        super().__init__(label=label, error_messages={"required": _("Please choose a passphrase.")}, help_text="")
        attrs = {"autocomplete": "new-password", "autocapitalize": "none", "spellcheck": "false", "data-passphrase": ""}
        self.widget = NewPassphraseInput(attrs=attrs)

    def get_bound_field(self, form, field_name):
        self.help_text = " ".join(password_validators_help_texts())
        return super().get_bound_field(form, field_name)


class OwnDeviceMixin(forms.Form):
    own_device = forms.TypedChoiceField(
        label=_("Is this phone or computer only yours?"),
        help_text=_("If you say no, nothing is kept here, and you are signed out when you close the browser."),
        choices=[("no", _("No, other people can use it")), ("yes", _("Yes, only I use it"))],
        coerce=lambda value: value == "yes",
        empty_value=False,
        initial="no",
        required=False,
        widget=forms.RadioSelect,
    )

    def remember_device(self, session):
        own = self.cleaned_data["own_device"]
        session["own_device"] = own
        session.set_expiry(OWN_SESSION_SECONDS if own else None)


class FreshTicket(forms.HiddenInput):
    """A form that is shown again says anew when it was opened."""

    def format_value(self, value):
        return new_ticket()


class LoginForm(OwnDeviceMixin, account_forms.LoginForm):
    field_order = ["login", "password", "own_device", "ticket"]
    # A plain field: what she cannot see must never stop her. What is not a ticket of ours is worth nothing.
    ticket = forms.Field(required=False, widget=FreshTicket)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = user_name_field()
        self.fields["password"] = passphrase_field()
        self.order_fields(self.field_order)

    def clean_login(self):
        return fold_name(self.cleaned_data["login"])

    def login(self, request, redirect_url=None):
        request.session["own_device"] = self.cleaned_data["own_device"]  # known before her device is marked
        response = super().login(request, redirect_url=redirect_url)
        self.remember_device(request.session)
        return response


class SignupForm(OwnDeviceMixin, account_forms.SignupForm):
    field_order = ["username", "password1", "language", "own_device", "time_zone"]
    language = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)
    # A plain field: what she cannot see must never stop her, so that an odd value counts as none.
    time_zone = forms.Field(required=False, widget=forms.HiddenInput(attrs={"data-time-zone": ""}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"] = user_name_field(
            validators=[validate_user_name],
            help_text=_(
                "Choose any name you can remember; it need not be your real one. Nobody else is shown it. "
                "In the forum you write under another name."
            ),
        )
        self.fields["password1"] = NewPassphraseField(label=PASSPHRASE)
        self.fields["language"].initial = get_language()
        self.order_fields(self.field_order)

    def clean_username(self):
        name = self.cleaned_data["username"]
        if User.objects.filter(folded_name=fold_name(name)).exists():
            raise get_adapter().validation_error("username_taken")
        return name

    def clean_time_zone(self):
        zone = self.cleaned_data["time_zone"]
        return zone if zone in available_timezones() else ""

    def clean(self):
        # The field has checked the passphrase already, without the name: allauth's own clean() checks it again with it.
        name = self.cleaned_data.get("username")
        data = super().clean()
        if name and not data["time_zone"]:
            data["time_zone"] = ZONE_OF_LANGUAGE.get(data.get("language"), "UTC")
        return data

    def signup(self, request, user):
        user.language, user.time_zone = self.cleaned_data["language"], self.cleaned_data["time_zone"]
        user.save(update_fields=["language", "time_zone"])
        self.remember_device(request.session)


class ChangePasswordForm(account_forms.UserForm):
    oldpassword = passphrase_field(_("Your passphrase now"))
    password1 = NewPassphraseField()

    def __init__(self, *args, forgotten=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].user = self.user
        if forgotten:
            del self.fields["oldpassword"]

    clean_oldpassword = account_forms.ChangePasswordForm.clean_oldpassword
    save = account_forms.ChangePasswordForm.save


class ResetPasswordKeyForm(account_forms.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["password1"] = NewPassphraseField()
        self.fields["password1"].user = self.user


class EmailLabelMixin(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)
        self.fields["email"].validators.append(MaxLengthValidator(EMAIL_LENGTH))


class AddEmailForm(EmailLabelMixin, account_forms.AddEmailForm):
    pass


class ResetPasswordForm(EmailLabelMixin, account_forms.ResetPasswordForm):
    pass


class ReauthenticateForm(account_forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"] = passphrase_field()


class CodeLabelMixin(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from your authenticator app")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class AuthenticateForm(CodeLabelMixin, mfa_forms.AuthenticateForm):
    pass


class MfaReauthenticateForm(CodeLabelMixin, mfa_forms.ReauthenticateForm):
    pass


class ActivateTOTPForm(CodeLabelMixin, totp_forms.ActivateTOTPForm):
    pass


class RecoverForm(forms.Form):
    """User name, one code of the card, a new passphrase. Whether they belong together is asked in `recover_account`."""

    username = user_name_field()
    code = TextField(
        label=_("One code from your card"),
        help_text=_("Capital letters, spaces and hyphens do not matter."),
        max_length=40,
        one_line=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password1 = NewPassphraseField()

    def clean(self):
        self.fields["password1"].user = None
        data = super().clean()
        if "username" in data and "password1" in data:
            self.check_against_name(data)
        return data

    def check_against_name(self, data):
        try:
            get_adapter().clean_password(data["password1"], user=User(username=data["username"]))
        except ValidationError as error:
            self.add_error("password1", error)


class PreferencesForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["language", "time_zone"]
        labels = {"language": _("Language"), "time_zone": _("Time zone")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
        self.fields["time_zone"] = forms.ChoiceField(label=_("Time zone"), choices=zone_choices())


class EraseForm(forms.Form):
    """Her passphrase, and one tick, before everything is erased."""

    password = passphrase_field()
    sure = forms.BooleanField(
        label=_("Yes, erase my account and my learning record. I know that nobody can bring them back."),
        error_messages={"required": _("Please tick this box if you want to erase everything.")},
    )

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self):
        password = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password


def zone_choices():
    """All zones named Region/City, grouped by region for a <select>, and UTC."""
    names = sorted(
        name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/"))
    )
    groups = groupby(names, key=lambda name: name.partition("/")[0])
    return [("UTC", "UTC")] + [(region, [(name, city_of(name)) for name in zones]) for region, zones in groups]


def city_of(zone):
    return zone.partition("/")[2].replace("_", " ")
