"""Forums, shared by all languages. A person is an alias in each; who an alias is appears in no list, log or export.

Lists page by key (ids grow with time), so that page 1,000 costs what page 1 costs. Counters on a thread are derived.
"""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forums.names import name_key

TITLE_LENGTH = (3, 140)
POST_LENGTH = 20_000
# First parts of forum addresses that are pages of their own (forums.urls).
RESERVED_SLUGS = frozenset({"moderation", "posts", "preview", "rules"})


def refuse_reserved(slug):
    if slug in RESERVED_SLUGS:
        raise ValidationError(_("This address belongs to the hub. Please choose another one."), code="reserved")


def language_field():
    return models.CharField(_("language"), max_length=10, default="en")


class Forum(models.Model):
    kit_key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    slug = models.SlugField(unique=True, max_length=80, validators=[refuse_reserved])
    name = models.CharField(_("name"), max_length=120)
    topic = models.TextField(_("what it is about"), blank=True, max_length=500)

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")

    def __str__(self):
        return self.name or self.slug

    def get_absolute_url(self):
        return reverse("forums:forum", args=[self.slug])


class SpaceAlias(models.Model):
    """What a person is called in one forum. The row outlives her, nameless, so that nobody is given the name again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    forum = models.ForeignKey(Forum, models.CASCADE, db_index=False, related_name="aliases")
    name = models.CharField(_("alias"), max_length=40, blank=True)
    name_key = models.CharField(max_length=64, editable=False)
    rules_accepted_at = models.DateTimeField(default=timezone.now)
    muted_until = models.DateTimeField(null=True, blank=True)
    banned_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["forum", "name_key"], name="alias_once_per_forum"),
            models.UniqueConstraint(fields=["user", "forum"], name="one_alias_per_person_and_forum"),
        ]

    def __str__(self):
        return self.name or gettext("former member")

    def save(self, **kwargs):
        if self.name:
            self.name_key = name_key(self.name)
        super().save(**kwargs)

    @property
    def is_muted(self):
        return bool(self.muted_until and self.muted_until > timezone.now())

    @property
    def is_banned(self):
        return bool(self.banned_until and self.banned_until > timezone.now())


class ThreadQuerySet(models.QuerySet):
    def readable_by(self, seat):
        return self if seat.moderates else self.filter(hidden=False)

    def pinned(self):
        return self.filter(pinned=True)

    def unpinned(self):
        return self.filter(pinned=False)


class Thread(models.Model):
    forum = models.ForeignKey(Forum, models.CASCADE, db_index=False, related_name="threads")
    alias = models.ForeignKey(SpaceAlias, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=TITLE_LENGTH[1])
    language = language_field()
    lesson_key = models.UUIDField(null=True, blank=True)
    pinned = models.BooleanField(default=False)
    locked = models.BooleanField(default=False)
    hidden = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    # Derived from the posts that are not hidden; forums.actions.recount makes them again.
    post_count = models.PositiveIntegerField(default=0)
    last_post_id = models.BigIntegerField(default=0)
    last_post_at = models.DateTimeField(default=timezone.now)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["forum", "pinned", "last_post_id"], name="thread_list_by_key"),
            models.Index(
                fields=["lesson_key", "last_post_id"], name="thread_of_lesson", condition=Q(lesson_key__isnull=False)
            ),
        ]

    def __str__(self):
        return self.title or gettext("a withdrawn question")

    def get_absolute_url(self):
        return reverse("forums:thread", args=[self.forum.slug, self.pk])


class Post(models.Model):
    thread = models.ForeignKey(Thread, models.CASCADE, db_index=False, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, db_index=False, related_name="+")
    alias = models.ForeignKey(SpaceAlias, models.PROTECT, related_name="+")
    in_reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    client_id = models.UUIDField(default=uuid.uuid4, editable=False)
    language = language_field()
    # Both are empty once she has withdrawn it.
    source = models.TextField()
    html = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["thread", "id"], name="posts_of_thread_by_key"),
            models.Index(fields=["author", "id"], name="posts_of_author_by_key"),
        ]
        constraints = [
            # A double click sends the same id twice; the second one is the same post.
            models.UniqueConstraint(fields=["author", "client_id"], name="post_once_per_author"),
        ]

    def __str__(self):
        return f"{self.thread_id}/{self.pk}"

    def get_absolute_url(self):
        return f"{self.thread.get_absolute_url()}?at={self.pk}#post-{self.pk}"


class PostVersion(models.Model):
    """What a post said before an edit: for moderators only, and its author can delete it."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    source = models.TextField()
    html = models.TextField()
    replaced_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.post_id}, {self.replaced_at}"


class ThreadRead(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="+")
    last_post_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "thread"], name="one_reading_mark_per_thread")]

    def __str__(self):
        return f"{self.thread_id}: {self.last_post_id}"


class ReportReason(models.TextChoices):
    RULES = "rules", _("It breaks the house rules")
    HURTFUL = "hurtful", _("It is hurtful or threatening")
    PRIVATE = "private", _("It tells something private about a person")
    MONEY = "money", _("It asks for money, a passport or photos, or offers a doubtful job")
    SPAM = "spam", _("It is advertising")
    OTHER = "other", _("Something else")


class Report(models.Model):
    post = models.ForeignKey(Post, models.CASCADE, db_index=False, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=10, choices=ReportReason.choices)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], name="reports_open", condition=Q(handled_at__isnull=True))]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "reporter"], name="one_open_report", condition=Q(handled_at__isnull=True)
            )
        ]

    def __str__(self):
        return f"{self.post_id}: {self.reason}"


class Act(models.TextChoices):
    HIDE = "hide", _("Hide")
    RESTORE = "restore", _("Show again")
    LOCK = "lock", _("Close to new posts")
    UNLOCK = "unlock", _("Open to new posts")
    PIN = "pin", _("Keep on top")
    UNPIN = "unpin", _("No longer keep on top")
    MUTE = "mute", _("Pause this alias: may read, may not write")
    UNMUTE = "unmute", _("End the pause")
    BAN = "ban", _("Exclude this alias from this forum")
    UNBAN = "unban", _("End the exclusion")
    DISMISS = "dismiss", _("Leave it as it is")


class ModerationEntry(models.Model):
    """One act of a moderator: who by role and alias, never by person."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="moderation")
    role = models.CharField(max_length=20)
    alias_name = models.CharField(max_length=40, blank=True)
    act = models.CharField(max_length=10, choices=Act.choices)
    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, related_name="+")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    target = models.ForeignKey(SpaceAlias, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.role}: {self.act}"
