"""Invitations to a role: a link handed over by a coordinator, good for fourteen days, for one person and once."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.accounts.events import Kind, note
from hub.accounts.models import RoleInvitation, User
from hub.accounts.roles import invitable_groups

LIFE = timedelta(days=14)


class Refused(Exception):
    """Why an invitation cannot be taken up, in words for her."""


def digest_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitations():
    still = {"used_at": None, "expires_at__gt": timezone.now(), "organisation__closed_at": None}
    return RoleInvitation.objects.filter(**still).select_related("group", "organisation", "made_by")


def find_invitation(token):
    """The invitation behind a link, or None: unknown, used, withdrawn, too old, or its maker may no longer give the role."""
    found = open_invitations().filter(digest=digest_of(token)).first()
    return found if found and maker_may_still(found) else None


def maker_may_still(invitation):
    maker = invitation.made_by
    return maker is not None and invitable_groups(maker).filter(pk=invitation.group_id).exists()


@transaction.atomic
def make_invitation(*, organisation, group, actor):
    """The token of the new link; nothing but its digest is kept. 192 random bits."""
    token = secrets.token_urlsafe(24)
    RoleInvitation.objects.create(
        digest=digest_of(token),
        organisation=organisation,
        group=group,
        made_by=actor,
        expires_at=timezone.now() + LIFE,
    )
    note(user=None, kind=Kind.INVITED, actor=actor, organisation=organisation, detail=group.name)
    return token


@transaction.atomic
def withdraw_invitation(*, invitation, actor):
    """False when it was used or withdrawn a moment ago."""
    if not RoleInvitation.objects.filter(pk=invitation.pk, used_at=None).delete()[0]:
        return False
    kind, name = Kind.INVITATION_WITHDRAWN, invitation.group.name
    note(user=None, kind=kind, actor=actor, organisation=invitation.organisation, detail=name)
    return True


def refusal(invitation, user):
    """Why this person cannot take this invitation up; empty when she can."""
    if invitation is None:
        return _("This invitation has expired or was used before. Please ask your coordinator for a new one.")
    if invitation.made_by_id == user.pk:
        return _("You made this invitation yourself. Hand it to the person it is for.")
    if user.organisation_id not in {None, invitation.organisation_id}:
        return _("Your account belongs to another organisation. Please ask your coordinator to move it first.")
    if user.groups.filter(pk=invitation.group_id).exists():
        return _("You have this role already. The invitation stays open for somebody else.")
    return ""


@transaction.atomic
def take_up(*, token, user):
    """Give the role. Raises Refused. Of two that come at once, one gets it."""
    invitation = find_invitation(token)
    if reason := refusal(invitation, user):
        raise Refused(reason)
    unused = RoleInvitation.objects.filter(pk=invitation.pk, used_at=None)
    if not unused.update(used_at=timezone.now(), used_by=user):
        raise Refused(refusal(None, user))
    User.objects.filter(pk=user.pk).update(organisation=invitation.organisation)
    user.groups.add(invitation.group)
    maker, where, name = invitation.made_by, invitation.organisation, invitation.group.name
    note(user=user, kind=Kind.INVITATION_USED, actor=maker, organisation=where, detail=name)
    return invitation
