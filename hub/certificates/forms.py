"""Asking for a certificate, choosing what is shown, checking one, withdrawing one."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.certificates.codes import RANDOM, fold, is_well_formed
from courses.models import Certificate
from courses.models.certificates import NAME_LENGTH
from hub.certificates.words import PARTS, PRESET
from hub.lib.badges import MOST_BYTES
from hub.lib.pdf import unprintable
from hub.lib.text import TextField


def shown_field():
    return forms.MultipleChoiceField(
        label=_("What may somebody see who has the code?"),
        choices=PARTS,
        required=False,
        initial=PRESET,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The code stands on the certificate. Whoever types it on our page sees that the certificate is good, "
            "and what you tick here. You can change this at any time."
        ),
    )


class AskForm(forms.Form):
    name = TextField(
        label=_("Name on the certificate"),
        max_length=NAME_LENGTH,
        one_line=True,
        help_text=_(
            "Write it as on your papers or your CV, in any alphabet. Nobody checks it, and the certificate says so. "
            "It is used for the certificate only."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Your language"), choices=settings.LANGUAGES)
    second_language = forms.ChoiceField(
        label=_("The language of the country where you look for work"),
        choices=[("", _("None: only my language")), *settings.LANGUAGES],
        required=False,
        help_text=_("The two languages stand side by side."),
    )
    shown = shown_field()

    def clean_name(self):
        name = self.cleaned_data["name"]
        if not any(letter.isalnum() for letter in name):
            raise ValidationError(_("Please write a name with letters."))
        if missing := unprintable(name):
            message = _("We cannot print these characters: %(letters)s. Please write the name in another way.")
            raise ValidationError(message, params={"letters": " ".join(missing[:10])})
        return name

    def clean(self):
        data = super().clean()
        if data.get("second_language") and data["second_language"] == data.get("language"):
            self.add_error("second_language", _("Please choose two different languages, or only one."))
        return data


class StepForm(forms.Form):
    """Which button: look at it first, or have it made. `instead_of` is the certificate she saw when she asked."""

    step = forms.ChoiceField(choices=[("preview", ""), ("make", "")], required=False)
    instead_of = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)


class ShownForm(forms.Form):
    page_on = forms.BooleanField(
        label=_("The page behind the code can be read"),
        required=False,
        help_text=_("Without this tick, the page only says that it is switched off."),
    )
    shown = shown_field()


class DeleteForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, delete it."), error_messages={"required": _("Please tick that you are sure.")}
    )


class CodeField(forms.CharField):
    def __init__(self, **kwargs):
        attrs = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        kwargs.setdefault("label", _("Code of the certificate"))
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value):
        code = fold(super().clean(value))
        if len(code) != RANDOM + 1:
            message = _("A code has 20 letters and digits, in groups of four. Please look at the certificate again.")
            raise ValidationError(message)
        if not is_well_formed(code):
            message = _("There is a typing error in this code. Please compare it with the certificate.")
            raise ValidationError(message)
        return code


class CodeForm(forms.Form):
    code = CodeField(help_text=_("For example ABCD-EFGH-2345-6789-WXYZ. Capitals and hyphens make no difference."))


class FileForm(forms.Form):
    badge = forms.FileField(
        label=_("File of a badge"),
        help_text=_("A .json, .png or .svg file that somebody sent you. We keep nothing of it."),
    )

    def clean_badge(self):
        found = self.cleaned_data["badge"]
        if found.size > MOST_BYTES:
            raise ValidationError(_("This file is too large to be a badge of ours."))
        return found.read()


class WithdrawForm(forms.Form):
    # Not called “code”: what has that name is a secret, and would not be kept for who has to sign in again.
    certificate = CodeField()
    reason = forms.ChoiceField(label=_("Reason"), choices=Certificate.Reason.choices, widget=forms.RadioSelect)
    sure = forms.BooleanField(
        label=_("Yes, withdraw this certificate. This cannot be undone."),
        error_messages={"required": _("Please tick that you are sure.")},
    )
