from pathlib import PurePath

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from courses.models import KitPage, QuestionBank
from courses.questions.exchange import LARGEST, bank_keys, plan_import
from courses.questions.items import Faults
from hub.lib.text import TextField

MOST_FAULTS = 20


class ImportForm(forms.Form):
    """A file and the bank it is for. When it is sound, `plan` is what would be imported."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("GIFT (a text file) or Moodle XML, up to 10 MB. The format is told from the content."),
    )
    title = TextField(
        label=_("Question bank"),
        max_length=200,
        one_line=True,
        required=False,
        widget=forms.TextInput(attrs={"list": "bank-titles"}),
        help_text=_("The name of a bank that is here already, or of a new one. Empty: named after the file."),
    )
    language = forms.ChoiceField(
        label=_("Language of texts that name none"), choices=lambda: settings.LANGUAGES, initial="en"
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            message = _("The file is larger than %(limit)d MB. Please split it.")
            raise ValidationError(message, params={"limit": LARGEST // 1_000_000})
        return file

    def clean(self):
        values = super().clean()
        if "file" in values and "language" in values and "title" in values:
            values["data"] = values["file"].read()
            values["title"] = values["title"] or PurePath(values["file"].name).stem[:200]
            self.plan = self.read(values)
        return values

    def read(self, values):
        try:
            return plan_import(values["data"], title=values["title"], language=values["language"])
        except Faults as faults:
            self.faults = list(fault_texts(faults))
            self.add_error("file", _("This file is broken, and nothing of it was taken. What is wrong stands above."))


def fault_texts(faults):
    """Each fault with its line; no more than anybody reads."""
    for line, text in faults.lines[:MOST_FAULTS]:
        yield gettext("Line %(line)d: %(text)s") % {"line": line, "text": text}
    if (more := len(faults.lines) - MOST_FAULTS) > 0:
        yield ngettext("%(count)d more line is wrong.", "%(count)d more lines are wrong.", more) % {"count": more}


class ExportForm(forms.Form):
    """What to take out, and how. `what` is bank:<key>, kit:<slug>, or empty for all banks."""

    what = forms.ChoiceField(label=_("Questions"), required=False)
    format = forms.ChoiceField(
        label=_("Format"),
        choices=[("xml", _("Moodle XML, with pictures")), ("gift", _("GIFT, a text file without pictures"))],
        initial="xml",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        titles = dict(QuestionBank.objects.order_by("-locale__language_code").values_list("translation_key", "title"))
        kits = KitPage.objects.live().filter(locale__language_code="en").order_by("title").values_list("slug", "title")
        self.fields["what"].choices = [
            ("", _("All question banks")),
            *((f"bank:{key}", titles[key]) for key in bank_keys()),
            *((f"kit:{slug}", gettext("Kit: %(title)s") % {"title": title}) for slug, title in kits),
        ]

    def arguments(self):
        """For export_questions."""
        kind, _colon, name = self.cleaned_data["what"].partition(":")
        return {"format": self.cleaned_data["format"], **({kind: name} if kind else {})}
