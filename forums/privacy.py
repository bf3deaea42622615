"""What the forums keep about a person: taken along, and erased."""

from django.db import transaction

from forums import unmasking
from forums.feeds import forget_feeds
from forums.models import (
    Block,
    ForumRead,
    Post,
    PostMark,
    PostVersion,
    ReadingLanguages,
    Report,
    SpaceAlias,
    ThreadRead,
)
from forums.pictures import files_of, name_of, pictures_of, remove
from forums.quotes import take_from_quotes
from forums.reading import forget_marks
from forums.translations import forget_translations


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
        "reading_languages": [
            {"shown": row.get_show_display(), "languages": row.languages}
            for row in ReadingLanguages.objects.filter(user=user)
        ],
        "pictures": [_picture(row) for row in pictures_of(user)],
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


def export_files(user):
    """(name, bytes) of each of her pictures."""
    return files_of(user)


def _picture(row):
    """`post_id` is empty for what she has not sent."""
    return {"picture": name_of(row), "seen": row.alt, "post_id": row.post_id, "made_at": row.added_at}


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
    """Her posts stay as those of a former member, without pictures; nothing leads from them to her. Her alias is never given again.
    What she withdrew is quoted nowhere."""
    take_from_quotes(Post.objects.filter(author=user, source="").values("pk"))
    PostVersion.objects.filter(post__author=user).delete()
    remove(pictures_of(user))
    forget_translations(posts=Post.objects.filter(author=user))
    ReadingLanguages.objects.filter(user=user).delete()
    Post.objects.filter(author=user).exclude(pictures="").update(pictures="")
    Post.objects.filter(author=user).update(author=None)
    unmasking.forget(user)
    forget_feeds()
    SpaceAlias.objects.filter(user=user).update(
        user=None, name="", muted_until=None, banned_until=None, hub_banned_until=None, warning=""
    )
    forget_marks(user)
    Block.objects.filter(user=user).delete()
    Report.objects.filter(reporter=user).update(reporter=None, note="")
