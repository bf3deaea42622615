"""Threads and posts. Lists page by key (ids grow with time), so that page 1,000 costs what page 1 costs.

Counters on a thread are derived.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forums.models.spaces import TAG_LENGTH, Forum, SpaceAlias

TITLE_LENGTH = (3, 140)
POST_LENGTH = 20_000
MOST_TAGS = 3


def language_field():
    return models.CharField(_("language"), max_length=10, default="en")


class ThreadQuerySet(models.QuerySet):
    def readable_by(self, seat):
        """A thread that waits for a moderator is in no list but the moderators' queue."""
        return self.filter(held=False) if seat.moderates else self.filter(held=False, hidden=False)

    def open_in(self, forum):
        """What visitors may read of a public forum: nothing that was written for members only, here or elsewhere."""
        return self.filter(
            forum=forum, hidden=False, held=False, created_at__gte=forum.public_since, moved_at__isnull=True
        )

    def tagged(self, slug):
        """`exclude` is for the index of threads that have tags at all."""
        return self.filter(tags__contains=f",{slug},").exclude(tags="") if slug else self

    def pinned(self):
        return self.filter(pinned=True)

    def unpinned(self):
        return self.filter(pinned=False)


class Thread(models.Model):
    class Kind(models.TextChoices):
        QUESTION = "question", _("a question")
        DISCUSSION = "discussion", _("a conversation")
        ANNOUNCEMENT = "announcement", _("an announcement")

    forum = models.ForeignKey(Forum, models.CASCADE, db_index=False, related_name="threads")
    alias = models.ForeignKey(SpaceAlias, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=TITLE_LENGTH[1])
    language = language_field()
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.QUESTION)
    # The answer that helped, chosen by the one who asked or by a moderator.
    accepted = models.ForeignKey("Post", models.SET_NULL, null=True, blank=True, db_index=False, related_name="+")
    # The lesson or module it is about, by translation key: the same in every language.
    about_key = models.UUIDField(null=True, blank=True)
    pinned = models.BooleanField(default=False)
    locked = models.BooleanField(default=False)
    # The day from which nobody may write, whatever the forum's own rule; of a locked thread, since when it is.
    closes_at = models.DateTimeField(null=True, blank=True)
    # Slugs of ForumTag between commas, as ",papers,first-job,": on every line of a list without a statement more.
    tags = models.CharField(max_length=MOST_TAGS * (TAG_LENGTH + 1) + 1, default="", db_default="", blank=True)
    # Some who wrote in it are known by the alias of the forum it came from: forums/moving.py.
    moved_at = models.DateTimeField(null=True, blank=True)
    hidden = models.BooleanField(default=False)
    held = models.BooleanField(default=False)  # as long as its first post is
    created_at = models.DateTimeField(default=timezone.now)
    # Derived from the posts that are not hidden or held; forums.counting.recount makes them again.
    post_count = models.PositiveIntegerField(default=0)
    last_post_id = models.BigIntegerField(default=0)
    last_post_at = models.DateTimeField(default=timezone.now)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        indexes = [
            # Lists by key, the newest first. `pinned` stands in the conditions: SQLite finds "NOT pinned" in no column of an index.
            models.Index(
                fields=["forum", "last_post_id"], name="threads_by_key", condition=Q(pinned=False, held=False)
            ),
            models.Index(fields=["forum", "last_post_id"], name="threads_on_top", condition=Q(pinned=True)),
            # A list narrowed by a tag reads only what has one.
            models.Index(
                fields=["forum", "last_post_id"],
                name="threads_with_tags",
                condition=Q(pinned=False, held=False) & ~Q(tags=""),
            ),
            # What she follows in all forums, when that is much: forums.reading.followed_by.
            models.Index(fields=["last_post_id"], name="threads_newest", condition=Q(hidden=False, held=False)),
            models.Index(
                fields=["about_key", "last_post_id"],
                name="threads_about_a_lesson",
                condition=Q(about_key__isnull=False),
            ),
            # The list of somebody who reads one language, or few.
            models.Index(
                fields=["forum", "language", "last_post_id"],
                name="threads_by_language",
                condition=Q(pinned=False, held=False),
            ),
        ]

    def __str__(self):
        return self.title or gettext("a withdrawn question")

    def get_absolute_url(self):
        return reverse("forums:thread", args=[self.forum.slug, self.pk])

    @property
    def is_open(self):
        """Whether visitors may read it, as ThreadQuerySet.open_in says."""
        return self.forum.public and self.created_at >= self.forum.public_since and self.moved_at is None

    @property
    def tag_slugs(self):
        return self.tags.strip(",").split(",") if self.tags else []

    @property
    def closed_since(self):
        """When it was closed to new posts; None while it is open. Read from dates: nothing has to run for it."""
        if self.locked:
            return self.closes_at or self.last_post_at
        end = self.closes_at or self.quiet_until
        return end if end and end <= timezone.now() else None

    @property
    def quiet_until(self):
        """When it closes by the forum's rule if nobody writes; None for never."""
        days = self.forum.close_after_days
        return self.last_post_at + timedelta(days=days) if days and not self.pinned else None


class Post(models.Model):
    class Held(models.TextChoices):
        """Why a post waits for a moderator."""

        FIRST = "first", _("one of the first posts of a new member")
        LINK = "link", _("a link in a member's first days")
        BOARD = "board", _("every post of this forum waits")
        ABSENT = "absent", _("no moderator has been here for a week")
        PICTURE = "picture", _("a picture in a member's first days")
        ROBOT = "robot", _("perhaps sent by a program")

    thread = models.ForeignKey(Thread, models.CASCADE, db_index=False, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, db_index=False, related_name="+")
    alias = models.ForeignKey(SpaceAlias, models.PROTECT, related_name="+")
    in_reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    client_id = models.UUIDField(default=uuid.uuid4, editable=False)
    language = language_field()
    # Both are empty once she has withdrawn it.
    source = models.TextField()
    html = models.TextField()
    pictures = models.TextField(blank=True, default="", db_default="")  # HTML, drawn by forums.pictures from its rows
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden = models.BooleanField(default=False)
    held = models.CharField(max_length=10, choices=Held.choices, blank=True)
    thanks = models.PositiveIntegerField(default=0)  # derived from PostMark; actions.mark_post counts again

    class Meta:
        indexes = [
            models.Index(fields=["thread", "id"], name="posts_of_thread_by_key"),
            models.Index(fields=["author", "id"], name="posts_of_author_by_key"),
            models.Index(fields=["id"], name="posts_that_wait", condition=~Q(held="")),
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


class Quote(models.Model):
    """`post`, or an older version of it, quotes `quoted`: when that goes, its words go from here too."""

    post = models.ForeignKey(Post, models.CASCADE, db_index=False, related_name="+")
    quoted = models.ForeignKey(Post, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "quoted"], name="one_row_per_quoted_post")]

    def __str__(self):
        return f"{self.post_id}: {self.quoted_id}"
