"""The learning record: what a person did and wrote.

It is keyed on the person, the translation keys of kits and lessons and the ids of blocks, never on a page row:
one record in five languages, which outlives moved, renamed and deleted pages.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def owner(related_name):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name=related_name, verbose_name=_("person")
    )


class EnrolmentQuerySet(models.QuerySet):
    def active(self):
        return self.filter(left_at=None)

    def for_kit(self, user, kit_key):
        return self.filter(user=user, kit_key=kit_key)


class Enrolment(models.Model):
    """A kit she has begun. `left_at` is set when she left and kept her record; erasing deletes the row."""

    user = owner("enrolments")
    kit_key = models.UUIDField(_("kit"))
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    # Her place; the same in every language.
    last_lesson_key = models.UUIDField(_("last lesson"), null=True, blank=True)
    last_block_id = models.UUIDField(_("last part"), null=True, blank=True)
    last_at = models.DateTimeField(_("last visit"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [models.UniqueConstraint(fields=["user", "kit_key"], name="one_enrolment_per_kit")]


class LessonProgress(models.Model):
    """A lesson she has marked as done. Not done is no row."""

    user = owner("lesson_progress")
    kit_key = models.UUIDField(_("kit"))
    lesson_key = models.UUIDField(_("lesson"))
    done_at = models.DateTimeField(_("done"), auto_now_add=True)

    class Meta:
        verbose_name = _("lesson done")
        verbose_name_plural = _("lessons done")
        constraints = [models.UniqueConstraint(fields=["user", "lesson_key"], name="one_progress_per_lesson")]
        indexes = [models.Index(fields=["user", "kit_key"], name="progress_of_kit")]


class AnswerQuerySet(models.QuerySet):
    def for_block(self, user, lesson_key, block_id):
        return self.filter(user=user, lesson_key=lesson_key, block_id=block_id)

    def for_lesson(self, user, lesson_key):
        return self.filter(user=user, lesson_key=lesson_key)

    def shown(self):
        return self.filter(state__in=[Answer.State.CURRENT, Answer.State.BESIDE])


class Answer(models.Model):
    """One version of what she wrote, ticked or chose in a block.

    `body` is {"text": str, "how": "" | "screen" | "paper" | "head"} for a reflection, {"ticked": [item id]} for a checklist
    and {"chosen": [option id]} for a question.
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
    body = models.JSONField(_("words"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.CURRENT)
    created_at = models.DateTimeField(_("saved"), auto_now_add=True)

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
        indexes = [models.Index(fields=["user", "lesson_key", "state"], name="answers_of_lesson")]
