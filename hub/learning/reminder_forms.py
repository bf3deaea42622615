from django import forms
from django.utils.translation import gettext_lazy as _

from hub.notifications.models import Reminder


class ReminderForm(forms.Form):
    """An address is asked for only to switch reminders on; off is always possible."""

    when = forms.ChoiceField(
        label=_("When shall we remind you?"),
        choices=[("", _("Never")), *Reminder.When.choices],
        widget=forms.RadioSelect,
        required=False,
        help_text=_("With a day of the week, none comes if you were here on that day or the day before."),
    )

    def __init__(self, *args, can_get, **kwargs):
        super().__init__(*args, **kwargs)
        self.can_get = can_get

    def clean_when(self):
        if "when" not in self.data:  # a form without the question does not switch anything off
            raise forms.ValidationError(_("Please choose one of the answers."))
        when = self.cleaned_data["when"]
        if when and not self.can_get:
            raise forms.ValidationError(_("This needs an e-mail address that you have confirmed."))
        return when
