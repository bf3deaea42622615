"""What moderators do, each act with its line in the log."""

from django.db import transaction
from django.utils import timezone

from forums.actions import recount
from forums.models import Act, ModerationEntry
from forums.queries import role_of

ALIAS_FIELDS = {
    Act.MUTE: "muted_until",
    Act.UNMUTE: "muted_until",
    Act.BAN: "banned_until",
    Act.UNBAN: "banned_until",
}
THREAD_FLAGS = {
    Act.HIDE: ("hidden", True),
    Act.RESTORE: ("hidden", False),
    Act.LOCK: ("locked", True),
    Act.UNLOCK: ("locked", False),
    Act.PIN: ("pinned", True),
    Act.UNPIN: ("pinned", False),
}


def acts_on_thread(thread):
    return [
        Act.RESTORE if thread.hidden else Act.HIDE,
        Act.UNLOCK if thread.locked else Act.LOCK,
        Act.UNPIN if thread.pinned else Act.PIN,
    ]


def acts_on_post(post):
    acts = [Act.RESTORE if post.hidden else Act.HIDE, Act.DISMISS]
    if post.alias.user_id:  # a former member has nothing left to pause
        acts.append(Act.UNMUTE if post.alias.is_muted else Act.MUTE)
        acts.append(Act.UNBAN if post.alias.is_banned else Act.BAN)
    return acts


@transaction.atomic
def moderate_thread(*, thread, moderator, alias, act, reason=""):
    field, value = THREAD_FLAGS[act]
    setattr(thread, field, value)
    thread.save(update_fields=[field])
    return _log(forum=thread.forum, moderator=moderator, alias=alias, act=act, thread=thread, reason=reason)


@transaction.atomic
def moderate_post(*, post, moderator, alias, act, reason="", until=None):
    """Act on a post or on the alias that wrote it; every act but "show again" answers its open reports."""
    if act in {Act.HIDE, Act.RESTORE}:
        post.hidden = act == Act.HIDE
        post.save(update_fields=["hidden"])
        recount(post.thread)
    if field := ALIAS_FIELDS.get(act):
        until = until if act in {Act.MUTE, Act.BAN} else None
        setattr(post.alias, field, until)
        post.alias.save(update_fields=[field])
    post.reports.filter(handled_at=None).update(handled_at=timezone.now())
    return _log(
        forum=post.thread.forum,
        moderator=moderator,
        alias=alias,
        act=act,
        thread=post.thread,
        post=post,
        target=post.alias if field else None,
        reason=reason,
        until=until,
    )


def _log(*, moderator, alias, **values):
    return ModerationEntry.objects.create(role=role_of(moderator), alias_name=alias.name if alias else "", **values)
