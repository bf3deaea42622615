"""One mail: discreet outside and, unless she asked for titles, inside."""

import re
from email import message_from_bytes
from email.utils import formatdate
from functools import cached_property, lru_cache
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
# What stands for what is hers in a mail that many get. A title that holds one would only show each reader her own.
STOP, TOKEN, DAY = "//stop-address//", "token-of-stop-address", "//day-of-mail//"
HER_ADDRESS, ITS_ID = "stands-in@for.her.address", "<stands-in-for-the-id-of-a-mail@hub>"
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+")  # others are encoded in a header
LINES = 20  # titles in one mail


def letter_for(user, news, batch, connection):
    """An EmailMultiAlternatives about these notifications, in her language. `user` comes with `address` and `choice`."""
    with translation.override(user.language):
        lines, stop = tuple(lines_of(user, news)), stop_address(user.language).replace(TOKEN, stop_token(user.pk))
        own = {STOP: stop, HER_ADDRESS: user.address, ITS_ID: message_id(user.pk, batch)}
        return Letter(user.language, lines, own, connection)


class Letter(EmailMultiAlternatives):
    """A mail with these lines; `own` says what stands in it for HER_ADDRESS, ITS_ID and STOP."""

    def __init__(self, language, lines, own, connection=None):
        text, html = (part.replace(STOP, own[STOP]) for part in parts(language, lines))
        # Translators: the subject of an e-mail. It must tell nothing to somebody who looks at her phone.
        super().__init__(_("New for you"), text, None, [own[HER_ADDRESS]], connection=connection)
        self.attach_alternative(html, "text/html")
        self.extra_headers = headers(own[ITS_ID], own[STOP])
        self.alike, self.own = (language, lines), own

    def message(self):
        """To put a mail into the form in which it is sent takes longer than all else; for those that are alike it is done once."""
        form = form_of(*self.alike)
        if form is None or not PLAIN_ADDRESS.fullmatch(self.own[HER_ADDRESS]):
            return super().message()
        for stand_in, value in (self.own | {DAY: formatdate(localtime=settings.EMAIL_USE_LOCALTIME)}).items():
            form = form.replace(stand_in.encode(), value.encode())
        return Ready(form)


def headers(its_id, stop):
    return {
        "Message-ID": its_id,
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


@lru_cache(maxsize=256)
def form_of(language, lines):
    """The bytes of a mail with stand-ins for what is hers; None if its text had to be encoded, where none would be found."""
    with translation.override(language):
        letter = Letter(language, lines, {STOP: STOP, HER_ADDRESS: HER_ADDRESS, ITS_ID: ITS_ID})
        letter.extra_headers["Date"] = DAY
        form = EmailMultiAlternatives.message(letter).as_bytes()
    encoded = b"Content-Transfer-Encoding: 8bit" not in form and b"Content-Transfer-Encoding: 7bit" not in form
    return None if encoded or b"quoted-printable" in form or b"base64" in form else form


class Ready:
    """A message whose bytes are there already; it is taken apart only for who asks for more than these."""

    def __init__(self, content):
        self.content = content

    def as_bytes(self, unixfrom=False, linesep="\n"):
        return self.content.replace(b"\n", linesep.encode())

    def get_charset(self):
        return None  # it is UTF-8

    @cached_property
    def parsed(self):
        return message_from_bytes(self.content)

    def __getitem__(self, header):
        return self.parsed[header]

    def __getattr__(self, name):
        return getattr(self.parsed, name)


@lru_cache(maxsize=256)
def parts(language, lines):
    """Text and HTML of a mail with these lines, with STOP where her own address goes: in a morning many are alike."""
    pages = {"news": address("news"), "choices": address("news_settings"), "stop": STOP}
    context = {"lines": lines, "language": language} | pages
    return [render_to_string(f"notifications/mail.{kind}", context) for kind in ("txt", "html")]


@lru_cache
def stop_address(language):
    """The address that stops mail, with TOKEN in the place of hers. `language` is the one in force."""
    return address("news_stop", TOKEN)


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
