"""What happened with accounts, kept for the one it happened to, and the grants for coordinators.

A learner reads by whom in a role and an organisation, never in a user name.
"""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hub.accounts.models import AccountEvent
from hub.accounts.roles import leading_role, role_words

Kind = AccountEvent.Kind
NEWEST = 20
# To her, in sentences. %(which)s is a role.
SENTENCES = {
    Kind.ROLE_GIVEN: _("You were given a role: %(which)s."),
    Kind.ROLE_TAKEN: _("A role was taken away from you: %(which)s."),
    Kind.ORGANISATION: _("You were moved to another organisation."),
    Kind.INVITATION_USED: _("You took up an invitation to a role: %(which)s."),
    Kind.CARD_MADE: _("Your account was made, with a sign-in card."),
    Kind.HELP_STARTED: _("Somebody asked for a code to help you back in."),
    Kind.HELP_APPROVED: _("A second person agreed, and a code to help you back in was made."),
    Kind.HELP_ENDED: _("The help to come back was stopped."),
    Kind.HELP_USED: _("You came back with the help of two people, and a new passphrase was set."),
    Kind.HELP_SETTING: _("You changed whether two people may help you back in."),
    Kind.RECOVERED: _("A new passphrase was set with a code from your card."),
    Kind.PASSPHRASE: _("Your passphrase was changed."),
    Kind.SECOND_STEP: _("The second step of your sign-in was changed."),
    Kind.LIST_TAKEN: _("A list on which you stand under your name in a circle was taken out of the hub."),
    Kind.PAPER_ENTERED: _("Lessons that you did on paper were entered for you."),
}
# What coordinators read: what was done with roles, organisations, cards and help.
LOGGED = [
    Kind.ROLE_GIVEN,
    Kind.ROLE_TAKEN,
    Kind.ORGANISATION,
    Kind.INVITED,
    Kind.INVITATION_WITHDRAWN,
    Kind.INVITATION_USED,
    Kind.ORGANISATION_MADE,
    Kind.ORGANISATION_RENAMED,
    Kind.ORGANISATION_CLOSED,
    Kind.ORGANISATION_OPENED,
    Kind.CARD_MADE,
    Kind.HELP_STARTED,
    Kind.HELP_APPROVED,
    Kind.HELP_ENDED,
    Kind.HELP_USED,
    Kind.LIST_TAKEN,
    Kind.FIGURES_TAKEN,
]
# A learner's own row is hers, and goes with her account; the log has a row beside it that names nobody and stays.
ABOUT_LEARNERS = [
    Kind.LIST_TAKEN,
    Kind.CARD_MADE,
    Kind.HELP_STARTED,
    Kind.HELP_APPROVED,
    Kind.HELP_ENDED,
    Kind.HELP_USED,
]
ABOUT_ROLES = {Kind.ROLE_GIVEN, Kind.ROLE_TAKEN, Kind.ORGANISATION, Kind.INVITATION_USED}


def event(*, user, kind, actor=None, organisation=None, detail=""):
    """An unsaved AccountEvent. `actor` counts only when she is somebody else than `user`."""
    other = actor if actor is not None and actor != user else None
    role = leading_role(other) if other else ""
    return AccountEvent(
        user=user, kind=kind, actor=other, actor_role=role, organisation=organisation, detail=str(detail)[:100]
    )


def note(*, user, kind, actor=None, organisation=None, detail=""):
    """Keep one event. `user` may be None for what was done to no account; `detail` never holds a name."""
    made = event(user=user, kind=kind, actor=actor, organisation=organisation, detail=detail)
    made.save(force_insert=True)
    return made


def note_help(*, user, kind, actor=None, organisation=None):
    """One row for the log and one for her, if there is such an account."""
    about = {"kind": kind, "actor": actor, "organisation": organisation}
    people = [None, user] if user else [None]
    AccountEvent.objects.bulk_create([event(user=person, **about) for person in people])


def newest_events(user, number=NEWEST):
    return AccountEvent.objects.filter(user=user).select_related("organisation").order_by("-pk")[:number]


def in_words(row):
    """An event as its owner reads it."""
    return SENTENCES.get(row.kind, row.get_kind_display()) % {"which": role_words(row.detail)}


def by_whom(row):
    """`Trainer, Demo partner`; empty when she did it herself."""
    if not row.actor_role:
        return ""
    words = role_words(row.actor_role)
    return format_lazy("{}, {}", words, row.organisation.name) if row.organisation else words


def event_log():
    """The log of coordinators, in which no learner is named."""
    rows = AccountEvent.objects.filter(kind__in=LOGGED).exclude(kind__in=ABOUT_LEARNERS, user__isnull=False)
    return rows.select_related("organisation", "actor", "user")
