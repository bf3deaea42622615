"""Forum words for templates: newest threads for kit and lesson pages, the drawn circle of an alias, roles."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from forums.languages import NAMES
from forums.queries import about_lesson, newest_of_kit, slug_of_kit
from forums.tags import tag_names, tags_of
from hub.accounts.roles import Role, can_unmask
from hub.lib.ago import ago

register = template.Library()

HUES = 6
ROLE_LABELS = {
    # Translators: the role of a member of staff, shown beside her alias in the forum.
    Role.TRAINER.value: _("Trainer"),
    Role.EDITOR.value: _("Editor"),
    Role.MODERATOR.value: _("Moderator"),
    Role.COORDINATOR.value: _("Coordinator"),
    Role.ADMINISTRATOR.value: _("Administrator"),
}


@register.inclusion_tag("forums/newest_threads.html", takes_context=True)
def newest_threads(context, kit_key):
    """The kit's newest threads: one query for a member, none for a visitor, who is told that forums are for members."""
    user = context["request"].user if "request" in context else None
    member = bool(user and user.is_authenticated)
    rows = newest_of_kit(kit_key) if member else []
    slug = rows[0].slug if rows else member and slug_of_kit(kit_key)
    return {
        "member": member,
        "slug": slug,
        "threads": rows,
        "LANGUAGE_CODE": context.get("LANGUAGE_CODE"),
    }


@register.inclusion_tag("forums/discuss.html", takes_context=True)
def discuss(context, kit, line):
    """Threads about a lesson, or about a module and its lessons: one query for a member, none for a visitor."""
    user = context["request"].user if "request" in context else None
    member = bool(user and user.is_authenticated)
    keys = [line.key, *(lesson.key for lesson in getattr(line, "lessons", ()))]
    rows = about_lesson(keys) if member else []
    return {
        "member": member,
        "slug": slug_of_kit(kit.key) if member else "",
        "threads": rows,
        "total": rows[0].total if rows else 0,
        "about": line.key,
        "LANGUAGE_CODE": context.get("LANGUAGE_CODE"),
    }


@register.simple_tag
@lru_cache(maxsize=32)
def language_mark(code):
    """The name of a language in itself."""
    direction = "rtl" if get_language_info(code)["bidi"] else "ltr"
    name = settings.LANGUAGE_NAMES[code]
    return format_html('<span class="lang-mark" lang="{}" dir="{}">{}</span>', code, direction, name)


@register.filter
def iso(moment):
    """A moment for `<time datetime>`."""
    return moment.isoformat(timespec="seconds")


@register.simple_tag
def when(moment):
    """`<time>`: the moment for machines, how long ago for readers."""
    return format_html('<time datetime="{}">{}</time>', iso(moment), ago_of(moment))


def ago_of(moment):
    age = int((timezone.now() - moment).total_seconds())
    unit = 60 if age < 3600 else 3600 if age < 86_400 else 86_400
    return _ago(get_language(), max(age, 0) // unit * unit)


@lru_cache(maxsize=4096)
def _ago(language, seconds):
    """`seconds` are whole minutes, hours or days, so that a page of posts looks few of them up."""
    return ago(seconds)


@register.simple_tag
def post_card(post, moderates, reply_url):
    """A post of a thread page. A quarter of the page's cost without the memory of `_draw_post`."""
    written = ago_of(post.created_at)
    changed = ago_of(post.edited_at) if post.edited_at else ""
    translates = bool(settings.TRANSLATE_URL)
    return _draw_post(post, bool(moderates), reply_url, get_language(), written, changed, translates)


@lru_cache(maxsize=1024)
def _draw_post(post, moderates, reply_url, language, written, changed, translates):
    """Drawn from its arguments alone; `language` decides the words."""
    context = {
        "post": post,
        "moderates": moderates,
        "reply_url": reply_url,
        "LANGUAGE_CODE": language,
        "written": written,
        "changed": changed,
        "translates": translates,
    }
    return render_to_string("forums/post.html", context)


class ThreadCard(NamedTuple):
    """What a line of a list of threads shows, and by what it is kept: in the language `reads`, by somebody who has read so far."""

    reads: str
    pk: int
    title: str
    language: str
    alias_id: int
    alias: str
    kind: str
    hidden: bool
    locked: bool
    answered: bool
    has_new: bool
    goes_on: bool
    post_count: int
    last_post_at: datetime
    written: str
    forum_slug: str
    forum_name: str
    tags: tuple = ()


@register.simple_tag
def thread_line(thread, everywhere=False):
    """A line of a list of threads, which has been through reading.mark_new; `everywhere` says in which forum it is."""
    same = {name: getattr(thread, name) for name in SAME}
    return _draw_line(
        ThreadCard(
            **same,
            reads=get_language(),
            title=str(thread),
            alias=str(thread.alias),
            locked=thread.closed_since is not None,
            answered=thread.accepted_id is not None,
            goes_on=bool(thread.has_new and thread.seen_id),
            written=ago_of(thread.last_post_at),
            forum_slug=thread.forum.slug if everywhere else "",
            forum_name=thread.forum.name if everywhere else "",
            tags=tag_names(thread),
        )
    )


SAME = "pk language alias_id kind hidden has_new post_count last_post_at".split()


@lru_cache(maxsize=1024)
def _draw_line(line):
    return render_to_string("forums/thread_line.html", {"line": line})


@register.simple_tag
def thread_tags(thread):
    """[(slug, name)] of the tags of a thread."""
    names = tags_of(thread.forum_id) if thread.tags else {}
    return [(slug, names[slug]) for slug in thread.tag_slugs if slug in names]


@register.simple_tag
def translates():
    """Whether this hub has a translation server."""
    return bool(settings.TRANSLATE_URL)


@register.filter
def language_in_words(code):
    return NAMES.get(code, code)


@register.filter
def role_label(role):
    return ROLE_LABELS.get(role, "")


@register.filter
def may_unmask(user):
    return can_unmask(user)


@register.simple_tag
def alias_mark(alias_id):
    """Two circles drawn from the number of an alias: always the same for her, and saying nothing about her."""
    return _draw_mark(alias_id % (HUES * 12 * 5))


@lru_cache(maxsize=HUES * 12 * 5)
def _draw_mark(number):
    hue, rest = number % HUES, number // HUES
    angle, radius = rest % 12 * 30, 6 + rest // 12
    return mark_safe(
        f'<svg class="alias-mark alias-mark--{hue}" viewBox="0 0 40 40" aria-hidden="true" focusable="false">'
        f'<circle class="alias-mark-ground" cx="20" cy="20" r="20"/><g transform="rotate({angle} 20 20)">'
        f'<circle cx="14" cy="20" r="{radius}"/><circle cx="26" cy="20" r="{16 - radius}"/></g></svg>'
    )
