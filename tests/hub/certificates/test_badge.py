import json

import pytest

from courses.certificates import actions
from hub.certificates import badge, keys
from hub.certificates.badge import baked, check, credential_of
from hub.lib.badges import Refused


@pytest.fixture
def credential(certificate):
    return credential_of(certificate, "learner")


def refusal(content):
    with pytest.raises(Refused) as refused:
        check(content if isinstance(content, bytes) else json.dumps(content).encode())
    return refused.value.reason


def test_a_badge_of_ours_is_taken_as_data_and_from_both_pictures(certificate, credential):
    assert check(credential.encode()) == certificate.code
    assert check(baked(credential, "png")) == certificate.code
    assert check(baked(credential, "svg")) == certificate.code


def test_a_badge_holds_no_name_and_no_word_of_whom_the_kit_is_for(certificate, credential):
    assert "Zora" not in credential
    assert "Kov" not in credential
    assert not any(word in credential.casefold() for word in ("migrant", "refugee", "women", "qualified"))
    assert "Not a professional qualification." in credential


def test_what_was_changed_after_signing_is_refused(credential):
    for change in (
        lambda document: document.update(name="Doctor of engineering"),
        lambda document: document["credentialSubject"]["achievement"].update(name="Doctor"),
        lambda document: document.update(validFrom="2020-01-01T00:00:00Z"),
        lambda document: document["credentialStatus"].update(statusListIndex="3"),
        lambda document: document.pop("proof"),
    ):
        document = json.loads(credential)
        change(document)
        assert refusal(document) == "tampered"


def test_a_badge_of_another_hub_is_refused(credential):
    document = json.loads(credential)
    document["issuer"]["id"] = "did:web:other.example.org"
    assert refusal(document) == "foreign"


def test_a_badge_signed_with_a_key_we_never_had_is_refused(settings, tmp_path, credential):
    settings.BADGE_KEYS = tmp_path / "others"
    assert refusal(credential.encode()) == "foreign"


def test_a_badge_stays_good_after_its_key_was_replaced(certificate, credential):
    keys.rotate()
    assert check(credential.encode()) == certificate.code


def test_a_badge_whose_time_is_over_is_refused(monkeypatch, certificate):
    from datetime import UTC, datetime, timedelta

    from hub.lib import badges

    made = badges.credential_of

    def short(*arguments):
        found = made(*arguments)
        found.expiration_date = datetime.now(UTC) - timedelta(minutes=1)
        return found

    monkeypatch.setattr(badges, "credential_of", short)
    assert refusal(credential_of(certificate, "learner").encode()) == "expired"


def test_a_withdrawn_replaced_or_deleted_certificate_ends_its_badge(learner, certificate, credential):
    actions.delete(user=learner, kit_key=certificate.kit_key)
    assert refusal(credential.encode()) == "revoked"


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"\x89PNG broken", b"<svg", b"\xff\xfe", b"[" * 100_000, b"{" + b" " * 500_000, b"null"],
    ids=lambda content: repr(content[:8]),
)
def test_what_is_no_badge_is_said_to_be_unreadable(db, content):
    assert refusal(content) == "unreadable"


def test_anybody_can_check_it_with_the_published_keys_and_list(certificate, credential):
    """As another program does it: with nothing but the two addresses of the hub."""
    from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError

    def fetch(url):
        if url.endswith("did.json"):
            return json.dumps(badge.did_document()).encode()
        return badge.signed_list(0).encode()

    verifier = OB3LdpVerifier.for_issuer_did(badge.did())
    assert certificate.code in verifier.verify(credential, check_status=True, download=fetch).id.replace("-", "")
    actions.withdraw(code=certificate.code, reason="mistake")
    with pytest.raises(OB3VerificationError, match="revocation"):
        verifier.verify(credential, check_status=True, download=fetch)
