import unicodedata

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.accounts.names import MAX_FOLDED, MAX_LENGTH, fold_name, validate_user_name


def languages():
    """A callable, so that no migration freezes the languages of one hub."""
    return settings.LANGUAGES


class FoldedNameField(models.CharField):
    """Follows `username` on every save, `bulk_create` included."""

    def pre_save(self, instance, add):
        setattr(instance, self.attname, fold_name(instance.username))
        return super().pre_save(instance, add)


class PersonManager(UserManager):
    def get_by_natural_key(self, username):
        return self.get(folded_name=fold_name(username))


class User(AbstractUser):
    """A person with an account. The user name is hers alone: nobody else is shown it."""

    first_name = None
    last_name = None
    username = models.CharField(
        _("user name"),
        max_length=MAX_LENGTH,
        unique=True,
        validators=[validate_user_name],
        error_messages={"unique": _("This user name is taken. Please choose another one.")},
    )
    folded_name = FoldedNameField(
        max_length=MAX_FOLDED,
        unique=True,
        editable=False,
        error_messages={"unique": _("This user name is taken. Please choose another one.")},
    )
    language = models.CharField(_("language"), max_length=10, choices=languages, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")

    objects = PersonManager()

    REQUIRED_FIELDS = []

    def get_full_name(self):
        return self.username

    def get_short_name(self):
        return self.username

    # One keyboard sends é as one character, another as two: both are the same passphrase.
    def set_password(self, raw_password):
        super().set_password(raw_password and unicodedata.normalize("NFC", raw_password))

    def check_password(self, raw_password):
        return super().check_password(unicodedata.normalize("NFC", raw_password))


class RecoveryCode(models.Model):
    """One unspent code of a person's recovery card. Only its digest is kept; a spent code is deleted."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return str(self.pk)
