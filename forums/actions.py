"""Everything that writes in a forum."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.db.models.functions import Greatest
from django.utils import timezone

from courses.models import KitPage
from forums import news
from forums.attention import call_attention
from forums.feeds import forget_feeds
from forums.mentions import settle_mentions
from forums.models import RESERVED_SLUGS, Forum, ForumRead, Post, PostVersion, Report, SpaceAlias, Thread
from forums.pictures import settle_pictures, take_pictures_of
from forums.quotes import lock_thread, note_quotes, settle_quotes, take_quotes_of
from forums.reading import follow_by_writing
from forums.safety import hide_when_reported
from forums.tags import packed
from forums.translations import forget_translations


class ThreadLocked(Exception):
    """The thread was closed to new posts, or moved to another forum, perhaps while she was writing."""


@transaction.atomic
def join_forum(*, user, forum, name):
    """Her alias in this forum; the first one stays when two tabs join at once. None if another just took the name."""
    kept_out = SpaceAlias.objects.filter(user=user).aggregate(until=Max("hub_banned_until"))["until"]
    try:
        with transaction.atomic():
            return SpaceAlias.objects.create(user=user, forum=forum, name=name, hub_banned_until=kept_out)
    except IntegrityError:
        return SpaceAlias.objects.filter(user=user, forum=forum).first()


@transaction.atomic
def start_thread(
    *,
    forum,
    author,
    alias,
    title,
    source,
    html,
    language,
    client_id,
    kind=Thread.Kind.QUESTION,
    about_key=None,
    tags=(),
    held="",
    pictures=(),
):
    """A thread with its first post, `tags` by their slugs. The same client id again gives the thread that exists.

    `held`, one of Post.Held, keeps it from others until a moderator lets it through; `pictures` are [(row, alt)].
    """
    client_id, existing = _replay(author=author, client_id=client_id, source=source)
    if existing:
        return existing.thread
    try:
        with transaction.atomic():
            values = {"title": title, "language": language, "kind": kind, "about_key": about_key}
            values["tags"] = packed(tags)
            thread = Thread.objects.create(forum=forum, alias=alias, held=bool(held), **values)
            words = {"source": source, "html": html, "language": language, "client_id": client_id}
            words["html"], called = settle_mentions(thread=thread, source=source, html=html)
            post = _add_post(thread, author=author, alias=alias, held=held, pictures=pictures, **words)
            if not held:
                news.tell_of_thread(thread, post, called)
    except IntegrityError:
        return Post.objects.select_related("thread__forum").get(author=author, client_id=client_id).thread
    ForumRead.objects.filter(user=author, forum=forum).update(draft="", draft_title="")
    return thread


@transaction.atomic
def reply(
    *,
    thread,
    author,
    alias,
    source,
    html,
    language,
    client_id,
    in_reply_to=None,
    despite_lock=False,
    held="",
    pictures=(),
):
    """A post at the end of `thread`; the same client id and text again gives the post that exists."""
    forum, thread.locked, thread.closes_at = lock_thread(thread.pk)
    source, html, quoted = settle_quotes(thread=thread, source=source, html=html, language=language)
    client_id, existing = _replay(author=author, client_id=client_id, source=source)
    if existing:
        return existing
    if forum != thread.forum_id or (thread.closed_since and not despite_lock):
        raise ThreadLocked
    html, called = settle_mentions(thread=thread, source=source, html=html)
    try:
        with transaction.atomic():
            post = _add_post(
                thread,
                author=author,
                alias=alias,
                source=source,
                html=html,
                language=language,
                client_id=client_id,
                in_reply_to=in_reply_to,
                held=held,
                pictures=pictures,
            )
            note_quotes(post=post, quoted=quoted)
            if not held:
                news.tell_of_post(post, called)
            return post
    except IntegrityError:
        return Post.objects.select_related("thread__forum").get(author=author, client_id=client_id)


def _replay(*, author, client_id, source):
    """The id to write under, and the post if this writing is stored. The same id with other words is kept too."""
    existing = Post.objects.select_related("thread__forum").filter(author=author, client_id=client_id).first()
    if existing and existing.source != source:
        return uuid.uuid4(), None
    return client_id, existing


def _add_post(thread, *, author, pictures, **values):
    post = Post.objects.create(thread=thread, author=author, **values)
    if pictures:
        settle_pictures(post=post, pictures=pictures)
    if not post.held:
        Thread.objects.filter(pk=thread.pk).update(
            post_count=F("post_count") + 1,
            last_post_id=Greatest(F("last_post_id"), post.pk),
            last_post_at=Greatest(F("last_post_at"), post.created_at),
        )
    follow_by_writing(user=author, thread=thread)
    call_attention(post=post)
    return post


@transaction.atomic
def edit_post(*, post, source, html, language, pictures=None):
    """The new words; the old ones go to the versions that moderators read. Nothing happens when nothing changed.

    `pictures`: [(row, alt)] in the place of those it has; None leaves them.
    """
    lock_thread(post.thread_id)
    if pictures or (post.pictures and pictures is not None):
        settle_pictures(post=post, pictures=pictures)
        call_attention(post=post)
    source, html, quoted = settle_quotes(thread=post.thread, source=source, html=html, language=language)
    if (post.source, post.language) == (source, language):
        return post
    html, called = settle_mentions(thread=post.thread, source=source, html=html)
    forget_translations(posts=[post.pk])
    if post.source != source:
        PostVersion.objects.create(post=post, source=post.source, html=post.html)
        post.edited_at = timezone.now()
    post.source, post.html, post.language = source, html, language
    post.save(update_fields=["source", "html", "language", "edited_at"])
    note_quotes(post=post, quoted=quoted)
    call_attention(post=post)
    if not (post.held or post.hidden):
        news.tell_called(post, called)
    return post


def forget_versions():
    """Older versions of posts that moderators have had time to read; how many."""
    limit = timezone.now() - timedelta(days=settings.FORUM_VERSION_DAYS)
    return PostVersion.objects.filter(replaced_at__lt=limit).delete()[0]


def erase_versions(*, post):
    return post.versions.all().delete()[0]


@transaction.atomic
def accept_answer(*, thread, post):
    """Say which answer helped; None takes it back."""
    news.withhold_accepted(thread)
    if post:
        news.tell_accepted(thread, post)
    Thread.objects.filter(pk=thread.pk).update(accepted=post)


@transaction.atomic
def withdraw_post(*, post):
    """Her words are gone, older versions and quotes too; an empty post keeps the place. With the first post goes the thread's title,
    and the thread itself if nobody has answered."""
    erase_versions(post=post)
    take_pictures_of(posts=Post.objects.filter(pk=post.pk))
    forget_translations(posts=[post.pk])
    news.take_back(post)
    Post.objects.filter(pk=post.pk).update(source="", html="", edited_at=None, in_reply_to=None)
    take_quotes_of(post=post)
    Thread.objects.filter(accepted=post.pk, pk=post.thread_id).update(accepted=None)
    others = Post.objects.filter(thread=post.thread_id).exclude(pk=post.pk)
    if not others.filter(pk__lt=post.pk).exists():
        Thread.objects.filter(pk=post.thread_id).update(title="", hidden=not others.exists())
        forget_feeds()


@transaction.atomic
def report_post(*, post, reporter, reason, note):
    """Her report; a second one while the first is open takes its place."""
    report, _created = Report.objects.update_or_create(
        post=post, reporter=reporter, handled_at=None, defaults={"reason": reason, "note": note}
    )
    hide_when_reported(post=post)
    return report


@transaction.atomic
def ensure_kit_forums():
    """A forum for every live kit, named like the kit in each language that lacks a name. Returns the new ones."""
    kits = {}
    rows = KitPage.objects.live().values_list("translation_key", "locale__language_code", "slug", "title")
    for key, language, slug, title in rows:
        kits.setdefault(key, {})[language] = (slug, title)
    forums = {forum.kit_key: forum for forum in Forum.objects.filter(kit_key__in=kits)}
    return [forum for key, titles in kits.items() if (forum := _name_forum(forums.get(key), key, titles))]


def _name_forum(forum, kit_key, titles):
    """Make or complete one forum; the new forum, or None when it was there."""
    made = None
    slug, title = titles.get("en") or next(iter(titles.values()))
    if forum is None:
        forum = made = Forum(kit_key=kit_key, slug=_free_slug(slug), name_en=title)
    changed = made is not None
    for language in settings.MODELTRANSLATION_LANGUAGES:
        if language in titles and not getattr(forum, f"name_{language}"):
            setattr(forum, f"name_{language}", titles[language][1])
            changed = True
    if changed:
        forum.save()
    return made


def _free_slug(slug):
    taken = slug in RESERVED_SLUGS or Forum.objects.filter(slug=slug).exists()
    return f"{slug[:70]}-{uuid.uuid4().hex[:6]}" if taken else slug


def make_forum_on_publish(**kwargs):
    """Receives Wagtail's page_published for kit pages."""
    ensure_kit_forums()
