import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.translation.advice import LONGEST, fault_in_words
from courses.translation.flat import mark
from courses.translation.po import LINE_BREAK
from hub.lib.text import TextField

SHOW = ("todo", "behind", "missing", "all")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
NUMBERS = re.compile(r"\d{1,12}")
MOST_NUMBERS = 100


class PartForm(forms.Form):
    """One text of a page. `base` marks the text that stood in the field when she opened the page."""

    text = TextField(max_length=LONGEST, required=False)
    base = forms.CharField(max_length=32)

    def __init__(self, data, *, part):
        super().__init__(data, prefix=prefix_of(part))
        self.part = part

    def clean_text(self):
        keeps_lines = LINE_BREAK in self.part.english or LINE_BREAK in self.part.text
        text = as_kept(self.cleaned_data["text"], keeps_lines=keeps_lines)
        if not text and self.part.text:
            raise ValidationError(_("There was a translation here. Write the new one; an empty field is not saved."))
        if text and text != self.part.text and (fault := fault_in_words(self.part.english, text)):
            raise ValidationError(fault)
        return text

    def is_changed(self):
        """Whether she wrote something: not what stands there now, nor what stood there when she opened the page."""
        text = self.cleaned_data["text"]
        return bool(text) and text != self.part.text and mark(text) != self.cleaned_data["base"]


def prefix_of(part):
    return f"part-{part.id}"


def as_typed(text):
    """A text as it stands in the field: a line break is a line break."""
    return text.replace(LINE_BREAK, "\n")


def as_kept(text, *, keeps_lines):
    """A text as it is kept. Where there is no line break to keep, the lines of a pasted text become one."""
    lines = BREAK.sub("\n", text).strip().split("\n")
    return LINE_BREAK.join(lines) if keeps_lines else " ".join(line.strip() for line in lines if line.strip())


class ShowForm(forms.Form):
    """The query of the page; what cannot be read counts as not said."""

    show = forms.ChoiceField(choices=[(name, name) for name in SHOW], required=False)
    segment = forms.IntegerField(required=False, min_value=1, max_value=2**53)
    look = forms.CharField(required=False, max_length=2_000)

    def read(self):
        """(filter, id of the part to come to or None, ids of the parts that were just saved)"""
        self.is_valid()
        data = self.cleaned_data
        look = NUMBERS.findall(data.get("look") or "")[:MOST_NUMBERS]
        return data.get("show") or SHOW[0], data.get("segment"), [int(number) for number in look]


class DecideForm(forms.Form):
    """An answer to a page that waits for review."""

    action = forms.ChoiceField(choices=[("approve", _("Approve")), ("reject", _("Ask for changes"))])
    comment = TextField(max_length=2_000, required=False, label=_("Comment"), widget=forms.Textarea(attrs={"rows": 2}))
