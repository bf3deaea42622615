"""The keys that badges are signed with: files outside the database, each named by its place and its fingerprint.

`0001-abc….pub.pem` stays for ever, so that what was signed with it can be checked; `0001-abc….pem` goes when a newer key is made.
"""

import os

from django.conf import settings

from hub.lib.badges import fingerprint, make_key


def public_keys():
    """{name: PEM}, newest first. A folder without keys gets its first."""
    names = public_names() or [add_key()]
    return {name: (settings.BADGE_KEYS / f"{name}.pub.pem").read_bytes() for name in names}


def signing_key():
    """(name, private PEM) of the newest key."""
    names = public_names()
    newest = names[0] if names else add_key()
    return newest, (settings.BADGE_KEYS / f"{newest}.pem").read_bytes()


def rotate():
    """A new key; the ones before can sign no more. Returns its name."""
    made = add_key()
    for name in public_names():
        if name != made:
            (settings.BADGE_KEYS / f"{name}.pem").unlink(missing_ok=True)
    return made


def public_names():
    return sorted((path.name.removesuffix(".pub.pem") for path in settings.BADGE_KEYS.glob("*.pub.pem")), reverse=True)


def add_key():
    """The private half is written first: a key that others see can sign."""
    settings.BADGE_KEYS.mkdir(mode=0o700, parents=True, exist_ok=True)
    private, public = make_key()
    place = int(public_names()[0][:4]) + 1 if public_names() else 1
    name = f"{place:04}-{fingerprint(public)}"
    write(f"{name}.pem", private)
    write(f"{name}.pub.pem", public)
    return name


def write(name, content):
    """Whole or not at all, and readable to the hub alone."""
    waiting = settings.BADGE_KEYS / f".{name}"
    descriptor = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    waiting.rename(settings.BADGE_KEYS / name)
