"""Whom what happens in a forum is told, and what of it she may still read when she looks.

The context of such a notification: `forum`, and `thread`, `alias` (who wrote) and `act` where they apply: numbers, no words.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from forums.circles import readers_among
from forums.models import Act, Block, Forum, ForumRead, SpaceAlias, Thread, ThreadRead
from hub.accounts.models import User
from hub.notifications import actions as news
from hub.notifications.models import Kind
from hub.notifications.words import Detail

# What is told to the one whom it concerns.
TOLD_ACTS = {Act.MOVE, Act.HIDE, Act.RESTORE, Act.RELEASE, Act.REFUSE, Act.WARN, Act.MUTE, Act.UNMUTE}
FROM_POSTS = {Kind.REPLY, Kind.TO_HER, Kind.MENTION, Kind.THREAD, Kind.ANNOUNCEMENT, Kind.ACCEPTED}
TOLD_ACTS |= {Act.BAN, Act.UNBAN, Act.HUB_BAN, Act.HUB_UNBAN}


def tell_of_post(post, called=()):
    """A post that others can read from now on. Whom it answers or speaks to (`called`, ids of users) is told so; at most five
    statements."""
    thread = post.thread
    answered = _author_answered(post)
    readers = readers_of(thread, post, also={answered, *called} - {None})
    told_as = dict.fromkeys(called, Kind.MENTION) | {answered: Kind.TO_HER}
    kinds = {user: told_as.get(user, Kind.REPLY) for user in readers}
    news.tell_each(kinds=kinds, path=_place_of(post), **_event(post))


def tell_of_thread(thread, post, called=()):
    """A thread with its first post. An announcement goes to all who have an alias in the forum."""
    announced = thread.kind == Thread.Kind.ANNOUNCEMENT
    readers = readers_of(thread, post, everybody=announced, also=set(called))
    other = Kind.ANNOUNCEMENT if announced else Kind.THREAD
    kinds = {user: Kind.MENTION if user in called else other for user in readers}
    news.tell_each(kinds=kinds, path=f"forums/{thread.forum.slug}/{thread.pk}/", **_event(post))


def tell_called(post, called):
    """A post that was changed speaks to these users. Whoever was told of it before is not told again."""
    if called:
        event = _event(post)
        readers = set(readers_of(post.thread, post, followers=False, also=called))
        new = readers - news.told_of(event["key"], readers)
        news.tell_each(kinds=dict.fromkeys(new, Kind.MENTION), path=_place_of(post), **event)


def _event(post):
    thread = post.thread
    return {"context": _context(thread, post.alias_id), "key": post_key(post.pk), "scopes": scopes_of(thread)}


def _place_of(post):
    return f"forums/{post.thread.forum.slug}/{post.thread_id}/?at={post.pk}#post-{post.pk}"


def _author_answered(post):
    answered = post.in_reply_to
    return answered.author_id if answered and not answered.hidden and not answered.held else None


def readers_of(thread, post, *, everybody=False, followers=True, also=()):
    """Ids of those who follow the thread or its forum, and of `also`, who did not stop following it; if they may read the post.
    One statement."""
    stopped = ThreadRead.objects.filter(thread=thread, following=False).values("user")
    by_thread = ThreadRead.objects.filter(thread=thread, following=True).values("user")
    by_forum = ForumRead.objects.filter(forum=thread.forum_id, following=True).exclude(user__in=stopped).values("user")
    wanted = Q(pk__in=by_thread.union(by_forum)) if followers else Q(pk__in=())
    if everybody:
        wanted = Q(pk__in=SpaceAlias.objects.filter(forum=thread.forum_id, user__isnull=False).values("user"))
    if also:
        wanted |= Q(pk__in=also) & ~Q(pk__in=stopped)
    blocked = Block.objects.filter(user=OuterRef("pk"), alias=post.alias_id)
    readers = _may_read(User.objects.filter(wanted, is_active=True), thread.forum).exclude(Exists(blocked))
    return list(readers.exclude(pk=post.author_id).values_list("pk", flat=True))


def _may_read(people, forum):
    """Those of `people` to whom the forum is open now."""
    now = timezone.now()
    here = SpaceAlias.objects.filter(user=OuterRef("pk"))
    out = here.filter(Q(forum=forum, banned_until__gt=now) | Q(hub_banned_until__gt=now))
    if forum.cohort_id:
        people = readers_among(people, forum.cohort_id)
    if forum.staff_only:
        roles = User.groups.through.objects.filter(user=OuterRef("pk"))
        people = people.filter(Q(is_superuser=True) | Q(Exists(roles)))
    return people.exclude(Exists(out))


def tell_accepted(thread, post):
    """Her answer helped. Told once, however often it is taken back and chosen again."""
    key = f"accepted:{post.pk}"
    if post.author_id and post.author_id != _asker(thread) and not post.hidden:
        news.tell(
            kind=Kind.ACCEPTED,
            recipients=[post.author_id],
            context=_context(thread),
            path=_place_of(post),
            key=key,
            scopes=scopes_of(thread),
        )
        news.withhold(topic=topic_of(thread.pk), key=key, on=False)


def withhold_accepted(thread):
    if thread.accepted_id:
        news.withhold(topic=topic_of(thread.pk), key=f"accepted:{thread.accepted_id}")


def _asker(thread):
    return SpaceAlias.objects.filter(pk=thread.alias_id).values_list("user", flat=True).first()


def tell_moderated(entry, user_id):
    """What was done with her post or alias; `entry` is its line in the log. It comes without the thread's title if that is gone."""
    if user_id and entry.act in TOLD_ACTS | {Act.REPORTED}:
        news.tell(
            kind=Kind.MODERATED,
            recipients=[user_id],
            context={"forum": entry.forum_id, "thread": entry.thread_id, "act": str(entry.act)},
            path=_path_of(entry),
            key=f"moderated:{entry.pk}",
        )


