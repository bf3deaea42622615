from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.models import KitPage
from courses.word.package import MOST_BYTES, too_large
from courses.word.reading import read_document
from courses.word.refusal import WordRefused
from hub.lib.text import TextField


class DocumentForm(forms.Form):
    """A .docx. When it is sound, `data_of_file` holds its bytes."""

    file = forms.FileField(
        label=_("Word document"),
        help_text=_("A .docx file of up to 30 MB and 80,000 words."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        max_length=200,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(too_large())
        self.data_of_file = file.read()
        try:
            read_document(self.data_of_file, file.name)
        except WordRefused as refused:
            raise ValidationError(str(refused)) from refused
        return file


class KitForm(forms.Form):
    """What a document does not say of itself."""

    title = TextField(label=_("Title of the kit"), max_length=200, one_line=True)
    audience = forms.ChoiceField(label=_("For"), choices=KitPage.Audience.choices, widget=forms.RadioSelect)
