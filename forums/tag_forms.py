from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forums.models import MOST_TAGS, TAG_LENGTH
from forums.tags import tags_of
from hub.lib.text import TextField


class TagsField(forms.MultipleChoiceField):
    """Up to three tags of a forum."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Tags"),
            help_text=_("Up to three. They help others find what you write about."),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            **kwargs,
        )

    def validate(self, value):
        super().validate(value)
        if len(value) > MOST_TAGS:
            said = ngettext("Please choose %(limit)d tag at most.", "Please choose %(limit)d tags at most.", MOST_TAGS)
            raise ValidationError(said % {"limit": MOST_TAGS}, code="too_many")


class TagsForm(forms.Form):
    tags = TagsField()

    def __init__(self, data=None, *, forum, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["tags"].choices = tags_of(forum.pk).items()


class TagForm(forms.Form):
    """A tag in each language; without a name in one, the English is shown there."""

    def __init__(self, data=None, *, tag, **kwargs):
        super().__init__(data, **kwargs)
        for code, language in settings.LANGUAGES:
            self.fields[f"name_{code}"] = TextField(
                label=language,
                max_length=TAG_LENGTH,
                one_line=True,
                required=code == "en",
                initial=getattr(tag, f"name_{code}") or "",
                widget=forms.TextInput({"lang": code, "autocomplete": "off"}),
            )

    def names(self):
        """{field of the tag: name, or None}."""
        return {field: name or None for field, name in self.cleaned_data.items()}
