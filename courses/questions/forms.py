"""What a reader sends for a question. `body()` of a valid form is the answer's body; `given()` the same of one that was refused."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.forms import AnswerForm
from courses.questions.fold import parse_number
from hub.lib.text import TextField

LONGEST_ANSWER = 200


class ChoiceForm(AnswerForm):
    """Body: {"chosen": [option id]}, sorted."""

    choice = forms.MultipleChoiceField(
        label=_("Your answer"), error_messages={"required": _("Choose an answer first, then check it.")}
    )

    def __init__(self, data, *, part):
        super().__init__(data, part=part)
        self.fields["choice"].choices = [(option["id"], option["text"]) for option in part["options"]]

    def clean_choice(self):
        chosen = self.cleaned_data["choice"]
        if len(chosen) > 1 and not self.part["several"]:
            raise forms.ValidationError(_("Choose one answer, then check it."))
        return chosen

    def body(self):
        return {"chosen": sorted(self.cleaned_data["choice"])}

    def given(self):
        return {"chosen": self.data.getlist("choice")}


class LinesForm(AnswerForm):
    """One choice for each line of the part. A line that lacks one gets no message of its own: one for all says it."""

    lines = ""  # of the part

    def __init__(self, data, *, part):
        super().__init__(data, part=part)
        for line in part[self.lines]:
            self.fields[line_name(line)] = forms.ChoiceField(required=False, choices=[("", ""), *self.choices()])

    def chosen(self, values):
        return {line["id"]: values.get(line_name(line), "") for line in self.part[self.lines]}

    def clean(self):
        data = super().clean()
        if not self.errors and not all(self.chosen(data).values()):
            raise forms.ValidationError(_("Choose something for each line, then check it."))
        return data


def line_name(line):
    return f"line-{line['id']}"


class MatchForm(LinesForm):
    """Body: {"matched": {pair id: id of the answer}}. The page knows answers by tokens that do not tell whose they are."""

    lines = "pairs"

    def choices(self):
        return [(answer["token"], answer["text"]) for answer in self.part["answers"]]

    def body(self):
        return {"matched": self.ids(self.cleaned_data)}

    def given(self):
        return {"matched": self.ids(self.data)}

    def ids(self, values):
        ids = {answer["token"]: answer["id"] for answer in self.part["answers"]}
        return {line: ids.get(token, "") for line, token in self.chosen(values).items()}


class OrderForm(LinesForm):
    """Body: {"order": [item id, the first place first]}."""

    lines = "items"

    def choices(self):
        return [(str(place), str(place)) for place in range(1, len(self.part["items"]) + 1)]

    def clean(self):
        data = super().clean()
        places = list(self.chosen(data).values())
        if not self.errors and len(set(places)) < len(places):
            raise forms.ValidationError(_("Two lines have the same place. Give each line its own."))
        return data

    def body(self):
        places = self.chosen(self.cleaned_data)
        return {"order": sorted(places, key=lambda item: int(places[item]))}

    def given(self):
        return {"places": self.chosen(self.data)}


class WrittenForm(AnswerForm):
    """Body: {"given": text as it was typed}."""

    given_text = TextField(
        label=_("Your answer"),
        max_length=LONGEST_ANSWER,
        one_line=True,
        error_messages={"required": _("Write an answer first, then check it.")},
    )

    def body(self):
        return {"given": self.cleaned_data["given_text"]}

    def given(self):
        return {"given": self.data.get("given_text", "")}


class NumberForm(WrittenForm):
    def clean_given_text(self):
        text = self.cleaned_data["given_text"]
        if parse_number(text, self.part["unit"]) is None:
            raise forms.ValidationError(_("Write a number with digits, for example 12 or 3.5."))
        return text


class AssessmentForm(AnswerForm):
    """Body: {"rated": {statement id: id of a place on the scale}}; a statement may stay without."""

    def __init__(self, data, *, part):
        super().__init__(data, part=part)
        choices = [("", ""), *((place["id"], place["text"]) for place in part["scale"])]
        for statement in part["statements"]:
            self.fields[line_name(statement)] = forms.ChoiceField(required=False, choices=choices)

    def rated(self, values):
        found = {line["id"]: values.get(line_name(line), "") for line in self.part["statements"]}
        return {line: place for line, place in found.items() if place}

    def body(self):
        return {"rated": self.rated(self.cleaned_data)}

    def given(self):
        return {"rated": self.rated(self.data)}
