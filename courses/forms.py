"""What a learner sends from a lesson. `body()` of a valid form is the answer's body."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.lib.text import TextField

REFLECTION_LIMIT = 20_000


class Screen:
    """Where a reflection may be done. It counts the same everywhere."""

    choices = [("screen", _("on screen")), ("paper", _("on paper")), ("head", _("in my head"))]


class AnswerForm(forms.Form):
    client_id = forms.UUIDField(required=False)
    base = forms.UUIDField(required=False)

    def __init__(self, data, *, part):
        super().__init__(data)
        self.part = part

    def clean_client_id(self):
        return self.cleaned_data["client_id"] or uuid4()


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


class MarkForm(forms.Form):
    done = forms.TypedChoiceField(choices=[("1", ""), ("0", "")], coerce=lambda value: value == "1")


class LeaveForm(forms.Form):
    KEEP, ERASE = "keep", "erase"
    record = forms.ChoiceField(
        label=_("What shall happen with what you did and wrote in this kit?"),
        choices=[
            (KEEP, _("Keep it. If you come back, everything is here.")),
            (ERASE, _("Erase it now: done marks, answers and reflections. This cannot be undone.")),
        ],
        widget=forms.RadioSelect,
        initial=KEEP,
    )
