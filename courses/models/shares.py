"""What a woman shows to those who hold her circle, one answer at a time, and what they wrote to her about it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.answers import Answer
from courses.models.cohorts import Membership
from courses.models.records import actor

COMMENT_LENGTH = 2000


class SharedAnswer(models.Model):
    """One version of her words, shown to a circle's trainers. It goes with the version, with her place in the circle, and when she
    takes it back; what was written about it goes too.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="shared")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="shared")
    shared_at = models.DateTimeField(_("shared"), default=timezone.now)

    class Meta:
        verbose_name = _("shared answer")
        verbose_name_plural = _("shared answers")
        constraints = [models.UniqueConstraint(fields=["membership", "answer"], name="shared_once")]


class ShareComment(models.Model):
    """What a trainer wrote to her about it, in plain text."""

    share = models.ForeignKey(SharedAnswer, models.CASCADE, related_name="comments")
    by = actor(_("written by"))
    text = models.TextField(_("text"), max_length=COMMENT_LENGTH)
    made_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("comment on a shared answer")
        verbose_name_plural = _("comments on shared answers")
