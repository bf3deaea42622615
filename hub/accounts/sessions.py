"""What happens to the sessions of people, received from Django's signals.

Connected in AccountsConfig.ready().
"""

from allauth.usersessions.models import UserSession
from django.db.models.signals import m2m_changed, pre_save

from hub.accounts.models import User
from hub.accounts.roles import needs_second_factor

NOWHERE = "0.0.0.0"  # allauth's column takes no null


def connect():
    pre_save.connect(forget_address, sender=UserSession, dispatch_uid="forget-address")
    m2m_changed.connect(ask_for_second_factor, sender=User.groups.through, dispatch_uid="ask-for-second-factor")


def forget_address(instance, **kwargs):
    """A network address tells where she is. The list of her sessions works without it."""
    instance.ip = NOWHERE


def ask_for_second_factor(action, instance, pk_set, **kwargs):
    """A new moderator is asked for her second step in the sessions she has, not only at the next sign-in."""
    if action != "post_add":
        return
    people = [instance] if isinstance(instance, User) else User.objects.filter(pk__in=pk_set)
    for person in people:
        if needs_second_factor(fresh(person)):
            mark_sessions(person)


def fresh(person):
    """Without the groups remembered before the change."""
    person.__dict__.pop("_group_names", None)
    return person


def mark_sessions(person):
    for row in UserSession.objects.filter(user=person):
        session = row._session_store(row.session_key)
        if session.get("second_factor_due") is False:
            session["second_factor_due"] = True
            session.save()
