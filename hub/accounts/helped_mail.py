"""What she is told after two people helped her back in: by mail, and on her page after each sign-in for a while."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from hub.accounts import helped


def tell_by_mail(found):
    """To her confirmed address, if she has one; in her language, and with a subject that says nothing."""
    address = EmailAddress.objects.filter(user=found.user, verified=True, primary=True).first()
    if address is None or not settings.SENDS_MAIL:
        return
    with translation.override(found.user.language):
        subject = _("A message about your account")
        context = {"organisation": found.organisation.name, "base": settings.WAGTAILADMIN_BASE_URL}
        text = render_to_string("account/email/helped_message.txt", context)
    # A mail server that is down must not keep her out.
    transaction.on_commit(lambda: send_mail(subject, text, None, [address.email], fail_silently=True))


def news_at_sign_in(user):
    """Sentences for her first page: help that somebody asked for, and help that was used."""
    news = []
    if helped.open_for(user).exists():
        news.append(
            _(
                "Somebody asked for a code that opens your account. If it was not you who needs it, stop it under "
                "“Your account”, “What happened with your account”."
            )
        )
    if used := helped.newest_help(user):
        news.append(told(used))
    return news


def told(used):
    words = {
        "organisation": used.organisation.name,
        "date": date_format(localtime(used.used_at), "DATE_FORMAT"),
    }
    return (
        _(
            "Two people of %(organisation)s helped you back in on %(date)s. If it was not you who came back then: choose "
            "a new passphrase and new recovery codes now, and tell the people who run this hub."
        )
        % words
    )
