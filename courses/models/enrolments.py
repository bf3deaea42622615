"""Who takes part in which kit, how she came in, and what changed when."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.records import actor, owner


class Why(models.TextChoices):
    """Why an enrolment changed its state: fixed words, so that no list of changes holds a free text about a person."""

    STARTED = "started", _("you started it yourself")
    CODE = "code", _("you gave the code")
    ASKED = "asked", _("you asked to take part")
    INVITED = "invited", _("you handed in an invitation")
    ACCEPTED = "accepted", _("you accepted the invitation")
    DECLINED = "declined", _("you declined the invitation")
    APPROVED = "approved", _("the organisation said yes")
    REFUSED = "refused", _("the organisation said no")
    FULL = "full", _("all places were taken")
    FREED = "freed", _("a place became free")
    LEFT = "left", _("you left")
    WITHDREW = "withdrew", _("you stopped waiting")
    RETURNED = "returned", _("you came back")
    REMOVED = "removed", _("the organisation ended it")
    ENDED = "ended", _("the kit reached its last day")


class EnrolmentQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state=Enrolment.State.ACTIVE)

    def for_kit(self, user, kit_key):
        return self.filter(user=user, kit_key=kit_key)

    def waiting(self, kit_key):
        """The waiting list of a kit, first come first."""
        return self.filter(kit_key=kit_key, state=Enrolment.State.WAITING).order_by("state_at", "pk")

    def with_number(self):
        """Each with `number`, her number on the waiting list; None for who does not wait. No query of its own."""
        before = Enrolment.objects.filter(
            models.Q(state_at__lt=models.OuterRef("state_at"))
            | models.Q(state_at=models.OuterRef("state_at"), pk__lte=models.OuterRef("pk")),
            kit_key=models.OuterRef("kit_key"),
            state=Enrolment.State.WAITING,
        )
        count = before.order_by().values("kit_key").annotate(count=models.Count("pk")).values("count")
        waits = models.When(state=Enrolment.State.WAITING, then=models.Subquery(count))
        return self.annotate(number=models.Case(waits, default=None, output_field=models.IntegerField()))


class Enrolment(models.Model):
    """A person and a kit. Only an active enrolment counts as enrolled; which state may follow which: courses/enrolment_steps.py.

    The counters are derived from LessonProgress and Answer, in the transaction of each write; `rebuild_progress` makes them anew.
    """

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        REQUESTED = "requested", _("waiting for an answer")
        WAITING = "waiting", _("on the waiting list")
        ACTIVE = "active", _("enrolled")
        LEFT = "left", _("left")
        REFUSED = "refused", _("not accepted")
        REMOVED = "removed", _("ended by the organisation")

    class Way(models.TextChoices):
        SELF = "self", _("by herself")
        CODE = "code", _("with a code")
        INVITATION = "invitation", _("by invitation")
        APPROVAL = "approval", _("after a yes by the organisation")

    user = owner("enrolments")
    kit_key = models.UUIDField(_("kit"))
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ACTIVE)
    state_at = models.DateTimeField(_("in this state since"), default=timezone.now)
    # Of the last change; empty where there was none.
    why = models.CharField(_("why"), max_length=40, choices=Why.choices, blank=True)
    way = models.CharField(_("way in"), max_length=10, choices=Way.choices, default=Way.SELF)
    # What she told the organisation when she asked to take part. The line goes with the answer, the name when she is out.
    called = models.CharField(_("name for the organisation"), max_length=60, blank=True)
    line = models.CharField(_("line to the organisation"), max_length=300, blank=True)
    # Her place; the same in every language.
    last_lesson_key = models.UUIDField(_("last lesson"), null=True, blank=True)
    last_block_id = models.UUIDField(_("last part"), null=True, blank=True)
    last_at = models.DateTimeField(_("last visit"), null=True, blank=True)
    # Her visits to My learning: this one, and the one before, since when new lessons are told.
    seen_at = models.DateTimeField(_("last look at My learning"), null=True, blank=True)
    news_since = models.DateTimeField(_("new lessons are told since"), null=True, blank=True)
    lessons_done = models.PositiveIntegerField(_("lessons done"), default=0)
    checks_passed = models.PositiveIntegerField(_("self-checks passed"), default=0)
    reflections_done = models.PositiveIntegerField(_("reflections done"), default=0)
    checklists_done = models.PositiveIntegerField(_("checklists done"), default=0)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [models.UniqueConstraint(fields=["user", "kit_key"], name="one_enrolment_per_kit")]
        indexes = [models.Index(fields=["kit_key", "state", "state_at"], name="enrolments_of_kit")]


class EnrolmentChange(models.Model):
    """One change of state, kept with who and why. `by` is empty when she did it herself or a rule did."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="changes", verbose_name=_("enrolment"))
    before = models.CharField(_("before"), max_length=10, blank=True)
    after = models.CharField(_("after"), max_length=10, choices=Enrolment.State.choices)
    why = models.CharField(_("why"), max_length=40, choices=Why.choices)
    by = actor(_("by"))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of an enrolment")
        verbose_name_plural = _("changes of enrolments")
        indexes = [models.Index(fields=["enrolment", "at"], name="changes_of_enrolment")]


class EnrolmentTerms(models.Model):
    """How one may enrol in a kit. A kit without a row is open to every member at any time."""

    kit_key = models.UUIDField(_("kit"), unique=True)
    way = models.CharField(_("way in"), max_length=10, choices=Enrolment.Way.choices, default=Enrolment.Way.SELF)
    code = models.CharField(_("code"), max_length=40, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    waiting_list = models.BooleanField(_("waiting list"), default=True)
    changed_by = actor(_("changed by"))
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("way to enrol")
        verbose_name_plural = _("ways to enrol")


class EnrolmentInvitation(models.Model):
    """A code for one person and one kit, handed over on paper, aloud or by a message. Only its digest is kept."""

    kit_key = models.UUIDField(_("kit"))
    digest = models.CharField(max_length=64, unique=True)
    made_by = actor(_("made by"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    used_by = actor(_("used by"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to a kit")
        verbose_name_plural = _("invitations to kits")
        indexes = [models.Index(fields=["kit_key", "made_at"], name="invitations_of_kit")]
