"""What keeps a forum safe while no moderator looks: posts that wait, posts that hide themselves, a forum left alone."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from forums import news
from forums.counting import recount
from forums.mentions import spoken_to
from forums.models import Act, Block, Forum, ModerationEntry, Post, Report, Thread
from forums.translations import forget_translations
from hub.accounts.roles import group_names

VISIT = timedelta(hours=1)
AN_HOUR = timedelta(hours=1)
POSTS_AN_HOUR = 60  # as many as the limit of the forms lets through
FEW_WORDS = 40  # characters


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def why_held(*, user, forum, html, by_program=False, with_picture=False):
    """Why a new post must wait for a moderator, one of Post.Held; "" when it need not. At most two statements."""
    if user.is_superuser or group_names(user):
        return ""
    if by_program:
        return Post.Held.ROBOT
    if forum.moderated:
        return Post.Held.BOARD
    if forum.moderator_seen_at < days_ago(settings.FORUM_ALONE_DAYS):
        return Post.Held.ABSENT
    if ("<a " in html or with_picture) and user.date_joined > days_ago(settings.FORUM_LINK_DAYS):
        return Post.Held.PICTURE if with_picture else Post.Held.LINK
    return Post.Held.FIRST if is_new(user) else ""


def is_new(user):
    """Whether she has not yet written as many posts as a moderator looks at first."""
    wanted = settings.FORUM_FIRST_POSTS
    seen = Post.objects.filter(author=user, held="", hidden=False).values_list("pk", flat=True)[:wanted]
    return wanted > 0 and len(seen) < wanted


def said_before(*, user, source, client_id, thread=None):
    """Her post with the same words of the last hour, if any; under the same id it is no second one. A few words in another
    thread, as a thank you, do not count. One query, however much she wrote."""
    recent = Post.objects.filter(author=user).order_by("-pk").values("pk")[:POSTS_AN_HOUR]
    same = Post.objects.filter(pk__in=recent, source=source, created_at__gt=timezone.now() - AN_HOUR)
    if len(source) < FEW_WORDS:
        same = same.filter(thread=thread) if thread else same.none()
    return same.exclude(client_id=client_id).filter(hidden=False).select_related("thread__forum").first()


def is_closed(forum):
    """Whether no moderator has been here for so long that nobody may write."""
    return forum.moderator_seen_at < days_ago(settings.FORUM_CLOSED_DAYS)


def note_visit(forums):
    """A moderator has been here. Written once an hour at most."""
    late = [forum.pk for forum in forums if forum.moderator_seen_at < timezone.now() - VISIT]
    if late:
        Forum.objects.filter(pk__in=late).update(moderator_seen_at=timezone.now())


@transaction.atomic
def release_post(post):
    """Others can read it from now on; with the first post, its thread too."""
    Post.objects.filter(pk=post.pk).update(held="")
    post.held = ""
    opened = Thread.objects.filter(pk=post.thread_id, held=True).update(held=False)
    recount(post.thread)
    if opened:
        news.tell_of_thread(post.thread, post, spoken_to(post))
    else:
        news.tell_of_post(post, spoken_to(post))


@transaction.atomic
def hide_when_reported(*, post):
    """Hide a post that enough members of some standing have reported, until a moderator has looked."""
    standing = {"reporter__date_joined__lt": days_ago(settings.FORUM_REPORTER_DAYS)}
    accusing = Report.objects.filter(post=post, handled_at=None, **standing).exclude(reason__in=["note", "words"])
    if post.hidden or accusing.count() < settings.FORUM_REPORTS:
        return False
    Post.objects.filter(pk=post.pk).update(hidden=True)
    forget_translations(posts=[post.pk])
    recount(post.thread)
    entry = ModerationEntry.objects.create(forum=post.thread.forum, act=Act.REPORTED, thread=post.thread, post=post)
    news.show_post(post, on=False)
    news.tell_moderated(entry, post.author_id)
    return True


def block_alias(*, user, alias, on=True):
    """She no longer reads this alias; or reads it again."""
    if on:
        Block.objects.get_or_create(user=user, alias=alias)
        news.forget_unread(user.pk, alias=alias.pk)
    else:
        Block.objects.filter(user=user, alias=alias).delete()
