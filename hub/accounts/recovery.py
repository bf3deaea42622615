"""Recovery codes: ten on a card, each good for one new passphrase.

A card is derived from a random seed and the secret key, so that the session carries only the seed while the card is
on the screen, and the database keeps only digests. A code has 80 random bits: it needs no salt and no slow hash.
"""

import base64
import hashlib
import secrets

from django.utils.crypto import salted_hmac

COUNT = 10
LENGTH = 16
ALIKE = str.maketrans({"0": "o", "1": "l", "8": "b"})  # not in the alphabet of base32, but easily typed for their likes


def new_seed():
    return secrets.token_urlsafe(24)


def codes_of(seed):
    """The ten codes of a card, as `xxxx-xxxx-xxxx-xxxx`."""
    return [_code(seed, number) for number in range(COUNT)]


def digest_of(code):
    """The digest of a code as she typed it: case, spaces and hyphens do not matter."""
    plain = "".join(char for char in code.lower() if char.isalnum()).translate(ALIKE)
    return hashlib.sha256(plain.encode()).hexdigest()


def _code(seed, number):
    raw = salted_hmac("hub.accounts.recovery", f"{seed}:{number}", algorithm="sha256").digest()[: LENGTH * 5 // 8]
    plain = base64.b32encode(raw).decode().lower()
    return "-".join(plain[start : start + 4] for start in range(0, LENGTH, 4))
