"""Partner organisations and the people who hold a role in one. Every change leaves an event."""

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from hub.accounts.events import Kind, note
from hub.accounts.models import HelpedRecovery, Organisation, RoleInvitation, User


def staff():
    """Everybody with a role, and who belongs to an organisation without one; never a learner."""
    roles = User.groups.through.objects.filter(user_id=OuterRef("pk"))
    somewhere = Q(organisation__isnull=False) | Q(is_superuser=True) | Exists(roles)
    return User.objects.filter(somewhere).select_related("organisation").order_by("folded_name")


def staff_with_roles():
    return staff().prefetch_related("groups")


def organisations():
    """All of them, the open ones first, with `people` and `open_invitations`."""
    waiting = Q(invitations__used_at=None, invitations__expires_at__gt=timezone.now())
    counts = {
        "people": Count("staff", distinct=True),
        "open_invitations": Count("invitations", filter=waiting, distinct=True),
    }
    return Organisation.objects.annotate(**counts).order_by(F("closed_at").asc(nulls_first=True), "name")


def open_organisations():
    return Organisation.objects.filter(closed_at=None).order_by("name")


# Changes ---------------------------------------------------------------------------------------


@transaction.atomic
def make_organisation(*, name, country, actor):
    """Raises IntegrityError when the name was taken a moment ago."""
    made = Organisation.objects.create(name=name, country=country)
    note(user=None, kind=Kind.ORGANISATION_MADE, actor=actor, organisation=made)
    return made


@transaction.atomic
def rename_organisation(*, organisation, name, country, actor):
    organisation.name, organisation.country = name, country
    organisation.save(update_fields=["name", "country"])
    note(user=None, kind=Kind.ORGANISATION_RENAMED, actor=actor, organisation=organisation)


@transaction.atomic
def close_organisation(*, organisation, actor):
    """Ends its invitations and open help. False when somebody still belongs to it, or it is closed already."""
    Organisation.objects.select_for_update().filter(pk=organisation.pk).first()
    if User.objects.filter(organisation=organisation).exists():
        return False
    if not Organisation.objects.filter(pk=organisation.pk, closed_at=None).update(closed_at=timezone.now()):
        return False
    RoleInvitation.objects.filter(organisation=organisation, used_at=None).delete()
    HelpedRecovery.objects.filter(organisation=organisation, used_at=None).delete()
    note(user=None, kind=Kind.ORGANISATION_CLOSED, actor=actor, organisation=organisation)
    return True


@transaction.atomic
def open_organisation(*, organisation, actor):
    closed = Organisation.objects.filter(pk=organisation.pk, closed_at__isnull=False)
    if closed.update(closed_at=None):
        note(user=None, kind=Kind.ORGANISATION_OPENED, actor=actor, organisation=organisation)


@transaction.atomic
def take_role(*, person, group, actor):
    """With her last role she leaves the organisation too: a learner belongs to none."""
    if not person.groups.filter(pk=group.pk).exists():
        return False
    note(user=person, kind=Kind.ROLE_TAKEN, actor=actor, organisation=person.organisation, detail=group.name)
    person.groups.remove(group)
    if not person.groups.exists() and not person.is_superuser:
        User.objects.filter(pk=person.pk).update(organisation=None)
    return True


@transaction.atomic
def move_person(*, person, organisation, actor):
    if person.organisation_id == organisation.pk:
        return False
    User.objects.filter(pk=person.pk).update(organisation=organisation)
    note(user=person, kind=Kind.ORGANISATION, actor=actor, organisation=organisation)
    return True


def note_groups(*, person, before, after, actor, organisation):
    """Events for groups that were changed all at once, as in the editor. `before` and `after` are sets of names."""
    changed = [(Kind.ROLE_GIVEN, name) for name in sorted(after - before)]
    changed += [(Kind.ROLE_TAKEN, name) for name in sorted(before - after)]
    for kind, name in changed:
        note(user=person, kind=kind, actor=actor, organisation=organisation, detail=name)
