"""Her action plan, and the private calendar feed of its dates."""

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.records import owner


class GoalQuerySet(models.QuerySet):
    def for_kit(self, user, kit_key):
        return self.filter(user=user, kit_key=kit_key)

    def in_order(self):
        return self.order_by("position", "pk")


class StepQuerySet(models.QuerySet):
    def for_user(self, user):
        return self.filter(goal__user=user)

    def reminding(self):
        """Still to be done and with a day, the nearest first."""
        return self.filter(state__in=Step.OPEN, due_on__isnull=False).order_by("due_on", "pk")

    def in_order(self):
        return self.order_by("position", "pk")


class Goal(models.Model):
    """One aim of her action plan in a kit. `uid` is made where it was written, so that a repeated request makes no second one."""

    user = owner("goals")
    kit_key = models.UUIDField(_("kit"))
    uid = models.UUIDField(default=uuid4)
    text = models.TextField(_("goal"))
    position = models.PositiveIntegerField(_("place"), default=0)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [models.UniqueConstraint(fields=["user", "uid"], name="one_goal_per_uid")]
        indexes = [models.Index(fields=["user", "kit_key", "position"], name="goals_of_kit")]


class Step(models.Model):
    """One step towards a goal. `due_on` is a day in her own life: no time zone moves it."""

    class State(models.TextChoices):
        TODO = "todo", _("to do")
        DOING = "doing", _("begun")
        DONE = "done", _("done")
        DROPPED = "dropped", _("let go")

    OPEN = (State.TODO, State.DOING)

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="steps", verbose_name=_("goal"))
    uid = models.UUIDField(default=uuid4)
    text = models.TextField(_("step"))
    due_on = models.DateField(_("by when"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.TODO)
    position = models.PositiveIntegerField(_("place"), default=0)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [models.UniqueConstraint(fields=["goal", "uid"], name="one_step_per_uid")]
        indexes = [models.Index(fields=["goal", "position"], name="steps_of_goal")]

    @property
    def is_open(self):
        return self.state in self.OPEN

    @property
    def has_passed(self):
        """Whether its day is over and it is still to be done."""
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()


class CalendarFeed(models.Model):
    """The address under which her calendar fetches the dates of her plan; renewed by a new key. Only its digest is kept."""

    user = models.OneToOneField(
        "accounts.User", on_delete=models.CASCADE, related_name="calendar_feed", verbose_name=_("person")
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"), auto_now=True)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
