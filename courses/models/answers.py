"""What she wrote, ticked and chose."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.records import owner


class AnswerQuerySet(models.QuerySet):
    def for_block(self, user, lesson_key, block_id):
        return self.filter(user=user, lesson_key=lesson_key, block_id=block_id)

    def for_lesson(self, user, lesson_key):
        return self.filter(user=user, lesson_key=lesson_key)

    def shown(self):
        return self.filter(state__in=[Answer.State.CURRENT, Answer.State.BESIDE])

    def forget(self):
        """Delete these versions. What remains is their ids, for thirty days. Returns how many went."""
        ids = self.values_list("user_id", "client_id")
        rows = [ForgottenAnswer(user_id=user_id, client_id=client_id) for user_id, client_id in ids]
        ForgottenAnswer.objects.bulk_create(rows, ignore_conflicts=True)
        return self.delete()[0]


class Answer(models.Model):
    """One version of what she wrote, ticked or chose in a block.

    `body` is {"text": str, "how": "" | "screen" | "paper" | "head"} for a reflection, {"ticked": [item id]} for a checklist
    and {"chosen": [option id]} for a question of choice; other kinds of question: courses/questions/. `counts` says whether
    this version, while it is current, counts towards completion; it was found out when it was saved.
    """

    class State(models.TextChoices):
        CURRENT = "current", _("current")
        # Written beside the current one, in another tab or under an id already used: shown, never swallowed.
        BESIDE = "beside", _("kept beside")
        REPLACED = "replaced", _("replaced")

    user = owner("answers")
    kit_key = models.UUIDField(_("kit"))
    lesson_key = models.UUIDField(_("lesson"))
    block_id = models.UUIDField(_("part of the lesson"))
    client_id = models.UUIDField(_("id made where it was written"))
    base = models.UUIDField(_("id of the version it follows"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, blank=True)  # of the block: reflection, checklist, question …
    body = models.JSONField(_("words"))
    digest = models.CharField(
        _("digest of the words"), max_length=32, blank=True
    )  # to compare versions without reading them
    counts = models.BooleanField(_("counts as done"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.CURRENT)
    created_at = models.DateTimeField(_("saved"), auto_now_add=True)
    replaced_at = models.DateTimeField(
        _("replaced"), null=True, blank=True
    )  # the 30 days of an older version run from here

    replayed = False  # set by save_answer on a version that had come before

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            # Per author: ids are made on devices, and two persons may make the same one.
            models.UniqueConstraint(fields=["user", "client_id"], name="one_answer_per_client_id"),
            models.UniqueConstraint(
                fields=["user", "lesson_key", "block_id"],
                condition=models.Q(state="current"),
                name="one_current_answer_per_block",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "lesson_key", "state"], name="answers_of_lesson"),
            models.Index(fields=["user", "kit_key", "state"], name="answers_of_kit"),
            models.Index(fields=["replaced_at"], name="older_answers", condition=models.Q(state="replaced")),
        ]


class ForgottenAnswer(models.Model):
    """The id of a version that she deleted, for thirty days: a copy that comes late does not bring her words back."""

    user = owner("forgotten_answers")
    client_id = models.UUIDField(_("id made where it was written"))
    day = models.DateField(_("deleted"), auto_now_add=True)

    class Meta:
        verbose_name = _("deleted answer")
        verbose_name_plural = _("deleted answers")
        constraints = [models.UniqueConstraint(fields=["user", "client_id"], name="one_forgotten_id_per_person")]
