"""How far somebody has read, what she follows, and what she marked: hers alone, on every device."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models.spaces import Forum
from forums.models.threads import TITLE_LENGTH, Post, Thread


def reader(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="+", **options)


class ThreadRead(models.Model):
    """One row per reader and thread. `following`: None, she never decided; False, she stopped."""

    user = reader()
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="+")
    last_post_id = models.BigIntegerField(default=0)
    following = models.BooleanField(null=True)
    draft = models.TextField(_("unsent reply"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "thread"], name="one_reading_mark_per_thread")]
        indexes = [
            # Her list of threads; and, the other way round, whom a new post concerns.
            models.Index(fields=["user", "thread"], name="followed_by_reader", condition=Q(following=True)),
            models.Index(fields=["thread", "user"], name="followers_of_thread", condition=Q(following=True)),
        ]

    def __str__(self):
        return f"{self.thread_id}: {self.last_post_id}"


class ForumRead(models.Model):
    """Everything up to `all_read_id` counts as read in this forum, without a row per thread."""

    user = reader()
    forum = models.ForeignKey(Forum, models.CASCADE, related_name="+")
    all_read_id = models.BigIntegerField(default=0)
    following = models.BooleanField(default=False)
    draft_title = models.CharField(_("title of an unsent thread"), max_length=TITLE_LENGTH[1], blank=True)
    draft = models.TextField(_("unsent thread"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "forum"], name="one_reading_mark_per_forum")]
        indexes = [models.Index(fields=["forum", "user"], name="followers_of_forum", condition=Q(following=True))]

    def __str__(self):
        return f"{self.forum_id}: {self.all_read_id}"


class PostMark(models.Model):
    """A post she keeps for herself, or has said thank you for. Who thanked is shown to nobody."""

    class Kind(models.TextChoices):
        KEPT = "kept", _("kept by me")
        THANKS = "thanks", _("thank you")

    user = reader()
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    made_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "post", "kind"], name="one_mark_per_post")]
        indexes = [models.Index(fields=["user", "kind", "id"], name="marks_of_reader")]

    def __str__(self):
        return f"{self.post_id}: {self.kind}"
