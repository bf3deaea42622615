"""How she wants to be told by mail."""

from django import forms
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from hub.notifications.models import How, Preference


def hours():
    """Every full hour, as her language writes it."""
    from datetime import time

    return [("", "–"), *((number, time_format(time(number), "H:i")) for number in range(24))]


def hour_field(label):
    return forms.TypedChoiceField(label=label, choices=hours, coerce=int, empty_value=None, required=False)


class MailForm(forms.ModelForm):
    how = forms.ChoiceField(
        label=_("Shall we also send you an e-mail?"),
        choices=How.choices,
        widget=forms.RadioSelect,
        help_text=_("Its subject is always “New for you”. It says nothing more to somebody who sees your phone."),
    )
    words = forms.BooleanField(
        label=_("Write the titles of threads and kits into the e-mail"),
        help_text=_("If you leave this empty, the e-mail only says how much is new. It never holds what others wrote."),
        required=False,
    )
    quiet_from = hour_field(_("No e-mail from"))
    quiet_until = hour_field(_("until"))

    class Meta:
        model = Preference
        fields = ["how", "words", "quiet_from", "quiet_until"]

    def clean(self):
        data = super().clean()
        start, end = data.get("quiet_from"), data.get("quiet_until")
        if (start is None) != (end is None) and not self.errors:
            field = "quiet_from" if start is None else "quiet_until"
            self.add_error(field, _("Please choose both hours, or neither."))
        return data


class ScopeForm(forms.Form):
    """For a forum or a thread: as everywhere else, or otherwise."""

    how = forms.ChoiceField(label=_("E-mail about this"), widget=forms.RadioSelect, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["how"].choices = [("", _("As I chose for the whole hub")), *How.choices]


class ClearForm(forms.Form):
    choice = forms.IntegerField(min_value=1, max_value=2**63 - 1)
