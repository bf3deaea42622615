"""What a trainer types about a circle."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.enrolment_forms import MomentField
from courses.models import CohortTrainer
from courses.models.shares import COMMENT_LENGTH
from hub.lib.text import TextField
from hub.trainer.access import kit_choices

MOST_PLACES = 1_000
MOST_TICKS = 2_000
FIRST_DAY = timezone.datetime(2020, 1, 1).date()


class CircleForm(forms.Form):
    title = TextField(
        label=_("Title"),
        max_length=80,
        one_line=True,
        help_text=_(
            "The members read it too. A plain one, such as “Tuesday evening”, tells nobody who looks over a shoulder."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak in the circle"), widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=MOST_PLACES,
        required=False,
        help_text=_("Leave it empty for no limit. Who comes later waits in line and moves up by herself."),
    )
    opens_at = MomentField(label=_("Joining opens"))
    closes_at = MomentField(label=_("Joining closes"), help_text=_("Slips made for one woman work also after that."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["languages"].choices = settings.LANGUAGES

    def clean(self):
        data = super().clean()
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Joining would close before it opens."))
        return data


class NewCircleForm(CircleForm):
    kit_key = forms.TypedChoiceField(label=_("Kit"), coerce=UUID)
    field_order = ["title", "kit_key"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kit_key"].choices = kit_choices()


class CodeForm(forms.Form):
    act = forms.ChoiceField(choices=[("renew", ""), ("close", "")])


class SessionForm(forms.Form):
    number = forms.IntegerField(
        label=_("Session number"), min_value=1, max_value=99, help_text=_("Sessions 1 to 6 have a session plan.")
    )
    starts_at = MomentField(label=_("Day and hour"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=15, max_value=600, initial=150)
    place = TextField(
        label=_("Place"),
        max_length=200,
        one_line=True,
        required=False,
        help_text=_("The members see it. A neutral name is safer than the name of a shelter."),
    )
    link = forms.URLField(
        label=_("Link to the meeting"),
        max_length=300,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].required = True


PRESENT, ABSENT, OPEN = "1", "0", "-"
ATTENDANCE = {PRESENT: True, ABSENT: False, OPEN: None}


class AttendanceForm(forms.Form):
    """One choice for each row that is shown. What is not sent is not changed; `rest` stands for all that are not entered."""

    rest = forms.BooleanField(label=_("All others on this page were present"), required=False)

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        # Translators: on a list of attendance, of one woman: nothing is entered yet.
        choices = [(PRESENT, _("present")), (ABSENT, _("not present")), (OPEN, _("not entered"))]
        for row in rows:
            self.fields[f"m-{row.pk}"] = forms.ChoiceField(
                label=row.name, choices=choices, widget=forms.RadioSelect, required=False
            )

    def clean(self):
        data = super().clean()
        if not self.errors and not any(data.values()):
            raise ValidationError(_("Nothing is entered yet. Please choose for at least one woman."))
        return data

    @property
    def women(self):
        return [field for field in self if field.name != "rest"]

    def present(self):
        values = self.cleaned_data | dict.fromkeys(self.others() if self.cleaned_data["rest"] else (), PRESENT)
        return {int(field.name[2:]): ATTENDANCE[values[field.name]] for field in self.women if values[field.name]}

    def others(self):
        return [field.name for field in self.women if self.cleaned_data[field.name] in {"", OPEN}]


class PairsField(forms.MultipleChoiceField):
    """Values such as `12:<lesson key>`; cleaned to a set of (id of a membership, lesson key)."""

    def valid_value(self, value):
        return True

    def clean(self, value):
        values = super().clean(value)
        try:
            pairs = {self.pair(text) for text in values[: MOST_TICKS + 1]}
        except ValueError:
            raise ValidationError(_("Please open this page again: it was out of date.")) from None
        if len(pairs) > MOST_TICKS:
            raise ValidationError(_("These are too many ticks at once. Please save fewer women at a time."))
        return pairs

    def pair(self, text):
        number, _colon, key = text.partition(":")
        if not (number.isascii() and number.isdecimal() and len(number) <= 18):
            raise ValueError(text)
        return int(number), UUID(key)


class PaperForm(forms.Form):
    """`was`: what was ticked when the page was made, so that nobody takes back what a colleague has entered since."""

    done_on = forms.DateField(
        label=_("Done on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day of everything that you tick newly."),
    )
    tick = PairsField(required=False)
    was = PairsField(required=False)

    def __init__(self, *args, lesson_keys, **kwargs):
        super().__init__(*args, **kwargs)
        self.lesson_keys = lesson_keys

    def clean_done_on(self):
        day = self.cleaned_data["done_on"]
        if not FIRST_DAY <= day <= timezone.localdate():
            raise ValidationError(_("Please choose a day that is not in the future."))
        return day

    def clean_tick(self):
        pairs = self.cleaned_data["tick"]
        if {key for _pk, key in pairs} - self.lesson_keys:
            raise ValidationError(_("Please open this page again: it was out of date."))
        return pairs


class NoticeForm(forms.Form):
    text = TextField(
        label=_("Message"),
        max_length=1000,
        help_text=_(
            "Plain text. All members read it under My learning; an e-mail only says that there is something new. "
            "Write no names."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CommentForm(forms.Form):
    text = TextField(
        label=_("What do you want to tell her?"),
        max_length=COMMENT_LENGTH,
        help_text=_("Plain text. She reads it beside her answer; your colleagues in this circle read it too."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class TrainerForm(forms.Form):
    person = forms.ModelChoiceField(label=_("Colleague"), queryset=None)
    part = forms.ChoiceField(
        label=_("What she does"),
        choices=[(part.value, part.label) for part in (CohortTrainer.Part.CO, CohortTrainer.Part.SUBSTITUTE)],
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label=_("Last day, if she stands in"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people

    def clean(self):
        data = super().clean()
        day = data.get("until")
        if data.get("part") == CohortTrainer.Part.SUBSTITUTE:
            if day is None and "until" not in self.errors:
                self.add_error("until", _("Please say until when she stands in."))
            elif day and not timezone.localdate() <= day <= timezone.localdate().replace(day=1, month=1, year=2100):
                self.add_error("until", _("Please choose a day from today on."))
        else:
            data["until"] = None
        return data


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Who leads the circle from now on"), queryset=None)
    stays = forms.BooleanField(label=_("Whoever leads it now goes on holding it with her"), required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people


class TakeOutForm(forms.Form):
    person = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class CloseForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, close the circle. I know that this cannot be undone."),
        error_messages={"required": _("Please tick that you are sure.")},
    )


class ListForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("File"), choices=[("csv", "CSV"), ("xlsx", "Excel (XLSX)")], initial="xlsx", widget=forms.RadioSelect
    )
