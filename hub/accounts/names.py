"""User names: what may be one, and when two are the same."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_LENGTH = 40
MAX_FOLDED = 200  # one character can fold to 18 (U+FDFA)
PUNCTUATION = frozenset("._-@+")


def fold_name(name):
    """`name` as it is compared: `Ａna`, `ANA` and `ana` are one person."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def validate_user_name(name):
    """Letters and marks of any script, digits and a little punctuation; no spaces, no invisible characters."""
    known = all(char in PUNCTUATION or unicodedata.category(char)[0] in "LMN" for char in name)
    if not known or len(fold_name(name)) > MAX_FOLDED:
        raise ValidationError(
            _("A user name may have letters, digits and . _ - @ + in it, without spaces."), code="invalid"
        )
