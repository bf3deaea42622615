"""One mail: discreet outside and, unless she asked for titles, inside."""

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from hub.notifications.words import counted, details_of, group, sentence

SALT = "hub.notifications.stop"
STOP = "//stop-address//"  # a title that holds this would only show each reader her own address
LINES = 20  # titles in one mail


def letter_for(user, news, batch, connection):
    """An EmailMultiAlternatives about these notifications, in her language. `user` comes with `address` and `choice`."""
    with translation.override(user.language):
        stop = address("news_stop", stop_token(user.pk))
        text, html = (part.replace(STOP, stop) for part in parts(user.language, tuple(lines_of(user, news))))
        # Translators: the subject of an e-mail. It must tell nothing to somebody who looks at her phone.
        letter = EmailMultiAlternatives(_("New for you"), text, None, [user.address], connection=connection)
    letter.attach_alternative(html, "text/html")
    letter.extra_headers = {
        "Message-ID": message_id(user.pk, batch),
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    return letter


@lru_cache(maxsize=256)
def parts(language, lines):
    """Text and HTML of a mail with these lines, with STOP where her own address goes: in a morning many are alike."""
    pages = {"news": address("news"), "choices": address("news_settings"), "stop": STOP}
    context = {"lines": lines, "language": language} | pages
    return [render_to_string(f"notifications/mail.{kind}", context) for kind in ("txt", "html")]


def lines_of(user, news):
    if not user.choice.words:
        return counted(news)
    groups = group(news)
    details = details_of(user, [row for rows in groups[:LINES] for row in rows])
    titled = [sentence(rows[0], len(rows), title_of(details.get(rows[0].pk))) for rows in groups[:LINES]]
    return titled + counted([row for rows in groups[LINES:] for row in rows])


def title_of(detail):
    return detail.title if detail else ""


def address(name, *args):
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse(name, args=args)}"


def message_id(user_id, batch):
    """The same for the same mail, whoever sends it; it tells no number of hers."""
    hers = salted_hmac("hub.notifications.mail", f"{user_id}", algorithm="sha256").hexdigest()[:16]
    return f"<{batch.hex}.{hers}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}>"


def stop_token(user_id):
    return Signer(salt=SALT).sign_object(user_id)


def user_of_token(token):
    """The id of the user whose mail a token stops; None for a token that is not ours."""
    try:
        return Signer(salt=SALT).unsign_object(token)
    except (BadSignature, ValueError):
        return None
