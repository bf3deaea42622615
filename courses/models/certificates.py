"""Certificates: what she asked for when a kit was complete, what was made of it, and what is no longer good."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.records import owner

NAME_LENGTH = 80
MOST_TRIES = 6  # of a worker; then it waits for somebody to look


class CertificateQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(state=Certificate.State.ISSUED)

    def waiting(self, now):
        """What a worker may make now."""
        return self.in_force().filter(made_at=None, due_at__lte=now, tries__lt=MOST_TRIES)

    def newest(self, user, kit_key):
        return self.filter(user=user, kit_key=kit_key).order_by("-pk").first()


class Certificate(models.Model):
    """One certificate. What stands on it is kept as it was that day, in every language of the hub.

    `code` is on the paper; `number` is its place in the public list of what is no longer good. `shown` says what the page
    behind the code tells (hub/certificates/words.py has the parts); nothing at all when `page_on` is off.
    """

    class State(models.TextChoices):
        ISSUED = "issued", _("in force")
        REPLACED = "replaced", _("replaced")
        REVOKED = "revoked", _("withdrawn")

    class Reason(models.TextChoices):
        NAME = "name", _("The name on it is not the holder's.")
        RECORD = "record", _("The kit was not completed by the holder.")
        MISTAKE = "mistake", _("It was issued by mistake.")

    user = owner("certificates")
    kit_key = models.UUIDField(_("kit"))
    code = models.CharField(max_length=20, unique=True)
    number = models.PositiveIntegerField(unique=True)
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    language = models.CharField(_("language"), max_length=10)
    second_language = models.CharField(_("second language"), max_length=10, blank=True)
    completed_on = models.DateField(_("completed"))
    hours = models.PositiveSmallIntegerField(_("hours"))
    words = models.JSONField(default=dict)  # {language: {"title": …, "topics": [texts]}}
    shown = models.JSONField(_("shown to who has the code"), default=list)
    page_on = models.BooleanField(_("the page can be read"), default=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ISSUED)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices, blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    made_at = models.DateTimeField(_("made"), null=True)
    due_at = models.DateTimeField(default=timezone.now)  # a worker that holds it puts this off until its lease ends
    tries = models.PositiveSmallIntegerField(default=0)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kit_key"], condition=Q(state="issued"), name="one_certificate_in_force"
            ),
            # What is no longer good keeps nothing of her but its code.
            models.CheckConstraint(
                condition=(Q(state="issued") & ~Q(name="")) | (~Q(state="issued") & Q(name="", shown=[])),
                name="only_what_is_in_force_has_a_name",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "kit_key"], name="certificates_of_person"),
            models.Index(fields=["due_at"], name="certificates_to_make", condition=Q(made_at=None, state="issued")),
        ]

    def __str__(self):
        return f"{self.state} {self.pk}"


class CertificateFile(models.Model):
    """What was made: in the database, so that it comes and goes with its row, in one transaction and in one backup."""

    certificate = models.OneToOneField(Certificate, models.CASCADE, related_name="file")
    pdf = models.BinaryField()
    credential = models.TextField()  # Open Badges 3.0, signed

    def __str__(self):
        return str(self.certificate_id)


class WithdrawnNumber(models.Model):
    """A number that is no longer good. It outlives its certificate and leads to nobody."""

    number = models.PositiveIntegerField(primary_key=True)

    def __str__(self):
        return str(self.number)
