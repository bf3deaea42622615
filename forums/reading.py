"""What is new for a reader, what she follows and what she marked. Hers alone: no other member sees any of it."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from forums.models import Forum, ForumRead, Post, PostMark, Thread, ThreadRead
from hub.lib.paging import rows_of
from hub.lib.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Mark:
    """How far she has read in a thread: everything up to the post `seen_id`."""

    seen_id: int = 0
    following: bool | None = None
    opened: bool = False


def with_all_read(rows, user, forum="pk"):
    """Forums or threads with `all_read_id`: up to where she has marked everything as read. No statement more."""
    marks = ForumRead.objects.filter(user=user, forum=OuterRef(forum)).values("all_read_id")[:1]
    return rows.annotate(all_read_id=Coalesce(Subquery(marks), 0))


def with_following(forums, user):
    """Forums with `following`, whether she follows the whole forum, and `unsent`, whether she has not sent a thread yet."""
    rows = ForumRead.objects.filter(user=user, forum=OuterRef("pk"))
    unsent = rows.exclude(draft="", draft_title="")
    return forums.annotate(following=Exists(rows.filter(following=True)), unsent=Exists(unsent))


MARKS = Prepared(
    lambda user_id, thread_ids: ThreadRead.objects.filter(user=user_id, thread__in=thread_ids).values_list(
        "thread_id", "last_post_id", "following"
    )
)


def reading_marks(user, threads):
    """{thread id: Mark} for threads that have `all_read_id`. One query."""
    rows = MARKS(user_id=user.pk, thread_ids=[thread.pk for thread in threads])
    kept = {pk: (seen, following) for pk, seen, following in rows}
    return {thread.pk: _mark(thread, *kept.get(thread.pk, (None, None))) for thread in threads}


def with_mark(threads, user):
    """Threads with what mark_of tells. No statement more."""
    hers = ThreadRead.objects.filter(user=user, thread=OuterRef("pk"))
    return threads.annotate(
        **{f"mark_{name}": Subquery(hers.values(name)[:1]) for name in ("last_post_id", "following", "draft")}
    )


def mark_of(thread):
    """(Mark, unsent reply) of a thread that comes `with_mark`."""
    return _mark(thread, thread.mark_last_post_id, thread.mark_following), thread.mark_draft or ""


def _mark(thread, seen, following):
    opened = seen is not None or thread.last_post_id <= thread.all_read_id
    return Mark(max(seen or 0, thread.all_read_id), following, opened)


def mark_new(threads, marks):
    """Set `seen_id`, `has_new` and `opened` on each thread, for the lists."""
    for thread in threads:
        mark = marks[thread.pk]
        thread.seen_id, thread.opened = mark.seen_id, mark.opened
        thread.has_new = thread.last_post_id > mark.seen_id


# Django has no words for a conflict that is settled by what the row holds. Both databases read this.
FOLLOW = """
    INSERT INTO forums_threadread (user_id, thread_id, last_post_id, following, draft) VALUES (%s, %s, 0, TRUE, '')
    ON CONFLICT (user_id, thread_id) DO UPDATE SET draft = '', following = COALESCE(forums_threadread.following, TRUE)
"""


def mark_read(*, user, thread, last_post_id):
    """One row per reader and thread, in one statement."""
    _keep_mark(ThreadRead(user=user, thread=thread, last_post_id=last_post_id), ["last_post_id"])


def follow_thread(*, user, thread, on=True):
    _keep_mark(ThreadRead(user=user, thread=thread, following=on), ["following"])


def follow_by_writing(*, user, thread):
    """Whoever writes in a thread follows it, unless she has stopped following it before. Her draft there is sent. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, [user.pk, thread.pk])


def _keep_mark(row, fields):
    ThreadRead.objects.bulk_create([row], update_conflicts=True, unique_fields=["user", "thread"], update_fields=fields)


def follow_forum(*, user, forum, on=True):
    _keep_forum_marks([ForumRead(user=user, forum=forum, following=on)], "following")


@transaction.atomic
def mark_all_read(*, user, forums):
    """Everything that is written in these forums by now counts as read."""
    newest = Greatest(_newest_post(pinned=False), _newest_post(pinned=True))
    here = Forum.objects.filter(pk__in=[forum.pk for forum in forums]).annotate(newest=newest)
    rows = [ForumRead(user=user, forum=forum, all_read_id=forum.newest) for forum in here]
    _keep_forum_marks(rows, "all_read_id")


