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


class Organisation(models.Model):
    """A partner that runs circles and keeps staff. Staff belong to one; learners to none."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    country = models.CharField(_("country"), max_length=2, blank=True)  # ISO 3166-1, such as IT
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return self.name


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
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="staff", verbose_name=_("organisation")
    )
    # After a sign-in card or a code from two people: the passphrase was known to somebody else.
    must_change_passphrase = models.BooleanField(_("must choose a new passphrase"), default=False)
    # Whether two people of an organisation together may give her a code when she forgot everything else.
    helped_recovery = models.BooleanField(_("two trainers may help me back in"), default=True)

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


class HelpedRecovery(models.Model):
    """A one-time code that two people of one organisation give to somebody who cannot sign in. Only its digest is kept.

    It works once, for a day, after the second of them has agreed; then she must choose a new passphrase, and she is told.
    A name that belongs to nobody, or to an account that may not be helped, makes a row without `user`, and a code that
    opens nothing: what helpers see never tells whether there is such an account.
    """

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="helped_recoveries")
    name_digest = models.CharField(
        max_length=64, default=""
    )  # of the user name, which the second person must be told as well
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    started_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001  (none until the second has agreed)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class RoleInvitation(models.Model):
    """A link by which somebody takes on a role in an organisation. Only its digest is kept; it works once."""

    digest = models.CharField(max_length=64, unique=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    group = models.ForeignKey("auth.Group", models.CASCADE, related_name="+")
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    used_at = models.DateTimeField(null=True)


class AccountEvent(models.Model):
    """What was done to an account by somebody, or to its doors by herself. She reads all of hers; coordinators read the grants."""

    class Kind(models.TextChoices):
        ROLE_GIVEN = "role_given", _("role given")
        ROLE_TAKEN = "role_taken", _("role taken away")
        ORGANISATION = "organisation", _("organisation changed")
        INVITED = "invited", _("invitation to a role made")
        INVITATION_WITHDRAWN = "invitation_withdrawn", _("invitation to a role withdrawn")
        INVITATION_USED = "invitation_used", _("invitation to a role taken up")
        ORGANISATION_MADE = "organisation_made", _("organisation added")
        ORGANISATION_RENAMED = "organisation_renamed", _("organisation renamed")
        ORGANISATION_CLOSED = "organisation_closed", _("organisation closed")
        ORGANISATION_OPENED = "organisation_opened", _("organisation opened again")
        CARD_MADE = "card_made", _("sign-in card made")
        HELP_STARTED = "help_started", _("help to come back asked for")
        HELP_APPROVED = "help_approved", _("help to come back agreed to by a second person")
        HELP_ENDED = "help_ended", _("help to come back stopped")
        HELP_USED = "help_used", _("came back with the help of two people")
        HELP_SETTING = "help_setting", _("help by two people allowed or not")
        RECOVERED = "recovered", _("came back with a code of the card")
        PASSPHRASE = "passphrase", _("passphrase changed")
        SECOND_STEP = "second_step", _("second step changed")
        LIST_TAKEN = "list_taken", _("list of a circle taken out")
        PAPER_ENTERED = "paper_entered", _("lessons done on paper entered")
        FIGURES_TAKEN = "figures_taken", _("figures of the hub taken out")

    # The account it was done to: empty for an invitation that nobody has taken up, and for what was done to an organisation.
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="events")
    actor = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    actor_role = models.CharField(max_length=20, blank=True)  # as it was then; empty when she did it herself
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(_("what was done"), max_length=20, choices=Kind.choices)
    detail = models.CharField(_("which"), max_length=100, blank=True)  # a role, the kind of a second step; never a name
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["user", "at"], name="events_of_account")]
