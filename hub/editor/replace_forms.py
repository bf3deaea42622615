"""What an author or reviewer says when she replaces a word."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.replace.matching import Wanted
from hub.accounts.roles import published_languages
from hub.lib.text import TextField

LONGEST = 80


class FindForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"))
    old = TextField(label=_("Replace"), max_length=LONGEST, one_line=True)
    new = TextField(label=_("with"), max_length=LONGEST, one_line=True)
    endings = forms.BooleanField(
        label=_("also where the word goes on"),
        required=False,
        help_text=_("“mentor” is then found in “mentors” and in joined words, and what follows stays as it is."),
    )
    exact_case = forms.BooleanField(
        label=_("only with the same capital letters"),
        required=False,
        help_text=_("Otherwise the new word gets a capital where the old one had it."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, hers = user, published_languages(user)
        self.fields["language"].choices = [(code, name) for code, name in settings.LANGUAGES if code in hers]

    def clean_old(self):
        old = self.cleaned_data["old"]
        if sum(char.isalnum() for char in old) < 2:
            raise ValidationError(_("Write at least two letters."))
        return old

    def clean(self):
        data = super().clean()
        if data.get("old") and data.get("old") == data.get("new"):
            self.add_error("new", _("This is the same word. Write what it shall be from now on."))
        return data

    @property
    def wanted(self):
        data = self.cleaned_data
        return Wanted(data["old"], data["new"], data["endings"], data["exact_case"])


class WriteForm(FindForm):
    """The same once more, with what was ticked."""

    how = forms.ChoiceField(
        label=_("What becomes of the pages"),
        choices=[
            ("draft", _("Save them as drafts, to be published one by one")),
            ("publish", _("Publish those that have no other changes waiting")),
        ],
        widget=forms.RadioSelect,
        initial="draft",
    )
