"""What she chooses when she joins a circle, and later."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.cohorts import fold
from courses.models.cohorts import FOLDED_LENGTH, NAME_LENGTH
from hub.lib.text import TextField


class MemberForm(forms.Form):
    display_name = TextField(
        label=_("What shall the circle call you?"),
        max_length=NAME_LENGTH,
        one_line=True,
        help_text=_("A first name or any name you like. You can change it at any time. It is deleted when you leave."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    shows_progress = forms.TypedChoiceField(
        label=_("Shall your trainer see how far you are?"),
        choices=[
            ("0", _("No, I keep this to myself (this is chosen if you change nothing)")),
            ("1", _("Yes: not started, on the way or finished, and whether that was this month or earlier")),
        ],
        coerce=lambda value: value == "1",
        initial="0",
        widget=forms.RadioSelect,
    )

    def clean_display_name(self):
        name = self.cleaned_data["display_name"]
        if len(fold(name)) > FOLDED_LENGTH:
            raise forms.ValidationError(_("Please choose a shorter name."))
        return name


class LeaveForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, I leave the circle."), error_messages={"required": _("Please tick that you are sure.")}
    )
