"""Reads that more than one page needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Window
from django.utils.translation import gettext

from forums.models import Block, Forum, ModerationEntry, Post, PostMark, Report, Thread
from hub.accounts.models import User
from hub.accounts.roles import Role, has_role
from hub.lib.paging import rows_of
from hub.lib.prepared import Prepared
from hub.lib.stamp import content_stamp

# Shown beside an alias, the first that fits.
SHOWN_ROLES = [Role.ADMINISTRATOR, Role.COORDINATOR, Role.MODERATOR, Role.TRAINER, Role.EDITOR]


def forums_with_last_post():
    """Each forum with the number and time of its newest post: one look into an index per forum, no counting."""
    newest = Thread.objects.filter(forum=OuterRef("pk"), pinned=False, hidden=False, held=False).order_by(
        "-last_post_id"
    )
    one = {name: Subquery(newest.values(name)[:1]) for name in ("last_post_id", "last_post_at")}
    return Forum.objects.annotate(**one).order_by("pk")


def threads_of(seat):
    return Thread.objects.filter(forum=seat.forum).readable_by(seat).select_related("alias")


@dataclass(slots=True, unsafe_hash=True)
class PostLine:
    """A post as a page shows it. Plain values: twenty posts with their relations as model objects cost three times as much.

    Equal lines look the same; `post_card` draws by that, so that nothing may be changed once a page is being drawn.
    """

    pk: int
    author_id: int | None
    alias_id: int
    alias_name: str
    language: str
    html: str
    pictures: str
    created_at: datetime
    edited_at: datetime | None
    hidden: bool
    answered_id: int | None
    answered_name: str | None
    thanks: int
    held: str
    blocked: bool
    role: str | None = None
    is_own: bool = False
    first_new: bool = False
    kept: bool = False
    thanked: bool = False
    accepted: bool = False
    may_accept: bool = False
    folded: bool = False  # it is in a language she does not read

    @property
    def alias(self):
        return self.alias_name or gettext("former member")

    @property
    def answered(self):
        return self.answered_name or gettext("former member")

    def set_marks(self, kinds):
        self.kept, self.thanked = PostMark.Kind.KEPT in kinds, PostMark.Kind.THANKS in kinds


def posts_of(thread, seat):
    """The values of PostLine for each post of a thread that she may see. What waits is seen by its author and moderators."""
    posts = rows_of(Post.objects, thread=thread)
    if not seat.moderates:
        posts = posts.filter(Q(held="") | Q(author=seat.user))
    blocked = Exists(Block.objects.filter(user=seat.user, alias=OuterRef("alias")))
    return posts.values_list(
        "pk",
        "author_id",
        "alias_id",
        "alias__name",
        "language",
        "html",
        "pictures",
        "created_at",
        "edited_at",
        "hidden",
        "in_reply_to_id",
        "in_reply_to__alias__name",
        "thanks",
        "held",
        blocked,
    )


STAFF = Prepared(
    lambda user_ids: (
        User.objects.filter(pk__in=user_ids)
        .filter(Q(is_superuser=True) | Q(groups__isnull=False))
        .values_list("pk", "is_superuser", "groups__name")
    )
)


def staff_roles(user_ids):
    """User id → the role shown beside her alias, for those who have one. One query for a page of posts."""
    groups = {}
    for pk, is_superuser, group in STAFF(user_ids=list(user_ids)):
        groups.setdefault(pk, set()).add((group or "").partition("-")[0])
        if is_superuser:
            groups[pk].add(Role.ADMINISTRATOR.value)
    shown = {pk: next((role for role in SHOWN_ROLES if role.value in names), None) for pk, names in groups.items()}
    return {pk: role for pk, role in shown.items() if role}


def role_of(user):
    """The role under which she moderates, for the log."""
    if user.is_superuser:
        return Role.ADMINISTRATOR.value
    return next((role.value for role in SHOWN_ROLES if has_role(user, role)), "")


def newest_of_kit(kit_key):
    """ThreadLines of the kit's newest threads; those kept on top stand in the forum. The index thread_list_by_key serves it."""
    return [ThreadLine(*row) for row in NEWEST(kit_key=kit_key)]


def about_lesson(keys):
    """ThreadLines of the newest threads about a lesson, or about any of these, each with their number in all as `total`."""
    return [ThreadLine(*row) for row in ABOUT(keys=keys)]


class ThreadLine(NamedTuple):
    """A thread as a kit or lesson names it."""

    slug: str
    id: int
    title: str
    language: str
    last_post_at: datetime
    post_count: int
    total: int | None = None


NAMED = 3  # so many threads are named there
LINE = ("forum__slug", "id", "title", "language", "last_post_at", "post_count")
SHOWN = Thread.objects.filter(hidden=False, held=False).order_by("-last_post_id")
NEWEST = Prepared(lambda kit_key: SHOWN.filter(forum__kit_key=kit_key, pinned=False).values_list(*LINE)[:NAMED])
ABOUT = Prepared(
    lambda keys: (
        SHOWN.filter(about_key__in=keys, forum__cohort=None)
        .annotate(total=Window(Count("*")))
        .values_list(*LINE, "total")[:NAMED]
    )
)


def slug_of_kit(kit_key):
    """The address of a kit's forum, "" for none; from the cache but for the first time after a publish."""
    return cache.get_or_set(f"forum-slug:{kit_key}:{content_stamp()}", lambda: read_slug(kit_key), 600)


def read_slug(kit_key):
    return Forum.objects.filter(kit_key=kit_key).values_list("slug", flat=True).first() or ""


def open_reports():
    """The moderators' queue; who reported is not part of it."""
    return Report.objects.filter(handled_at=None).select_related("post__alias", "post__thread__forum").defer("reporter")


def posts_that_wait():
    return Post.objects.exclude(held="").select_related("alias", "thread__forum").defer("author")


def moderation_log():
    return ModerationEntry.objects.select_related("forum", "thread__forum", "post", "target")
