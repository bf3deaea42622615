"""What moderators do, each act with its line in the log."""

from django.db import transaction
from django.utils import timezone

from forums import news
from forums.closing import open_again
from forums.counting import recount
from forums.feeds import forget_feeds
from forums.models import Act, ModerationEntry, SpaceAlias
from forums.queries import role_of
from forums.quotes import take_quotes_of
from forums.safety import release_post
from forums.translations import forget_translations

ALIAS_FIELDS = {
    Act.MUTE: "muted_until",
    Act.UNMUTE: "muted_until",
    Act.BAN: "banned_until",
    Act.UNBAN: "banned_until",
}
THREAD_FLAGS = {
    Act.HIDE: ("hidden", True),
    Act.RESTORE: ("hidden", False),
    Act.PIN: ("pinned", True),
    Act.UNPIN: ("pinned", False),
}


def acts_on_thread(thread, *, movable=False):
    return [
        Act.RESTORE if thread.hidden else Act.HIDE,
        Act.UNLOCK if thread.closed_since else Act.LOCK,
        Act.CLOSE_ON,
        Act.UNPIN if thread.pinned else Act.PIN,
        *([Act.MOVE] if movable else []),
    ]


def acts_on_post(post):
    if post.held:
        acts = [Act.RELEASE, Act.REFUSE]
    else:
        acts = [Act.RESTORE if post.hidden else Act.HIDE, Act.DISMISS]
    if post.alias.user_id:  # a former member has nothing left to pause
        acts.append(Act.WARN)
        acts.append(Act.UNMUTE if post.alias.is_muted else Act.MUTE)
        acts.append(Act.UNBAN if post.alias.is_banned else Act.BAN)
        acts += [Act.HUB_BAN, Act.HUB_UNBAN]
    return acts


@transaction.atomic
def moderate_thread(*, thread, moderator, alias, act, reason="", until=None):
    """`until`: from when nobody may write, for Act.CLOSE_ON. Moving has a module of its own."""
    _switch(thread, act, until)
    thread.save(update_fields=["hidden", "pinned", "locked", "closes_at"])
    entry = log_act(
        forum=thread.forum, moderator=moderator, alias=alias, act=act, thread=thread, reason=reason, until=until
    )
    if act in {Act.HIDE, Act.RESTORE}:
        forget_feeds()
        news.show_thread(thread, on=not thread.hidden)
        news.tell_moderated(entry, thread.alias.user_id)
    return entry


def _switch(thread, act, until):
    if act in THREAD_FLAGS:
        setattr(thread, *THREAD_FLAGS[act])
    elif act == Act.LOCK:
        thread.locked, thread.closes_at = True, timezone.now()
    elif act == Act.UNLOCK:
        open_again(thread)
    elif act == Act.CLOSE_ON:
        thread.locked, thread.closes_at = False, until


@transaction.atomic
def moderate_post(*, post, moderator, alias, act, reason="", until=None):
    """Act on a post or on the alias that wrote it; every act answers its open reports."""
    if act in {Act.HIDE, Act.RESTORE, Act.REFUSE}:
        post.hidden = act != Act.RESTORE
        post.held = ""
        post.save(update_fields=["hidden", "held"])
        recount(post.thread)
        news.show_post(post, on=not post.hidden)
    if post.hidden and act in {Act.HIDE, Act.REFUSE, Act.DISMISS}:  # the last: it had hidden by itself, and stays so
        take_quotes_of(post=post)
        forget_translations(posts=[post.pk])
    if act == Act.RELEASE:
        release_post(post)
    if act in {Act.HUB_BAN, Act.HUB_UNBAN}:
        exclude_everywhere(post.alias, until if act == Act.HUB_BAN else None)
    if act == Act.WARN:
        SpaceAlias.objects.filter(pk=post.alias_id).update(warning=reason)
    if field := ALIAS_FIELDS.get(act):
        until = until if act in {Act.MUTE, Act.BAN} else None
        setattr(post.alias, field, until)
        post.alias.save(update_fields=[field])
    reports = post.reports.filter(handled_at=None)
    news.tell_reporters(post, reports)
    reports.update(handled_at=timezone.now())
    entry = log_act(
        forum=post.thread.forum,
        moderator=moderator,
        alias=alias,
        act=act,
        thread=post.thread,
        post=post,
        target=post.alias if field or act in {Act.WARN, Act.HUB_BAN, Act.HUB_UNBAN} else None,
        reason=reason,
        until=until,
    )
    if act in {Act.BAN, Act.HUB_BAN} and post.alias.user_id:
        everywhere = act == Act.HUB_BAN
        news.forget_unread(post.alias.user_id, **({} if everywhere else {"forum": post.thread.forum_id}))
    news.tell_moderated(entry, post.alias.user_id)
    return entry


def exclude_everywhere(alias, until):
    """All aliases of the person behind one are kept out; which they are is shown nowhere."""
    SpaceAlias.objects.filter(user=alias.user_id, user__isnull=False).update(hub_banned_until=until)


def log_act(*, moderator, alias, **values):
    return ModerationEntry.objects.create(role=role_of(moderator), alias_name=alias.name if alias else "", **values)
