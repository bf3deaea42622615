"""The time that somebody asks for, the targets she sets, and the file she takes."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hub.reports.figures import FIGURES
from hub.reports.models import FEWEST_SLIPS
from hub.reports.periods import FIRST_YEAR, half_year, months_between, offered, period_of, today

OWN = "own"
LONGEST = 60  # months
LARGEST = 10_000_000


class MonthField(forms.Field):
    """The first day of a month, written as 2026-07. Browsers without a field for months show one for text."""

    default_error_messages = {
        "odd": _("Please write a month as year and month, such as 2026-07."),
        "far": _("Please choose a month from January 2020 to this month."),
    }

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-07", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **kwargs)

    def to_python(self, value):
        if not (value := (value or "").strip()):
            return None
        if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", value):
            raise ValidationError(self.error_messages["odd"], code="odd")
        year, month = map(int, value.split("-"))
        if not (FIRST_YEAR, 1) <= (year, month) <= (today().year, today().month):
            raise ValidationError(self.error_messages["far"], code="far")
        return date(year, month, 1)


class PeriodField(forms.ChoiceField):
    """Any period of the years in which there can be figures, whether it is offered or not."""

    def valid_value(self, value):
        period = period_of(str(value))
        return value == OWN or bool(period and FIRST_YEAR <= period.start.year <= today().year + 1)


class PeriodForm(forms.Form):
    """`chosen` is the Period; the running half-year when nothing is asked for."""

    period = PeriodField(label=_("Period"))
    first = MonthField(label=_("From month"))
    last = MonthField(label=_("To month"))

    def __init__(self, data=None, *, first_day=None):
        given = {name: data[name] for name in self.base_fields if name in data} if data else {}
        super().__init__(given or None, initial={"period": half_year(today()).key})
        groups = offered(first_day)
        asked = period_of(given.get("period", ""))
        if asked and asked not in [period for group in groups.values() for period in group]:
            groups["halves"].insert(0, asked)
        self.fields["period"].choices = [
            (name, [(period.key, str(period)) for period in groups[key]])
            for key, name in [
                ("halves", _("Half-years")),
                ("years", _("Years")),
                ("quarters", _("Quarters")),
                ("months", _("Months")),
            ]
        ] + [(OWN, _("From month to month, as below"))]

    def clean(self):
        data = super().clean()
        first, last = data.get("first"), data.get("last")
        if data.get("period") == OWN and not self.errors:
            if not (first and last):
                raise ValidationError(_("Please choose both months."))
            if last < first:
                self.add_error("last", _("This month is before the first one."))
            elif (last.year - first.year) * 12 + last.month - first.month >= LONGEST:
                self.add_error("last", _("Please choose five years at most."))
        return data

    @property
    def chosen(self):
        if not self.is_valid():
            return half_year(today())
        data = self.cleaned_data
        return months_between(data["first"], data["last"]) if data["period"] == OWN else period_of(data["period"])

    @property
    def query(self):
        """Hidden fields that ask for the same time again."""
        data = self.data if self.is_bound else {"period": self.initial["period"]}
        return {name: data.get(name, "") for name in self.fields if data.get(name)}


class TakeForm(forms.Form):
    kind = forms.ChoiceField(choices=[("csv", "CSV"), ("xlsx", "XLSX")])


class TargetsForm(forms.Form):
    """A number for each figure; an empty field is no target. The half-year comes with the address."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for key, figure in FIGURES.items():
            self.fields[key] = forms.IntegerField(
                label=figure.name,
                min_value=1,
                max_value=LARGEST,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )


SENTENCES = 20  # on a slip, at most


def ticks(label):
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=10_000, widget=widget)


class SlipsForm(forms.Form):
    day = forms.DateField(
        label=_("Day of the last session"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    slips = forms.IntegerField(
        label=_("How many slips"),
        min_value=FEWEST_SLIPS,
        max_value=500,
        error_messages={"min_value": _("With fewer than five slips, leave them in the box: nobody may be guessed.")},
    )
    more = ticks(_("Ticks at “more”, all sentences together"))
    same = ticks(_("Ticks at “as before”"))
    less = ticks(_("Ticks at “less”"))

    def clean_day(self):
        day = self.cleaned_data["day"]
        if not day.year >= FIRST_YEAR or day > today():
            raise ValidationError(_("Please choose a day from 2020 to today."))
        return day

    def clean(self):
        data = super().clean()
        if not self.errors and data["more"] + data["same"] + data["less"] > SENTENCES * data["slips"]:
            raise ValidationError(_("These are more ticks than so many slips can have. Please count again."))
        return data


def half_choices():
    """[Period] of half-years for which targets can be set: the last three years and the next."""
    year = today().year
    return [period_of(f"{number}-H{half}") for number in range(year + 1, year - 4, -1) for half in (2, 1)]
