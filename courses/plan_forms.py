"""What she sends from her action plan."""

from datetime import date
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Step
from courses.plans import LONGEST
from hub.lib.text import TextField

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


def short_text(label):
    return TextField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}))


class DayField(forms.DateField):
    """A day as the phone's own calendar gives it, or typed in a form that her language knows."""

    default_error_messages = {
        "invalid": _("Please write the day as year-month-day, for example 2027-03-31."),
        "far": _("Please choose a day between 2000 and 2099."),
    }

    def __init__(self, **kwargs):
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)

    def validate(self, value):
        super().validate(value)
        if value and not EARLIEST <= value <= LATEST:
            raise forms.ValidationError(self.error_messages["far"], code="far")


class PlanForm(forms.Form):
    """`place` makes the ids of its fields its own on a page of many forms."""

    def __init__(self, data=None, *, place="", **kwargs):
        super().__init__(data, auto_id=f"{place}-%s" if place else "id_%s", **kwargs)


class NewForm(PlanForm):
    uid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, initial={"uid": uuid4()}, **kwargs)

    def clean_uid(self):
        return self.cleaned_data["uid"] or uuid4()


class GoalForm(NewForm):
    text = short_text(_("Your goal"))


class GoalChangeForm(PlanForm):
    text = short_text(_("Your goal"))


class StepForm(NewForm):
    text = short_text(_("The step"))
    due_on = DayField(label=_("By when"), required=False)


class StepChangeForm(PlanForm):
    text = short_text(_("The step"))
    due_on = DayField(label=_("By when"), required=False)
    state = forms.ChoiceField(label=_("How it stands"), choices=Step.State.choices)


class StateForm(forms.Form):
    """From a button: nothing that she fills in."""

    state = forms.ChoiceField(choices=Step.State.choices, widget=forms.HiddenInput)


class MoveForm(forms.Form):
    """From a button."""

    to = forms.IntegerField(min_value=0, max_value=1000, widget=forms.HiddenInput)
