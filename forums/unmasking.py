"""Who an alias is, where law or danger asks for it: two administrators together, and the member reads of it.

The user name is never stored here, listed or exported. It is looked up for the two, each time they ask, for a day.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from forums import news
from forums.models import Unmasking, UnmaskingLook
from hub.accounts.roles import administrators, can_unmask

WAITS = timedelta(days=7)  # for the second administrator
SHOWN = timedelta(days=1)  # to the two, from her agreeing on


@transaction.atomic
def ask(*, post, actor, reason):
    """A request about the alias of `post`; the one that waits already, if there is one."""
    now = timezone.now()
    open_rows = Unmasking.objects.filter(alias=post.alias_id, agreed_at=None, ended_at=None)
    open_rows.filter(expires_at__lte=now).update(ended_at=now)
    values = {"alias": post.alias, "post": post, "reason": reason, "expires_at": now + WAITS}
    try:
        with transaction.atomic():
            request = Unmasking.objects.create(**values, asked_by=actor, asked_name=actor.username)
    except IntegrityError:
        return open_rows.get()
    news.tell_asked(request, others_who_may_agree(request))
    return request


def others_who_may_agree(request):
    """Ids of the other administrators; not of the one whom it is about."""
    people = administrators().exclude(pk=request.asked_by_id).exclude(pk=request.alias.user_id)
    return list(people.values_list("pk", flat=True))


def waiting_for(user):
    """What she may see of what waits: nothing that is about herself."""
    rows = Unmasking.objects.waiting().exclude(alias__user=user)
    return rows.select_related("alias__forum", "post__thread__forum").order_by("pk")


def to_agree(user):
    return waiting_for(user).exclude(asked_by=user).filter(asked_by__isnull=False)


def open_to(user):
    return Unmasking.objects.open_to(user).select_related("alias__forum", "alias__user", "asked_by").order_by("-pk")


def still_waiting(request):
    """Its id, held until the end of the transaction, so that of many who come at once only one finds it waiting; else None.

    An update over related rows is not looked at again by PostgreSQL once another one has gone before it.
    """
    waiting = Unmasking.objects.select_for_update().filter(pk=request.pk, agreed_at=None, ended_at=None)
    return waiting.values_list("pk", flat=True).first()


@transaction.atomic
def agree(*, request, actor):
    """Whether `actor` is now the second. Not the one who asked, nor when it was agreed to, ended or expired a moment ago."""
    first, now = request.asked_by, timezone.now()
    if first is None or not can_unmask(first):
        return False
    agreed = {"agreed_by": actor, "agreed_name": actor.username, "agreed_at": now, "expires_at": now + SHOWN}
    if not to_agree(actor).filter(pk=still_waiting(request)).update(**agreed):
        return False
    news.tell_unmasked(request)
    return True


@transaction.atomic
def end(*, request, actor):
    """By the one who asked, or by another who does not agree."""
    return waiting_for(actor).filter(pk=still_waiting(request)).update(ended_at=timezone.now())


@transaction.atomic
def look(*, request, actor):
    """The user name behind the alias, and a line in the log; None when there is nothing to see any more."""
    found = open_to(actor).filter(pk=request.pk).first()
    if found is None:
        return None
    UnmaskingLook.objects.create(unmasking=found, by_asker=found.asked_by_id == actor.pk)
    return found.alias.user.username


def about(user):
    """What was asked about her aliases and came to an end, with who looked: two queries."""
    rows = Unmasking.objects.decided().filter(alias__user=user)
    return rows.select_related("alias__forum").prefetch_related("looks").order_by("-pk")


def forget(user):
    """Before she is erased: nobody can agree any more, and the words about her are gone."""
    rows = Unmasking.objects.filter(alias__user=user)
    rows.filter(agreed_at=None, ended_at=None).update(ended_at=timezone.now())
    rows.update(reason="")