def tell_asked(request, administrators):
    """Another administrator asks who an alias is: those who may agree are told that a request waits, and nothing of it."""
    news.tell(
        kind=Kind.MODERATED,
        recipients=administrators,
        context={"forum": request.alias.forum_id, "act": "unmask_asked"},
        path="forums/moderation/names/",
        key=f"unmask-asked:{request.pk}",
    )


def tell_unmasked(request):
    """Two administrators learn who her alias is: she is told where she reads by whom and why."""
    news.tell(
        kind=Kind.MODERATED,
        recipients=[request.alias.user_id],
        context={"forum": request.alias.forum_id, "act": "unmask"},
        path="forums/asked/",
        key=f"unmasked:{request.pk}",
    )


def _path_of(entry):
    if entry.act == Act.MOVE:
        return f"forums/{entry.thread.forum.slug}/{entry.thread_id}/"
    if entry.act in {Act.HUB_BAN, Act.HUB_UNBAN, Act.BAN}:
        return "forums/"
    if entry.post_id and entry.act not in {Act.WARN, Act.MUTE, Act.UNMUTE, Act.UNBAN}:
        return f"forums/{entry.forum.slug}/{entry.thread_id}/?at={entry.post_id}#post-{entry.post_id}"
    return f"forums/{entry.forum.slug}/"


def tell_reporters(post, reports):
    """Whoever reported the post: it was looked at. What came of it is not told."""
    told = {pk: user for pk, user in reports.values_list("pk", "reporter") if user and user != post.author_id}
    news.tell(
        kind=Kind.REPORT,
        recipients=told.values(),
        context={"forum": post.thread.forum_id, "thread": post.thread_id},
        path=f"forums/{post.thread.forum.slug}/",
        key=f"report:{max(told, default=0)}",
    )


# What can no longer be read --------------------------------------------------------------------


def show_post(post, on):
    """Nobody is told of a post, or of it as the answer that helped, while it is hidden."""
    for key in (post_key(post.pk), f"accepted:{post.pk}"):
        news.withhold(topic=topic_of(post.thread_id), key=key, on=not on)


def show_thread(thread, on):
    """Nobody is told of a thread while it is hidden; what was hidden in it stays so."""
    news.withhold(topic=topic_of(thread.pk), on=not on)
    if on:
        for pk in thread.posts.filter(hidden=True).values_list("pk", flat=True):
            news.withhold(topic=topic_of(thread.pk), key=post_key(pk))


def take_back(post):
    news.take_back(topic=topic_of(post.thread_id), key=post_key(post.pk))
    news.take_back(topic=topic_of(post.thread_id), key=f"accepted:{post.pk}")


def forget_unread(user_id, **context):
    """What she has not read yet of one forum, or of one alias; without either, of all forums."""
    news.forget_unread(user_id=user_id, kinds=FROM_POSTS, **context)


# Names of things -------------------------------------------------------------------------------


def post_key(pk):
    return f"post:{pk}"


def topic_of(thread_id):
    return f"thread:{thread_id}"


def forum_scope(forum_id):
    return f"forum:{forum_id}"


def scopes_of(thread):
    return [topic_of(thread.pk), forum_scope(thread.forum_id)]


def _context(thread, alias_id=None):
    return {"forum": thread.forum_id, "thread": thread.pk} | ({"alias": alias_id} if alias_id else {})


def words_of(user, rows):
    """{id of a notification: Detail} for those about forums: titles of threads that she can read now. At most three queries."""
    if not rows:
        return {}
    threads = Thread.objects.filter(pk__in={row.context.get("thread") for row in rows}, hidden=False, held=False)
    titles = {pk: (title, forum) for pk, title, forum in threads.values_list("pk", "title", "forum")}
    wanted = {row.context.get("forum") for row in rows} | {forum for _title, forum in titles.values()}
    forums = {forum.pk: forum for forum in Forum.objects.readable_by(user).filter(pk__in=wanted - {None})}
    found = {}
    for row in rows:
        title, forum = titles.get(row.context.get("thread"), ("", row.context.get("forum")))
        if forum in forums:
            found[row.pk] = Detail(title, str(forums[forum]))
    return found
