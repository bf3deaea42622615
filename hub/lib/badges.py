"""Open Badges 3.0: made, signed, put into pictures, and checked. The only module that knows openbadgeslib.

A credential is JSON-LD with a Data Integrity proof (eddsa-rdfc-2022). The list of what is no longer good is a
BitstringStatusListCredential, signed as a JWT, the form that openbadgeslib checks a list in.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openbadgeslib import baking
from openbadgeslib.ob3 import (
    Achievement,
    IdentityObject,
    Issuer,
    OB3LdpSigner,
    OB3LdpVerifier,
    OB3VerificationError,
    OpenBadgeCredential,
    build_status_list_credential,
    did_web_from_url,
    multikey_from_pem,
    sign_status_list_credential,
    status_entry,
)

LIST_LASTS = timedelta(days=7)  # an old copy of the list, served by somebody else, is refused after this
MOST_BYTES = 400_000  # of a file somebody wants checked
PNG, SVG = b"\x89PNG", (b"<svg", b"<?xml")


class Refused(Exception):
    """Why a credential is not taken: "unreadable", "foreign", "expired" or "tampered"."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Badge:
    """What a credential says. `name` goes in as a salted hash only: who has the name can compare it, nobody can read it."""

    address: str  # of the page that tells about this certificate; it is the id of the credential
    title: str
    description: str
    criteria: str
    achievement: str  # an address that stands for the kit
    name: str
    salt: str
    issued_at: datetime
    issuer_name: str
    issuer_url: str
    list_url: str
    index: int


# Keys --------------------------------------------------------------------------------------------


def make_key():
    """(private, public) as PEM."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private, public


def fingerprint(public):
    """Ten letters that stand for a public key."""
    return base64.b32encode(hashlib.sha256(public).digest()).decode().lower()[:10]


def did_of(address):
    return did_web_from_url(address)


def did_document(did, keys):
    """The public keys {name: PEM} as the document behind `did:web`, newest first."""
    methods = [
        {
            "id": f"{did}#{name}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": multikey_from_pem(pem),
        }
        for name, pem in keys.items()
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


# Signing -----------------------------------------------------------------------------------------


def sign(badge, *, did, key_name, private):
    """The credential as a line of JSON."""
    return OB3LdpSigner(private, f"{did}#{key_name}").sign_to_json(credential_of(badge, did))


def credential_of(badge, did):
    return OpenBadgeCredential(
        issuer=Issuer(id=did, name=badge.issuer_name, url=badge.issuer_url),
        recipient_id=None,
        identifiers=[IdentityObject.create(badge.name, badge.salt, "name")],
        achievement=Achievement(
            id=badge.achievement,
            name=badge.title,
            description=badge.description,
            criteria_narrative=badge.criteria,
            achievement_type="CertificateOfCompletion",
        ),
        id=badge.address,
        issuance_date=badge.issued_at,
        credential_status=[status_entry(badge.list_url, "revocation", badge.index)],
    )


def sign_list(numbers, *, did, url, length, private):
    """The list at `url`, in which the bits of `numbers` are set, as a JWT."""
    now = datetime.now(UTC)
    made = build_status_list_credential(did, url, "revocation", numbers, length, now, now + LIST_LASTS)
    return sign_status_list_credential(made, private, "EdDSA")


def bake(picture, credential):
    """A PNG or SVG that carries the credential."""
    if picture.startswith(PNG):
        return baking.bake_png(picture, credential, keyword=baking.ITXT_KEYWORD_OB3)
    return baking.bake_svg(
        picture, credential, element=baking.SVG_ELEMENT_OB3, namespace=baking.SVG_NS_OB3, as_text=True
    )


# Checking ----------------------------------------------------------------------------------------


def read(content):
    """The credential in a file (JSON, or a PNG or SVG that carries one) as a dict. Refused: "unreadable"."""
    try:
        text = carried_by(content)
        found = json.loads(text)
    except Exception as broken:  # parsers of pictures raise whatever they like on a broken one
        raise Refused("unreadable") from broken
    if not isinstance(found, dict) or not isinstance(found.get("credentialSubject"), dict):
        raise Refused("unreadable")
    return found


def carried_by(content):
    if len(content) > MOST_BYTES:
        raise ValueError("too long")
    if content.startswith(PNG):
        return baking.extract_png(content, keyword=baking.ITXT_KEYWORD_OB3)
    if content.lstrip().startswith(SVG):
        return baking.extract_svg(content, element=baking.SVG_ELEMENT_OB3, text_fallback=True)
    return content.decode()


def verify(document, *, did, keys):
    """Take a credential of ours, signed by one of `keys` {name: PEM}, or raise Refused. Withdrawal is for the caller to ask.

    Returns (address of its page, place in the list of what is no longer good: (address of the list, index)).
    """
    issuer = document.get("issuer")
    if (issuer.get("id") if isinstance(issuer, dict) else issuer) != did:
        raise Refused("foreign")
    proof = document.get("proof")
    method = proof.get("verificationMethod") if isinstance(proof, dict) else None
    key = keys.get(str(method).removeprefix(f"{did}#"))
    if key is None:
        raise Refused("foreign" if method else "tampered")
    try:
        found = OB3LdpVerifier(key).verify(document)
    except OB3VerificationError as wrong:
        raise Refused("expired" if has_ended(document) and "expired" in str(wrong) else "tampered") from wrong
    entry = found.credential_status[0]
    return found.id, (entry["statusListCredential"], int(entry["statusListIndex"]))


def has_ended(document):
    try:
        return datetime.fromisoformat(document["validUntil"]) < datetime.now(UTC)
    except (KeyError, TypeError, ValueError):
        return False
