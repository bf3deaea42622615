"""Circles: small groups that take a kit together with a trainer. In the code a circle is a cohort.

What a trainer may see of a woman stands in courses/cohort_rows.py and nowhere else.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.records import actor, owner

NAME_LENGTH = 40
FOLDED_LENGTH = 200


class CohortQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)

    def held_by(self, user):
        """The circles in which she acts as a trainer today: she still belongs to the organisation, and a substitute's days are not over."""
        acting = CohortTrainer.objects.filter(Q(until=None) | Q(until__gte=timezone.localdate()), user=user)
        return self.filter(pk__in=acting.values("cohort"), organisation=user.organisation_id)


class Cohort(models.Model):
    """A circle. When it is closed, names, attendance and messages go; `counts` keeps how many there were."""

    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="cohorts", verbose_name=_("organisation")
    )
    kit_key = models.UUIDField(_("kit"))
    title = models.CharField(_("title"), max_length=80)
    languages = models.JSONField(_("languages"), default=list)
    # Folded (courses.terms.fold_code); empty while nobody can join with it.
    code = models.CharField(_("code"), max_length=40, blank=True)
    opens_at = models.DateTimeField(_("joining opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("joining closes"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    made_by = actor(_("made by"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    # {"members": 9, "started": 8, "finished": 5, "sessions": 6, "hours": 15, "present": 47}
    counts = models.JSONField(_("what remains of it"), default=dict)

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("circle")
        verbose_name_plural = _("circles")
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_cohort_per_code"),
            models.CheckConstraint(condition=Q(closed_at=None) | Q(code=""), name="closed_cohorts_have_no_code"),
        ]
        indexes = [models.Index(fields=["organisation", "closed_at"], name="cohorts_of_organisation")]

    def __str__(self):
        return self.title


class CohortTrainer(models.Model):
    """Who holds a circle, and until when."""

    class Part(models.TextChoices):
        LEAD = "lead", _("leads the circle")
        CO = "co", _("holds it with others")
        SUBSTITUTE = "substitute", _("stands in until a day")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="trainers")
    user = owner("held_cohorts")
    part = models.CharField(_("part"), max_length=10, choices=Part.choices, default=Part.LEAD)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("trainer of a circle")
        verbose_name_plural = _("trainers of circles")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "user"], name="one_part_per_trainer"),
            models.UniqueConstraint(fields=["cohort"], condition=Q(part="lead"), name="one_lead_per_cohort"),
            models.CheckConstraint(
                condition=Q(part="substitute", until__isnull=False) | (~Q(part="substitute") & Q(until=None)),
                name="only_substitutes_have_a_last_day",
            ),
        ]


class MembershipQuerySet(models.QuerySet):
    def here(self):
        return self.filter(state=Membership.State.MEMBER)

    def waiting(self):
        return self.filter(state=Membership.State.WAITING).order_by("state_at", "pk")


class Membership(models.Model):
    """A woman in a circle, under a name she chose for it. The name goes when she leaves or the circle closes."""

    class State(models.TextChoices):
        MEMBER = "member", _("in the circle")
        WAITING = "waiting", _("waiting for a place")
        LEFT = "left", _("left")
        ENDED = "ended", _("the circle has closed")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="memberships")
    user = owner("memberships")
    display_name = models.CharField(_("name in the circle"), max_length=NAME_LENGTH, blank=True)
    folded_name = models.CharField(max_length=FOLDED_LENGTH, blank=True, editable=False)
    shows_progress = models.BooleanField(_("shows her progress"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.MEMBER)
    state_at = models.DateTimeField(_("in this state since"), default=timezone.now)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a circle")
        verbose_name_plural = _("members of circles")
        constraints = [
            models.UniqueConstraint(fields=["cohort", "user"], name="one_membership_per_cohort"),
            models.UniqueConstraint(
                fields=["cohort", "folded_name"], condition=~Q(folded_name=""), name="one_name_per_cohort"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["member", "waiting"]) | Q(display_name="", folded_name="", shows_progress=False),
                name="names_only_while_in_the_cohort",
            ),
        ]
        indexes = [models.Index(fields=["cohort", "state", "folded_name"], name="members_by_name")]


class CohortSession(models.Model):
    """A meeting of a circle."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField(_("number"))
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=150)
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("session of a circle")
        verbose_name_plural = _("sessions of circles")
        constraints = [models.UniqueConstraint(fields=["cohort", "number"], name="one_session_per_number")]
        indexes = [models.Index(fields=["cohort", "starts_at"], name="sessions_by_day")]


class Attendance(models.Model):
    """Present or not present, and nothing else. No row: not entered."""

    session = models.ForeignKey(CohortSession, models.CASCADE, related_name="attendance")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="attendance")
    present = models.BooleanField(_("present"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [models.UniqueConstraint(fields=["session", "membership"], name="attendance_once")]


class PaperMark(models.Model):
    """A lesson she did on paper, entered by a trainer: a tick and a day, never her words.

    `made_mark` says that her lesson became done by it; taking it back then takes that mark back as well.
    """

    user = owner("paper_marks")
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="paper_marks")
    lesson_key = models.UUIDField(_("lesson"))
    done_on = models.DateField(_("done on"))
    made_mark = models.BooleanField(default=False)
    entered_by = actor(_("entered by"))
    entered_at = models.DateTimeField(_("entered"), default=timezone.now)

    class Meta:
        verbose_name = _("lesson done on paper")
        verbose_name_plural = _("lessons done on paper")
        constraints = [models.UniqueConstraint(fields=["cohort", "user", "lesson_key"], name="paper_once_per_lesson")]


class CohortNotice(models.Model):
    """A message of the trainers to the whole circle, in plain text."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="notices")
    text = models.TextField(_("message"), max_length=1000)
    made_by = actor(_("made by"))
    made_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("message to a circle")
        verbose_name_plural = _("messages to circles")
        indexes = [models.Index(fields=["cohort", "made_at"], name="notices_of_cohort")]


class CohortSlip(models.Model):
    """A code for one woman to join one circle, from a list. Only its digest is kept, and it works once.

    `user` is set where the list named a user name that exists; the trainer is never told whether it does.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="slips")
    digest = models.CharField(max_length=64, unique=True)
    # Proposed by the trainer; she may change it when she joins. Empty once the slip is used.
    display_name = models.CharField(_("name in the circle"), max_length=NAME_LENGTH, blank=True)
    user = actor(_("for whom"))
    made_by = actor(_("made by"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("slip to join a circle")
        verbose_name_plural = _("slips to join circles")
        indexes = [models.Index(fields=["cohort", "made_at"], name="slips_of_cohort")]
