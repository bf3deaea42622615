"""What the account keeps about a person: taken along, and erased."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.fields.json import KeyTextTransform
from wagtail.models import ModelLogEntry, PageLogEntry

from hub.accounts.events import by_whom, in_words, newest_events
from hub.accounts.models import User


def export_person(user):
    """Her account, addresses, sessions and second steps, as plain values. Of secrets, only how many there are."""
    return {
        "account": [
            {
                "user_name": user.username,
                "email": user.email,
                "language": user.language,
                "time_zone": user.time_zone,
                "made_at": user.date_joined,
                "last_sign_in": user.last_login,
                "unused_recovery_codes": user.recovery_codes.count(),
                "roles": ", ".join(user.groups.order_by("name").values_list("name", flat=True)),
                "organisation": user.organisation.name if user.organisation else "",
                "helped_recovery": user.helped_recovery,
            }
        ],
        "events": [
            {"action": str(in_words(row)), "by": str(by_whom(row)), "done_at": row.at}
            for row in newest_events(user, None)
        ],
        "email_addresses": list(
            EmailAddress.objects.filter(user=user).order_by("pk").values("email", "verified", "primary")
        ),
        "sessions": list(UserSession.objects.filter(user=user).order_by("pk").values("created_at", "user_agent")),
        "second_steps": list(
            Authenticator.objects.filter(user=user)
            .order_by("pk")
            .values("type", "created_at", "last_used_at", passkey_name=KeyTextTransform("name", "data"))
        ),
        "edits": [
            {"page": entry.label, "action": entry.action, "done_at": entry.timestamp}
            for entry in PageLogEntry.objects.filter(user=user).order_by("timestamp")
        ],
    }


@transaction.atomic
def erase_person(user):
    """End her sessions, take her name out of the editors' log, and delete the account with all that hangs on it."""
    for session in UserSession.objects.filter(user=user):
        session.end()
    PageLogEntry.objects.filter(user=user).update(user=None)
    ModelLogEntry.objects.filter(user=user).update(user=None)
    # Written when an administrator made or changed her account: the entry's label is her user name.
    kind = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(content_type=kind, object_id=str(user.pk)).delete()
    user.delete()
