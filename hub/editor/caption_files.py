"""Documents in the editor: a file of captions is read before it is kept."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from courses.captions import LONGEST, caption_faults


class DocumentForm(BaseDocumentForm):
    def clean_file(self):
        file = self.cleaned_data.get("file")
        is_new = file and "file" in self.changed_data
        if is_new and file.name.lower().endswith(".vtt") and (faults := faults_in(file)):
            raise ValidationError(faults)
        return file


def faults_in(file):
    """What is wrong with an uploaded file of captions, in words."""
    if file.size > LONGEST * 4:
        return [_("These captions are longer than those of a film of several hours. Please look at the file.")]
    file.seek(0)
    content = file.read()
    file.seek(0)
    try:
        return caption_faults(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return [_("This file is not in UTF-8. Open it in a text editor, and save it with the encoding UTF-8.")]
