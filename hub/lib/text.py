"""What a person typed, made safe to keep and to show: plain rules used by every form."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

# Bidirectional overrides and isolates can make a text show something other than what it says (U+202A–202E, U+2066–2069).
BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Control characters except tab and line feed; no writing system needs them.
CONTROLS = {code: None for code in [*range(0x20), 0x7F, *range(0x80, 0xA0)] if code not in (0x09, 0x0A)}


def clean_text(value):
    """`value` in NFC with plain line ends, without control characters and bidi overrides, stripped at both ends."""
    value = value.replace("\r\n", "\n").replace("\r", "\n").translate(CONTROLS).translate(BIDI_CONTROLS)
    return unicodedata.normalize("NFC", value).strip()


class TextField(forms.CharField):
    """A text field for people's words: cleaned by `clean_text`, measured after cleaning, with a message that says what to do.

    `max_length` counts characters. The widget gets no maxlength attribute, so that a browser never cuts a pasted text unseen.
    """

    default_error_messages = {
        "required": _("Please write something here."),
        "too_long": ngettext_lazy(
            "This text is longer than %(limit)d character. Please shorten it; it is still in the field.",
            "This text is longer than %(limit)d characters. Please shorten it; it is still in the field.",
            "limit",
        ),
    }

    def __init__(self, *, max_length, one_line=False, **kwargs):
        self.limit = max_length
        self.one_line = one_line
        kwargs.setdefault("widget", forms.TextInput if one_line else forms.Textarea)
        super().__init__(strip=False, **kwargs)
        self.validators = [v for v in self.validators if type(v).__name__ != "ProhibitNullCharactersValidator"]

    def to_python(self, value):
        value = clean_text(super().to_python(value))
        return " ".join(value.split()) if self.one_line else value

    def validate(self, value):
        super().validate(value)
        if len(value) > self.limit:
            raise ValidationError(self.error_messages["too_long"], code="too_long", params={"limit": self.limit})
