"""What is typed to enrol, and by those who set the terms of a kit."""

from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from courses.models import Enrolment
from courses.terms import SHORTEST_CODE, fold_code
from hub.lib.text import TextField

Way = Enrolment.Way
MOST_INVITATIONS = 50
EARLIEST, LATEST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class CodeForm(forms.Form):
    kit_code = TextField(
        label=_("Code"),
        max_length=60,
        one_line=True,
        help_text=_("Capital letters, spaces and hyphens make no difference."),
        error_messages={"required": _("Write the code you were given.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class AskForm(forms.Form):
    called = TextField(
        label=_("What may they call you?"),
        max_length=60,
        one_line=True,
        help_text=_(
            "A first name or any name you like. The people of the organisation who answer you see it, nobody else. "
            "It is deleted when you leave the kit."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    line = TextField(
        label=_("A line for them"),
        max_length=300,
        required=False,
        help_text=_(
            "For example where you met them. You never need to say why or how you came. It is deleted with their answer."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class MomentField(forms.DateTimeField):
    """A day and an hour in the time zone of the one who types it."""

    default_error_messages = {"far": _("Please choose a day between 2020 and 2100.")}

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(required=False, widget=widget, **kwargs)

    def to_python(self, value):
        try:
            moment = super().to_python(value)
        except OverflowError:  # a year that no time zone reaches
            raise ValidationError(self.error_messages["far"], code="far") from None
        if moment and not EARLIEST <= moment < LATEST:
            raise ValidationError(self.error_messages["far"], code="far")
        return moment


class TermsForm(forms.Form):
    way = forms.ChoiceField(
        label=_("Who may enrol"),
        choices=[
            (Way.SELF, _("Everybody, at once")),
            (Way.CODE, _("Who has the code that you hand out")),
            (Way.INVITATION, _("Who has a personal invitation")),
            (Way.APPROVAL, _("Who asks, after you have said yes")),
        ],
        widget=forms.RadioSelect,
    )
    kit_code = TextField(
        label=_("Code"),
        max_length=40,
        one_line=True,
        required=False,
        help_text=_("Only for enrolment with a code. Leave it empty, and the hub makes one."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    opens_at = MomentField(label=_("Enrolment opens"))
    closes_at = MomentField(label=_("Enrolment closes"))
    ends_at = MomentField(
        label=_("The kit ends"),
        help_text=_("From then on it can be read, and what was written stays; nothing new is kept."),
    )
    capacity = forms.IntegerField(
        label=_("Places"), min_value=1, max_value=100_000, required=False, help_text=_("Leave it empty for no limit.")
    )
    waiting_list = forms.BooleanField(
        label=_("Keep a waiting list when all places are taken"),
        required=False,
        help_text=_("Who is first in line moves up by herself when a place becomes free."),
    )

    def clean_kit_code(self):
        code = self.cleaned_data["kit_code"]
        if code and len(fold_code(code)) < SHORTEST_CODE:
            raise ValidationError(
                ngettext_lazy(
                    "Use at least %(number)d letter or digit.",
                    "Use at least %(number)d letters or digits.",
                    SHORTEST_CODE,
                )
                % {"number": SHORTEST_CODE}
            )
        return code

    def clean(self):
        data = super().clean()
        opens, closes, ends = (data.get(name) for name in ("opens_at", "closes_at", "ends_at"))
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Enrolment would close before it opens."))
        if ends and opens and ends <= opens:
            self.add_error("ends_at", _("The kit would end before enrolment opens."))
        elif ends and closes and ends < closes:
            self.add_error("ends_at", _("The kit would end before enrolment closes."))
        return data


class InvitationsForm(forms.Form):
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_INVITATIONS, initial=5)
    days = forms.IntegerField(label=_("Valid for how many days"), min_value=1, max_value=365, initial=30)


class DecisionForm(forms.Form):
    """What staff decide about one person. The choices are those of her state."""

    act = forms.ChoiceField(choices=[("approve", ""), ("refuse", ""), ("remove", "")])
