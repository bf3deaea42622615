"""What the forums keep about a person: taken along, and erased."""

from django.db import transaction

from forums import unmasking
from forums.models import Block, ForumRead, Post, PostMark, PostVersion, Report, SpaceAlias, ThreadRead
from forums.quotes import take_from_quotes
from forums.reading import forget_marks


def export_person(user):
    """Her aliases, posts with their older versions, reading marks and reports, as plain values."""
    posts = (
        Post.objects.filter(author=user)
        .order_by("pk")
        .prefetch_related("versions")
        .select_related("thread__forum", "alias")
    )
    aliases = SpaceAlias.objects.filter(user=user).select_related("forum").order_by("pk")
    return {
        "aliases": [_alias(alias) for alias in aliases],
        "posts": [_post(post) for post in posts],
        "read": list(
            ThreadRead.objects.filter(user=user)
            .values("thread_id", "last_post_id", "following", "draft")
            .order_by("pk")
        ),
        "read_forums": [
            {
                "forum": str(row.forum),
                "last_post_id": row.all_read_id,
                "following": row.following,
                "draft": "\n\n".join(filter(None, [row.draft_title, row.draft])),
            }
            for row in ForumRead.objects.filter(user=user).select_related("forum").order_by("pk")
        ],
        "blocked": [
            {"forum": str(row.alias.forum), "alias": str(row.alias), "made_at": row.made_at}
            for row in Block.objects.filter(user=user).select_related("alias__forum").order_by("pk")
        ],
        "marked_posts": [
            {"post_id": mark.post_id, "mark": mark.get_kind_display(), "made_at": mark.made_at}
            for mark in PostMark.objects.filter(user=user).order_by("pk")
        ],
        "asked": [_asked(row) for row in unmasking.about(user)],
        "reports": list(
            Report.objects.filter(reporter=user).values("post_id", "reason", "note", "created_at").order_by("pk")
        ),
    }


def _asked(row):
    looks = [
        {"by": row.asked_name if look.by_asker else row.agreed_name, "done_at": look.at} for look in row.looks.all()
    ]
    return {
        "forum": str(row.alias.forum),
        "alias": row.alias.name,
        "asked_by": row.asked_name,
        "asked_at": row.asked_at,
        "why": row.reason,
        "agreed_by": row.agreed_name,
        "agreed_at": row.agreed_at,
        "looks": looks,
    }


def _alias(alias):
    return {
        "forum": str(alias.forum),
        "alias": alias.name,
        "rules_accepted_at": alias.rules_accepted_at,
        "muted_until": alias.muted_until,
        "banned_until": alias.banned_until or alias.hub_banned_until,
        "warning": alias.warning,
    }


def _post(post):
    return {
        "forum": str(post.thread.forum),
        "thread": post.thread.title,
        "thread_id": post.thread_id,
        "alias": post.alias.name,
        "language": post.language,
        "text": post.source,
        "written_at": post.created_at,
        "edited_at": post.edited_at,
        "older_versions": [{"text": v.source, "replaced_at": v.replaced_at} for v in post.versions.all()],
    }


@transaction.atomic
def erase_person(user):
    """Her posts stay as those of a former member; nothing leads from them to her. Her alias is never given again.
    What she withdrew is quoted nowhere."""
    take_from_quotes(Post.objects.filter(author=user, source="").values("pk"))
    PostVersion.objects.filter(post__author=user).delete()
    Post.objects.filter(author=user).update(author=None)
    unmasking.forget(user)
    SpaceAlias.objects.filter(user=user).update(
        user=None, name="", muted_until=None, banned_until=None, hub_banned_until=None, warning=""
    )
    forget_marks(user)
    Block.objects.filter(user=user).delete()
    Report.objects.filter(reporter=user).update(reporter=None, note="")
