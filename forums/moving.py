"""A thread goes to another forum with its posts, its readers and its old addresses. Aliases do not: each belongs to one forum.

- Who wrote in the thread keeps, in this thread alone, the alias she wrote under, and goes on under it: access.get_thread. So nobody
  is seen under two names in one thread, and nobody learns which alias of the other forum is hers.
- Nobody else is ever given one of these names in the other forum: a nameless row holds its place there.
- A thread moves only between forums with the same readers, and not where one of its names is somebody's already.
"""

from django.db import transaction
from django.utils import timezone

from forums import news
from forums.feeds import forget_feeds
from forums.models import Act, Forum, ForumTag, SpaceAlias
from forums.moderation import log_act
from forums.quotes import lock_thread
from forums.tags import packed


class NamesMeet(Exception):
    """An alias of the thread is also one of the other forum. Whether both are one person is not looked at: the answer would tell."""


def homes_for(thread, user):
    """The forums a thread may move to by this moderator: those she reads, with the same readers as its own."""
    if thread.forum.cohort_id:  # what is said in a circle stays there
        return Forum.objects.none()
    same = {"cohort": None, "staff_only": thread.forum.staff_only, "public": thread.forum.public}
    return Forum.objects.readable_by(user).filter(**same).exclude(pk=thread.forum_id).order_by("pk")


@transaction.atomic
def move_thread(*, thread, to, moderator, alias, reason=""):
    lock_thread(thread.pk)
    left = thread.forum
    hold_names(thread, to)
    known = set(ForumTag.objects.filter(forum=to).values_list("slug", flat=True))
    tags = packed([slug for slug in thread.tag_slugs if slug in known])
    thread.forum, thread.moved_at, thread.pinned, thread.tags = to, timezone.now(), False, tags
    thread.save(update_fields=["forum", "moved_at", "pinned", "tags"])
    entry = log_act(forum=left, moderator=moderator, alias=alias, act=Act.MOVE, thread=thread, reason=reason)
    forget_feeds()
    news.tell_moderated(entry, thread.alias.user_id)
    return entry


def hold_names(thread, to):
    """Raises NamesMeet. The rows come first: whoever chooses such a name in this moment is refused by the database, or seen here."""
    writers = SpaceAlias.objects.filter(pk__in=thread.posts.values("alias")).exclude(forum=to).exclude(name="")
    keys = list(writers.values_list("name_key", flat=True))
    rows = [SpaceAlias(forum=to, name_key=key) for key in keys]
    SpaceAlias.objects.bulk_create(rows, ignore_conflicts=True)
    if SpaceAlias.objects.filter(forum=to, name_key__in=keys).exclude(name="").exists():
        raise NamesMeet
