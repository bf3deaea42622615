"""What a learner sends from a lesson. `body()` of a valid form is the answer's body."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.versions import new_id
from hub.lib.text import TextField

REFLECTION_LIMIT = 20_000


class Screen:
    """Where a reflection may be done. It counts the same everywhere."""

    choices = [("screen", _("on screen")), ("paper", _("on paper")), ("head", _("in my head"))]


class AnswerForm(forms.Form):
    base = forms.UUIDField(required=False)
    client_id = forms.UUIDField(required=False)

    def __init__(self, data, *, part):
        super().__init__(data)
        self.part = part

    def clean_client_id(self):
        return self.cleaned_data["client_id"] or new_id(after=self.cleaned_data.get("base"))


class ReflectionForm(AnswerForm):
    text = TextField(label=_("Your words"), max_length=REFLECTION_LIMIT, required=False)
    how = forms.ChoiceField(label=_("Done"), choices=[("", ""), *Screen.choices], required=False)

    def clean(self):
        data = super().clean()
        if not self.errors and not (data["text"] or data["how"] or data["base"]):
            self.add_error("text", _("Write something here, or choose on paper or in my head."))
        return data

    def body(self):
        return {"text": self.cleaned_data["text"], "how": self.cleaned_data["how"]}


class ChecklistForm(AnswerForm):
    ticked = forms.MultipleChoiceField(label=_("Ticks"), required=False)

    def __init__(self, data, *, part):
        super().__init__(data, part=part)
        self.fields["ticked"].choices = [(item["id"], item["text"]) for item in part["items"]]

    def body(self):
        return {"ticked": sorted(self.cleaned_data["ticked"])}


# Those of questions: courses/questions/kinds.py, which has the whole table.
FORMS = {"reflection": ReflectionForm, "checklist": ChecklistForm}


class IdsField(forms.MultipleChoiceField):
    """A few UUIDs, whatever they name; cleaned to a list of UUID."""

    MOST = 100

    def valid_value(self, value):
        try:
            return bool(UUID(value))
        except ValueError:
            return False

    def clean(self, value):
        ids = super().clean(value)
        if len(ids) > self.MOST:
            raise forms.ValidationError(self.error_messages["invalid_list"], code="invalid_list")
        return [UUID(text) for text in ids]


class LostForm(AnswerForm):
    """Words for a part that is there no more, so that nobody knows its items: a reflection or a checklist."""

    text = TextField(label=_("Your words"), max_length=REFLECTION_LIMIT, required=False)
    how = forms.ChoiceField(choices=[("", ""), *Screen.choices], required=False)
    ticked = IdsField(required=False)

    def __init__(self, data):
        super().__init__(data, part=None)

    @property
    def kind(self):
        return "checklist" if self.cleaned_data["ticked"] else "reflection"

    def clean(self):
        data = super().clean()
        if not self.errors and not (data["text"] or data["ticked"]):
            raise forms.ValidationError(_("Please write something here."))
        return data

    def body(self):
        if self.kind == "checklist":
            return {"ticked": sorted(map(str, self.cleaned_data["ticked"]))}
        return {"text": self.cleaned_data["text"], "how": self.cleaned_data["how"]}


class DeleteForm(forms.Form):
    unsent = IdsField(required=False)  # versions that her device was about to send


class MarkForm(forms.Form):
    done = forms.TypedChoiceField(choices=[("1", ""), ("0", "")], coerce=lambda value: value == "1")


class LeaveForm(forms.Form):
    KEEP, ERASE = "keep", "erase"
    record = forms.ChoiceField(
        label=_("What shall happen with what you did and wrote in this kit?"),
        choices=[
            (KEEP, _("Keep it. If you come back, everything is here.")),
            (ERASE, _("Erase it now: done marks, answers, reflections and the action plan. This cannot be undone.")),
        ],
        widget=forms.RadioSelect,
        initial=KEEP,
    )
