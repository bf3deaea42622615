"""The learning record: what a person did.

It is keyed on the person, the translation keys of kits and lessons and the ids of blocks, never on a page row:
one record in five languages, which outlives moved, renamed and deleted pages.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def owner(related_name):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name=related_name, verbose_name=_("person")
    )


def actor(verbose_name):
    """Somebody who did something to another person's record; the record stays when her account goes."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose_name,
    )


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


class Completion(models.Model):
    """A module or a whole kit that she has completed, by the rules of that day. It stays when the rules change.

    `key` is the translation key of the module, or of the kit itself. `rules` is what had to be done then and was, as
    {"lessons": [how many were needed, of how many there were], …} (courses/completion.py).
    """

    user = owner("completions")
    kit_key = models.UUIDField(_("kit"))
    key = models.UUIDField(_("module or kit"))
    rules = models.JSONField(_("rules of that day"), default=dict)
    completed_at = models.DateTimeField(_("completed"), default=timezone.now)

    class Meta:
        verbose_name = _("completed")
        verbose_name_plural = _("completed")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_completion_per_page")]
        indexes = [models.Index(fields=["user", "kit_key"], name="completions_of_kit")]
