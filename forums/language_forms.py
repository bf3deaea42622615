from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from forums.models import ReadingLanguages

Show = ReadingLanguages.Show


class ReadingLanguagesForm(forms.Form):
    show = forms.ChoiceField(
        # Translators: a heading above the answers "all languages", "only my languages", "other languages folded".
        label=_("Show"),
        choices=Show.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "In a thread, posts in other languages are folded and never left out, so that you can open each of them."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages I read"), choices=settings.LANGUAGES, required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("show") in {Show.MINE, Show.FOLD} and not cleaned.get("languages") and not self.errors:
            raise ValidationError({"languages": _("Please tick at least one language.")}, code="required")
        return cleaned
