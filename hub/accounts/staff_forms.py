"""Forms of the staff pages, and of the pages that lead back from them: invitations, codes, cards."""

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hub.accounts.forms import NewPassphraseField, RecoverForm, passphrase_field, user_name_field
from hub.accounts.models import Organisation
from hub.accounts.organisations import open_organisations
from hub.accounts.roles import role_words
from hub.lib.text import TextField

MOST_CARDS = 30


class OrganisationForm(forms.ModelForm):
    name = TextField(
        label=_("Name of the organisation"),
        max_length=200,
        one_line=True,
        error_messages={"required": _("Please write the name.")},
    )
    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Country"),
        help_text=_("Two letters, such as IT or GR."),
        required=False,
        error_messages={"invalid": _("Please use two letters, such as IT or GR.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 4}),
    )

    class Meta:
        model = Organisation
        fields = ["name", "country"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Organisation.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is an organisation of this name already."))
        return name

    def clean_country(self):
        return self.cleaned_data["country"].upper()


class RoleField(forms.ModelChoiceField):
    """One of the groups that `groups` holds, in words."""

    def label_from_instance(self, group):
        return role_words(group.name)


class InviteForm(forms.Form):
    group = RoleField(
        None,
        label=_("Role"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose a role."),
            "invalid_choice": _("You cannot give this role. Please choose another one."),
        },
    )

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups


class MoveForm(forms.Form):
    organisation = forms.ModelChoiceField(
        None,
        label=_("Organisation"),
        error_messages={"invalid_choice": _("This organisation is closed. Please choose another one.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = open_organisations()


class TakeUpForm(forms.Form):
    """Her passphrase anew: a phone left open must not take on a role."""

    password = passphrase_field()

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self):
        password = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password


class HelpForm(forms.Form):
    """The user name as the woman tells it. Whether there is such an account is never said."""

    username = user_name_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Her user name")
        self.fields["username"].error_messages["required"] = _("Please write her user name.")
        self.fields["username"].help_text = _("Ask her to say it or to write it down. Do not guess.")
        self.fields["username"].widget.attrs |= {"autocomplete": "off"}


class AgreeForm(HelpForm):
    known = forms.BooleanField(
        label=_("I have spoken with her myself, and I am sure that it is she."),
        error_messages={"required": _("Please tick this box only if you have spoken with her yourself.")},
    )


class HelpedForm(RecoverForm):
    """User name, the code of two people, a new passphrase. Whether they belong together is asked in `helped.use_code`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code you were given")
        self.fields["code"].error_messages["required"] = _("Please write the code.")


class OwnPassphraseForm(forms.Form):
    """A new passphrase in place of one that somebody else has seen."""

    password1 = NewPassphraseField()

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = self.fields["password1"].user = user

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        if self.user.check_password(password):
            raise ValidationError(_("This is the passphrase you were given. Please choose another one."))
        return password


class HelpSettingForm(forms.Form):
    allowed = forms.BooleanField(
        label=_("Two people of an organisation together may give me a code, if I cannot sign in."), required=False
    )


class CardsForm(forms.Form):
    number = forms.IntegerField(
        label=_("How many cards"),
        min_value=1,
        max_value=MOST_CARDS,
        initial=8,
        error_messages={
            "required": _("Please write how many cards you need."),
            "invalid": _("Please write a whole number."),
            "max_value": _("At most %(limit_value)s cards at once."),
            "min_value": _("At least one card."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of the cards"),
        help_text=_("Names, passphrases and the words on the cards. She can change it later."),
        choices=lambda: settings.LANGUAGES,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
