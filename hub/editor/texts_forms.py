"""Texts out and in: what an editor may ask for."""

import hashlib

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.translation.held import SITE, translatable_pages
from courses.translation.incoming import LARGEST, Refused, language_in, plan_import, read_po
from courses.translation.schema import DATA
from hub.accounts.roles import edited_languages, published_languages
from hub.lib.text import clean_text

DATA_WORDS = {"glossary": _("Glossary"), "library": _("Library")}
TOO_LARGE = _("The file is larger than 5 MB. Please take out one kit, or one module, at a time.")
CHOICES = {"later": _("Decide later"), "ours": _("Keep the hub’s"), "theirs": _("Take the file’s")}


def her_languages(user):
    """The languages, other than English, whose texts she may change."""
    return [code for code in edited_languages(user) if code != "en"]


def language_choices(codes):
    return [(code, name) for code, name in settings.LANGUAGES if code in codes]


def scope_titles():
    """{scope: title}: kits, each with its modules, the pages around them, the data files."""
    titles = {}
    for page in translatable_pages().values():
        if page.type == "kit":
            titles[page.id] = page.title
        elif page.type == "module":
            titles[f"{page.unit}/{page.id}"] = format_lazy("– {}", page.title)
    return {**titles, SITE: _("Home and information pages"), **{name: DATA_WORDS[name] for name in DATA}}


class DownloadForm(forms.Form):
    what = forms.ChoiceField(label=_("Texts"), required=False)
    languages = forms.MultipleChoiceField(label=_("Languages"), widget=forms.CheckboxSelectMultiple)
    todo = forms.BooleanField(
        label=_("Only what is to do"),
        required=False,
        help_text=_("Texts without a translation, and those whose English has changed since."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.titles, own = scope_titles(), her_languages(user)
        self.fields["what"].choices = [("", _("All texts")), *self.titles.items()]
        self.fields["languages"].choices = language_choices(own)
        if len(own) == 1:
            self.fields["languages"].initial = own

    def scopes(self):
        """What to put into files: all texts are all units."""
        return [self.cleaned_data["what"]] if self.cleaned_data["what"] else [s for s in self.titles if "/" not in s]


class UploadForm(forms.Form):
    """A PO file. When it can be read, `plan` is what it would do and `digest` names the file."""

    file = forms.FileField(
        label=_("PO file"),
        max_length=200,
        help_text=_("A file that was taken out here, with translations. Up to 5 MB, not packed."),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.own = user, her_languages(user)
        self.fields["language"].choices = [("", _("As the head of the file says")), *language_choices(self.own)]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(TOO_LARGE)
        file.name = clean_text(file.name)
        return file

    def clean(self):
        values = super().clean()
        if "file" in values and "language" in values:
            data = values["file"].read()
            self.digest = hashlib.sha256(data).hexdigest()
            try:
                self.plan = self.read(data, values["language"])
            except Refused as refused:
                self.add_error("file", at_line(refused))
        return values

    def read(self, data, chosen):
        po = read_po(data)
        language = language_in(po, chosen)
        if language not in self.own:
            raise Refused(gettext("This file is for a language that is not yours."))
        return plan_import(po, language, rows_too=language in published_languages(self.user))


def at_line(refused):
    if refused.line is None:
        return refused.message
    return gettext("Line %(line)d: %(text)s") % {"line": refused.line, "text": refused.message}


class ApplyForm(forms.Form):
    """What to do with the conflicts that are shown, and whether readers see the texts at once."""

    def __init__(self, *args, conflicts, may_publish, **kwargs):
        super().__init__(*args, **kwargs)
        for place, _item in conflicts:
            self.fields[f"choice-{place}"] = forms.ChoiceField(choices=CHOICES.items(), required=False)
        if may_publish:
            self.fields["publish"] = forms.BooleanField(required=False)

    def choices(self):
        """{place of an item: choice}."""
        found = {name: value for name, value in self.cleaned_data.items() if name.startswith("choice-")}
        return {int(name.partition("-")[2]): value for name, value in found.items() if value in {"ours", "theirs"}}


class DecideForm(forms.Form):
    """Decisions about the conflicts on one page of the list."""

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {f"choice-{row.pk}": row for row in rows}
        for name in self.rows:
            self.fields[name] = forms.ChoiceField(choices=CHOICES.items(), required=False)

    def decided(self):
        """[(conflict, "ours" or "theirs")]."""
        values = self.cleaned_data
        return [(row, values[name]) for name, row in self.rows.items() if values.get(name) in {"ours", "theirs"}]
