"""Fetching with permission: nothing in a forum is reached but through these."""

from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from forums.circles import belongs
from forums.languages import with_reading_languages
from forums.models import Forum, Post, SpaceAlias, Thread
from forums.reading import with_all_read, with_following, with_mark
from forums.safety import is_closed
from hub.accounts.models import User
from hub.accounts.roles import can_moderate, group_names
from hub.lib.prepared import Prepared


@dataclass(frozen=True)
class Seat:
    """A member in one forum: what she is called there and what she may do."""

    user: User
    forum: Forum
    alias: SpaceAlias | None
    moderates: bool
    # In a thread that was moved here: her alias of this forum, while `alias` is the one she wrote under in the thread.
    home: SpaceAlias | None = None

    def refusal(self, thread=None):
        """Why she may not write here now, in words for her; empty when she may."""
        if self.alias is None:
            return gettext("Choose an alias for this forum first. Your text stays here.")
        if self.forum.cohort_id and self.forum.cohort.closed_at:
            return gettext("This circle has closed. You can read in its forum.")
        if is_closed(self.forum) and not self.moderates:
            return gettext(
                "No moderator has been here for a month. Until one comes back, you can only read in this forum."
            )
        if paused := self.paused_until():
            until = date_format(localtime(paused), "DATE_FORMAT")
            return gettext("A moderator has paused your writing in this forum until %(date)s. You can read.") % {
                "date": until
            }
        if thread and thread.closed_since and not self.moderates:
            return gettext("This thread is closed to new posts. Your text is still here: you can start a new thread.")
        return ""

    @property
    def from_elsewhere(self):
        return bool(self.alias) and self.alias.forum_id != self.forum.pk

    def paused_until(self):
        """Until when she may not write; an alias that its own forum has excluded counts as paused here."""
        ends = [alias.muted_until for alias in (self.alias, self.home) if alias and alias.is_muted]
        if self.from_elsewhere and self.alias.is_banned:
            ends.append(self.alias.banned_until)
        return max(ends, default=None)

    def in_thread(self, thread):
        """The seat in a thread that was moved here: who wrote in it before goes on under the same alias."""
        if not thread.moved_at:
            return self
        hers = Post.objects.filter(thread=thread, author=self.user).exclude(alias__forum=self.forum).values("alias")
        alias = SpaceAlias.objects.filter(pk__in=hers, user=self.user).first()
        return replace(self, alias=alias, home=self.alias) if alias else self

    def asked(self, thread):
        """Whether she may say which answer helped."""
        return thread.kind == Thread.Kind.QUESTION and (self.moderates or self.owns(thread))

    def owns(self, thread):
        return bool(self.alias and self.alias.pk == thread.alias_id)

    def posts(self) -> QuerySet:
        return Post.objects.filter(thread__forum=self.forum)


FORUM = Prepared(
    lambda user_id, slug: with_reading_languages(
        with_following(with_all_read(Forum.objects.all(), user_id), user_id), user_id
    ).filter(slug=slug)
)
THREAD = Prepared(
    lambda user_id, thread_id: with_reading_languages(
        with_mark(with_all_read(Thread.objects.select_related("forum", "accepted__alias"), user_id, "forum"), user_id),
        user_id,
    ).filter(pk=thread_id)
)
# Her alias here, and any that says she is excluded from all forums: one statement also for who has none here yet.
ALIASES = Prepared(
    lambda user_id, forum_id, now: SpaceAlias.objects.filter(
        Q(forum=forum_id) | Q(hub_banned_until__gt=now), user=user_id
    )
)


def get_forum(request, slug):
    """The seat of the signed-in member in the forum `slug`; 404 if there is none, 403 if she is excluded from it."""
    return _seat(request, or_404(FORUM.first(user_id=request.user.pk, slug=slug)))


def get_thread(request, thread_id):
    """Seat and thread; a hidden thread exists for moderators only."""
    thread = or_404(THREAD.first(user_id=request.user.pk, thread_id=as_key(thread_id)))
    seat = _seat(request, thread.forum).in_thread(thread)
    waits = thread.held and not seat.owns(thread)
    if (thread.hidden or waits) and not seat.moderates:
        raise Http404
    return seat, thread


def get_post(request, post_id):
    """Seat and post; what is hidden exists for moderators and, a post, for the one who wrote it."""
    posts = Post.objects.select_related("thread__forum", "alias")
    post = get_object_or_404(posts, pk=as_key(post_id))
    seat = _seat(request, post.thread.forum).in_thread(post.thread)
    shut = (post.hidden or post.held) and post.author_id != request.user.pk
    if not seat.moderates and (post.thread.hidden or shut):
        raise Http404
    return seat, post


def get_own_post(request, post_id):
    seat, post = get_post(request, post_id)
    if post.author_id != request.user.pk or post.hidden or not post.source:
        raise Http404
    return seat, post


def require_moderator(seat):
    if not seat.moderates:
        raise PermissionDenied


def or_404(found):
    if found is None:
        raise Http404
    return found


def as_key(number):
    if number >= 2**63:
        raise Http404
    return number


def _seat(request, forum):
    if forum.staff_only and not (request.user.is_superuser or group_names(request.user)):
        raise Http404
    moderates = can_moderate(request.user)
    if forum.cohort_id and not moderates and not belongs(request.user, forum.cohort_id):
        raise Http404
    aliases = ALIASES(user_id=request.user.pk, forum_id=forum.pk, now=timezone.now())
    alias = next((alias for alias in aliases if alias.forum_id == forum.pk), None)
    if not moderates and any(row.is_kept_out for row in aliases):
        raise PermissionDenied(gettext("A moderator has excluded your alias from this forum for a time."))
    return Seat(request.user, forum, alias, moderates)