def _newest_post(**pinned):
    """The id of the newest post in a forum, 0 for none: one look into an index."""
    threads = Thread.objects.filter(forum=OuterRef("pk"), held=False, **pinned).order_by("-last_post_id")
    return Coalesce(Subquery(threads.values("last_post_id")[:1]), 0)


def _keep_forum_marks(rows, *fields):
    ForumRead.objects.bulk_create(rows, update_conflicts=True, unique_fields=["user", "forum"], update_fields=fields)


# Drafts ----------------------------------------------------------------------------------------


def keep_draft(*, user, forum, thread=None, source, title=""):
    """Keep what she has not sent yet; empty words forget it. One for each thread, and one for a new thread in each forum."""
    if thread:
        _keep_mark(ThreadRead(user=user, thread=thread, draft=source), ["draft"])
    else:
        row = ForumRead(user=user, forum=forum, draft=source, draft_title=title)
        _keep_forum_marks([row], "draft", "draft_title")


def unsent_thread(user, forum):
    """{"title", "body"} of the thread she has not sent yet, or {}."""
    row = ForumRead.objects.filter(user=user, forum=forum).values_list("draft_title", "draft").first()
    return {"title": row[0], "body": row[1]} if row and any(row) else {}


# Marks on posts --------------------------------------------------------------------------------


POST_MARKS = Prepared(
    lambda user_id, post_ids: PostMark.objects.filter(user=user_id, post__in=post_ids).values_list("post_id", "kind")
)


def marks_on(user, posts):
    """{post id: {kinds}} of what she marked among these posts. One query."""
    found = {}
    for post_id, kind in POST_MARKS(user_id=user.pk, post_ids=[post.pk for post in posts]):
        found.setdefault(post_id, set()).add(kind)
    return found


@transaction.atomic
def mark_post(*, user, post, kind, on):
    """Set or take back a mark; a repeated request changes nothing. Returns whether something changed."""
    mark = {"user": user, "post": post, "kind": kind}
    changed = PostMark.objects.get_or_create(**mark)[1] if on else bool(PostMark.objects.filter(**mark).delete()[0])
    if changed and kind == PostMark.Kind.THANKS:
        Post.objects.filter(pk=post.pk).update(thanks=F("thanks") + (1 if on else -1))
    return changed


@transaction.atomic
def forget_marks(user):
    """Everything of hers here is gone; the thanks she gave are no longer counted."""
    thanked = PostMark.objects.filter(user=user, kind=PostMark.Kind.THANKS).values("post")
    Post.objects.filter(pk__in=list(thanked.values_list("post", flat=True))).update(thanks=F("thanks") - 1)
    for model in (PostMark, ThreadRead, ForumRead):
        model.objects.filter(user=user).delete()


# Her own lists ---------------------------------------------------------------------------------


def posts_by(user):
    """What she wrote, in every forum, without what she has withdrawn."""
    return rows_of(Post.objects, author=user).exclude(source="").select_related("thread__forum", "alias")


def kept_by(user):
    """Marks on posts that can still be read."""
    readable = {"post__hidden": False, "post__thread__hidden": False}
    readable["post__thread__forum__in"] = Forum.objects.readable_by(user)
    rows = rows_of(PostMark.objects, user=user).filter(kind=PostMark.Kind.KEPT, **readable).exclude(post__source="")
    return rows.select_related("post__thread__forum", "post__alias")


# So many threads are put in order; among more than these she soon meets some by looking from the newest on.
FEW = 700


def followed_by(user):
    """Threads she follows."""
    hers = ThreadRead.objects.filter(user=user, following=True)
    few = hers.order_by().values("pk")[:FEW].count() < FEW
    followed = Q(pk__in=hers.values("thread")) if few else Exists(hers.filter(thread=OuterRef("pk")))
    here = {"hidden": False, "held": False, "forum__in": Forum.objects.readable_by(user)}
    threads = Thread.objects.filter(followed, **here).select_related("alias", "forum")
    return with_all_read(threads, user, "forum")
