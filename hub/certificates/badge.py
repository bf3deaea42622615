"""The badge of a certificate (Open Badges 3.0), the list of what is no longer good, and the check of a file somebody sends."""

import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils import timezone, translation

from courses.certificates.actions import LIST_LENGTH
from courses.certificates.codes import fold, readable
from courses.models import WithdrawnNumber
from hub.certificates.keys import public_keys, signing_key
from hub.certificates.words import course_words, done_words
from hub.context import site_settings
from hub.lib import badges
from hub.lib.badges import Refused

PICTURES = {"png": "img/badge.png", "svg": "img/badge.svg"}


def base():
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/")


def did():
    """Who signs: the hub's own address, without a path."""
    parts = urlsplit(base())
    return badges.did_of(f"https://{parts.netloc}")


def list_url(number):
    return f"{base()}{reverse('badge_list', args=[number])}"


def credential_of(certificate, audience):
    """The signed credential. It is in English, as machines read it; her name is in it as a salted hash only."""
    name, private = signing_key()
    return badges.sign(badge_of(certificate, audience), did=did(), key_name=name, private=private)


def badge_of(certificate, audience):
    words = certificate.words["en"]
    number, index = divmod(certificate.number, LIST_LENGTH)
    with translation.override("en"):
        address = reverse("certificate_page", args=[readable(certificate.code)])
        course = course_words(words["title"], certificate.hours)
        notes = "Name as entered by the holder; identity not checked. Not a professional qualification."
        done = done_words(audience).removeprefix("has ").capitalize()
    return badges.Badge(
        address=f"{base()}{address}",
        title=words["title"],
        description=f"Certificate of completion. {course} {notes}",
        criteria=f"{done}: {', '.join(words['topics']) or words['title']}.",
        achievement=f"urn:uuid:{certificate.kit_key}",
        name=certificate.name,
        salt=secrets.token_hex(16),
        issued_at=timezone.now(),
        issuer_name=site_settings()["hub_name"],
        issuer_url=f"{base()}/",
        list_url=list_url(number),
        index=index,
    )


def baked(credential, kind):
    with open(finders.find(PICTURES[kind]), "rb") as file:
        return badges.bake(file.read(), credential)


def did_document():
    return badges.did_document(did(), public_keys())


def signed_list(number):
    """The list `number` as it is now: one statement."""
    first = number * LIST_LENGTH
    rows = WithdrawnNumber.objects.filter(number__gte=first, number__lt=first + LIST_LENGTH)
    indexes = [found - first for found in rows.values_list("number", flat=True)]
    _name, private = signing_key()
    return badges.sign_list(indexes, did=did(), url=list_url(number), length=LIST_LENGTH, private=private)


def check(content):
    """The folded code of the certificate that a file of ours speaks of. Refused says why not; "revoked" is one more reason."""
    address, (url, index) = badges.verify(badges.read(content), did=did(), keys=public_keys())
    number = int(url.rpartition("/")[2].removesuffix(".jwt")) * LIST_LENGTH + index
    if WithdrawnNumber.objects.filter(pk=number).exists():
        raise Refused("revoked")
    return fold(address.rstrip("/").rpartition("/")[2])
