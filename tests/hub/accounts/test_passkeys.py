"""Passkeys as far as no device is needed: who may, what garbage does, and that a learner's is no second step.

The ceremony itself is driven in tests/browser/test_passkeys.py.
"""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.messages import get_messages

from hub.accounts.mfa_adapter import MfaAdapter
from hub.accounts.models import AccountEvent
from tests.conftest import PASSPHRASE

LIST = "/en/accounts/passkeys/"
ADD = "/en/accounts/passkeys/add/"
LOGIN = "/en/accounts/login/passkey/"
MADE_UP = {"id": "YQ", "rawId": "YQ", "type": "public-key", "clientExtensionResults": {}}
GARBAGE = {
    "nothing": "",
    "no JSON": "{",
    "a number": "5",
    "a list": "[]",
    "null": "null",
    "a text": '"abc"',
    "empty": "{}",
    "deep": "[" * 5_000,
    "deep object": '{"a":' * 2_000,
    "huge": json.dumps({"id": "x" * 30_000}),
    "no response": json.dumps(MADE_UP),
    "response of another kind": json.dumps(MADE_UP | {"response": [1]}),
    "made-up answer": json.dumps(
        MADE_UP
        | {"response": {"clientDataJSON": "YQ", "authenticatorData": "YQ", "signature": "YQ", "userHandle": "YQ"}}
    ),
    "made-up key": json.dumps(MADE_UP | {"response": {"clientDataJSON": "YQ", "attestationObject": "oA"}}),
    "odd letters": json.dumps(MADE_UP | {"id": "☂", "rawId": "☂", "response": {"userHandle": "☂"}}),
    "numbers": json.dumps(MADE_UP | {"id": 1, "rawId": 2, "response": {"clientDataJSON": 3, "userHandle": 4}}),
    "NUL": "\0",
}


@pytest.fixture
def passkey(learner):
    """One that nobody can use: it is enough for lists and rules."""
    data = {"name": "my phone", "credential": {}}
    return Authenticator.objects.create(user=learner, type=Authenticator.Type.WEBAUTHN, data=data)


@pytest.fixture
def signed_in(client, learner):
    """She gave her passphrase a moment ago, also when asked again."""
    client.post("/en/accounts/login/", {"login": "learner", "password": PASSPHRASE})
    client.post("/en/accounts/reauthenticate/", {"password": PASSPHRASE})
    return client


@pytest.mark.parametrize("credential", GARBAGE.values(), ids=GARBAGE)
def test_garbage_signs_nobody_in_and_is_answered_in_words(client, learner, credential):
    client.get(LOGIN, headers={"accept": "application/json"})
    response = client.post(LOGIN, {"credential": credential, "next": "/en/kits/"})
    assert response.headers["Location"] == "/en/accounts/login/?next=%2Fen%2Fkits%2F"
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "The passkey did not work. Please try again, or use another way in."
    ]
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("credential", GARBAGE.values(), ids=GARBAGE)
def test_garbage_adds_no_passkey(signed_in, credential):
    signed_in.get(ADD)
    response = signed_in.post(ADD, {"name": "my phone", "credential": credential})
    assert response.status_code == 422
    assert "The passkey did not work" in response.content.decode()
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_no_second_step(client, moderator, credential):
    TOTP.activate(moderator, generate_totp_secret())
    client.post("/en/accounts/login/", {"login": "moderator", "password": PASSPHRASE})
    client.get("/en/accounts/2fa/authenticate/")
    response = client.post("/en/accounts/2fa/authenticate/", {"credential": credential})
    assert response.status_code == 422
    assert "_auth_user_id" not in client.session


def test_question_of_the_sign_in_page_names_nobody(client, learner):
    question = client.get(LOGIN, headers={"accept": "application/json"}).json()["request_options"]["publicKey"]
    assert question["userVerification"] == "required"
    assert not question.get("allowCredentials")


def test_a_passkey_of_a_learner_is_no_second_step(client, passkey):
    client.post("/en/accounts/login/", {"login": "learner", "password": PASSPHRASE})
    assert "_auth_user_id" in client.session


def test_a_passkey_of_a_moderator_is_her_second_step(client, moderator, passkey):
    Authenticator.objects.update(user=moderator)
    client.raise_request_exception = False
    response = client.post("/en/accounts/login/", {"login": "moderator", "password": PASSPHRASE})
    assert response.headers["Location"] == "/en/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session


def test_adding_asks_for_the_passphrase_again(learner_client):
    assert learner_client.get(ADD).headers["Location"].startswith("/en/accounts/reauthenticate/")


def test_list_tells_names_and_only_her_own(learner_client, passkey, stranger, sign_in):
    assert "my phone" in learner_client.get(LIST).content.decode()
    assert "my phone" not in sign_in(stranger).get(LIST).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_one_and_three(learner_client, learner, number, django_assert_num_queries):
    for _ in range(number):
        Authenticator.objects.create(user=learner, type="webauthn", data={"name": "phone", "credential": {}})
    learner_client.get(LIST)  # warms the settings of the page
    with django_assert_num_queries(3):  # session, user, passkeys
        learner_client.get(LIST)


def test_renaming(signed_in, passkey):
    assert signed_in.post(f"{LIST}{passkey.pk}/rename/", {"name": ""}).status_code == 422
    assert signed_in.post(f"{LIST}{passkey.pk}/rename/", {"name": "x" * 61}).status_code == 422
    signed_in.post(f"{LIST}{passkey.pk}/rename/", {"name": " the old\0 one "})
    passkey.refresh_from_db()
    assert passkey.wrap().name == "the old one"


def test_removing_is_kept_in_her_events(signed_in, passkey, learner):
    assert signed_in.get(f"{LIST}{passkey.pk}/remove/").status_code == 200
    assert signed_in.post(f"{LIST}{passkey.pk}/remove/").headers["Location"] == LIST
    assert not Authenticator.objects.exists()
    assert list(AccountEvent.objects.values_list("user", "kind", "detail")) == [(learner.pk, "second_step", "passkey")]


@pytest.mark.parametrize("page", ["rename", "remove"])
def test_foreign_and_missing_passkeys_are_not_there(signed_in, passkey, stranger, page):
    Authenticator.objects.update(user=stranger)
    for pk in (passkey.pk, 10**6, "9" * 5_000):
        assert signed_in.get(f"{LIST}{pk}/{page}/").status_code == 404
        assert signed_in.post(f"{LIST}{pk}/{page}/", {"name": "mine"}).status_code == 404
    assert Authenticator.objects.get().wrap().name == "my phone"


def test_a_device_is_told_her_user_name_and_never_her_address(learner):
    learner.email = "lina@example.org"
    entity = MfaAdapter().get_public_key_credential_user_entity(learner)
    assert "lina" not in str(entity)
