"""The mark that a device of hers carries, so that strangers who try her name cannot keep her out (hub.accounts.attempts).

Only where she said that the device is only hers. It holds a random number and a digest of her name, signed; it opens nothing, and
signing out takes it away.
"""

import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from hub.accounts.names import fold_name

COOKIE = "hub_device"
SALT = "hub.accounts.known"
LIFE = 180 * 24 * 3600  # seconds


def mark_device(response, username):
    value = f"{secrets.token_urlsafe(12)}:{digest_of(username)}"
    response.set_signed_cookie(
        COOKIE,
        value,
        salt=SALT,
        max_age=LIFE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget_device(response):
    response.delete_cookie(COOKIE, samesite="Lax")


def known_device(request, username):
    """The number of this device if it carries the mark of the person called `username`, else empty."""
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=LIFE)
    number, _, digest = value.partition(":")
    return number if constant_time_compare(digest, digest_of(username)) else ""


def digest_of(username):
    return salted_hmac(SALT, fold_name(username)).hexdigest()
