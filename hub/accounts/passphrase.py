"""The one rule for passphrases, said in our words."""

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from zxcvbn import zxcvbn

from hub.accounts.names import fold_name

MAX_LENGTH = 200  # longer ones only cost the server time


EASY = 8  # a passphrase that is found within 10^8 guesses is refused
LOOKED_AT = (
    32  # characters: judging takes longer the longer the text is, and what is hard to guess so far is hard enough
)


class PassphraseValidator(CommonPasswordValidator):
    """At least `min_length` characters, not the user name, and not easy to guess.

    Easy is what stands on Django's list of 20,000 passwords from breaches, and what zxcvbn finds within 10^EASY guesses from its
    30,000 breached passwords, names, dates, keyboard rows and repetitions. Both lists are on this machine: nobody is asked.
    """

    def __init__(self, min_length=10):
        super().__init__()
        self.min_length = min_length

    def validate(self, password, user=None):
        if len(password) < self.min_length:
            raise ValidationError(self.get_help_text(), code="passphrase_too_short")
        if len(password) > MAX_LENGTH:
            raise ValidationError(
                ngettext(
                    "This passphrase is longer than %(limit)d character. Please choose a shorter one.",
                    "This passphrase is longer than %(limit)d characters. Please choose a shorter one.",
                    MAX_LENGTH,
                )
                % {"limit": MAX_LENGTH},
                code="passphrase_too_long",
            )
        if self.easy_to_guess(password, user):
            raise ValidationError(
                _("This passphrase is easy to guess. Four words that have nothing to do with one another are safer."),
                code="passphrase_too_common",
            )

    def easy_to_guess(self, password, user):
        name = fold_name(getattr(user, "username", "") or "")
        folded = fold_name(password)
        too_near = bool(name) and name in folded and len(folded) - len(name) < 6
        if folded.strip() in self.passwords or len(set(folded)) < 4 or too_near:
            return True
        return zxcvbn(password[:LOOKED_AT], [name] if name else [])["guesses"] < 10**EASY

    def get_help_text(self):
        return ngettext(
            "Please use at least %(count)d character. Four words you can remember are a good choice.",
            "Please use at least %(count)d characters. Four words you can remember are a good choice.",
            self.min_length,
        ) % {"count": self.min_length}
