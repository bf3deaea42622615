"""Guessing is stopped before anything is hashed, and nobody can keep her out."""

import re
from collections import Counter

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import signing
from django.test import Client

from hub.accounts import attempts
from hub.accounts.known import COOKIE
from tests.conftest import PASSPHRASE

LOGIN = "/en/accounts/login/"
WRONG = "not the right words"


def sign_in(client, passphrase=WRONG, name="learner", address="198.51.100.7", **more):
    return client.post(LOGIN, {"login": name, "password": passphrase} | more, REMOTE_ADDR=address)


def is_in(client):
    return "_auth_user_id" in client.session


def attack(times, name="learner"):
    """Wrong passphrases, each from a line of its own."""
    return Counter(
        sign_in(Client(), name=name, address=f"203.0.{number // 250}.{number % 250 + 1}").status_code
        for number in range(times)
    )


def ticket_in(response):
    return re.search(r'name="ticket" value="([^"]+)"', response.content.decode())[1]


@pytest.fixture
def later(monkeypatch):
    """`later(10)`: the clock of the tickets goes on by ten seconds."""
    now = [attempts.time.time()]
    monkeypatch.setattr(signing.time, "time", lambda: now[0])
    monkeypatch.setattr(attempts.time, "time", lambda: now[0])

    def move(seconds):
        now[0] += seconds

    return move


@pytest.fixture
def hashes(monkeypatch):
    """How often a passphrase was hashed."""
    counted = []
    plain = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: counted.append(1) or plain(*args))
    return counted


def test_attempts_beyond_the_limit_are_refused_before_hashing(learner, hashes):
    hashes.clear()
    assert attack(100) == {422: 10, 429: 90}
    assert len(hashes) == 10


def test_under_attack_she_signs_in_on_a_device_of_hers(client, learner):
    sign_in(client, PASSPHRASE, own_device="yes")
    session = client.session
    session.flush()
    attack(40)
    assert sign_in(client, PASSPHRASE).status_code == 302
    assert is_in(client)


def test_under_attack_she_signs_in_elsewhere_once_the_page_was_open_for_ten_seconds(client, learner, later):
    attack(40)
    page = client.get(LOGIN)
    later(attempts.WAIT)
    assert sign_in(client, PASSPHRASE, ticket=ticket_in(page)).status_code == 302
    assert is_in(client)


def test_too_quick_she_is_told_to_wait_and_the_page_shown_again_lets_her_in(client, learner, later):
    attack(40)
    response = sign_in(client, PASSPHRASE, ticket=ticket_in(client.get(LOGIN)))
    assert response.status_code == 429
    assert "Please wait ten seconds" in response.content.decode()
    assert response.context["form"]["login"].value() == "learner"
    later(attempts.WAIT)
    assert sign_in(client, PASSPHRASE, ticket=ticket_in(response)).status_code == 302


def test_one_opened_page_is_good_for_one_attempt(client, learner, later):
    attack(40)
    ticket = ticket_in(client.get(LOGIN))
    later(attempts.WAIT)
    assert sign_in(client, ticket=ticket).status_code == 422
    assert sign_in(client, PASSPHRASE, ticket=ticket).status_code == 429


@pytest.mark.parametrize(
    "ticket",
    ["", "x", "a:b:c", "\0", "9" * 10_000, signing.dumps([1, 2]), "☂"],
    ids=["none", "x", "colons", "NUL", "long", "a ticket of nobody", "no ASCII"],
)
def test_an_invented_ticket_is_worth_nothing(client, learner, ticket):
    attack(40)
    assert sign_in(client, PASSPHRASE, ticket=ticket).status_code == 429


def test_a_page_of_yesterday_is_worth_nothing(client, learner, later):
    attack(40)
    ticket = ticket_in(client.get(LOGIN))
    later(attempts.TICKET_LIFE + 1)
    assert sign_in(client, PASSPHRASE, ticket=ticket).status_code == 429


def test_guessing_with_patience_is_bounded_by_lines(client, learner, later):
    attack(40)
    answers = []
    for _ in range(attempts.AT_ACCOUNT_FROM_HOUSEHOLD + 5):
        page = client.get(LOGIN)
        later(attempts.WAIT)
        answers.append(sign_in(client, ticket=ticket_in(page)).status_code)
    assert Counter(answers) == {422: 10, 429: 5}


def test_other_accounts_are_not_slowed_down(client, learner, stranger):
    attack(40)
    assert sign_in(client, PASSPHRASE, name="stranger").status_code == 302


def test_a_class_behind_one_line_signs_in(make_user):
    for number in range(25):
        make_user(f"woman{number}")
    for number in range(25):
        client = Client()
        sign_in(client, name=f"woman{number}")
        assert sign_in(client, PASSPHRASE, name=f"woman{number}").status_code == 302


@pytest.mark.any_database
def test_one_line_cannot_go_through_many_accounts(client, learner):
    answers = Counter(sign_in(Client(), name=f"name{number}").status_code for number in range(120))
    assert answers == {422: 100, 429: 20}
    # … while a signed sign-in from elsewhere goes on.
    assert sign_in(client, PASSPHRASE, address="192.0.2.1").status_code == 302


@pytest.mark.any_database
def test_one_provider_cannot_go_through_many_accounts(learner):
    answers = Counter(
        sign_in(Client(), name=f"name{number}", address=f"203.0.113.{number % 250}").status_code
        for number in range(420)
    )
    assert answers == {422: 400, 429: 20}


def test_right_passphrases_count_for_nothing(learner):
    for _ in range(30):
        assert sign_in(Client(), PASSPHRASE).status_code == 302


def test_another_spelling_of_the_name_does_not_start_a_new_count(client, learner):
    attack(5, "LEARNER")
    attack(5, "ｌｅａｒｎｅｒ")
    assert sign_in(client, PASSPHRASE).status_code == 429


def test_a_forged_address_does_not_help(client, learner, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        forwarded = {"HTTP_X_FORWARDED_FOR": f"192.0.2.{number}, 203.0.113.9"}
        client.post(LOGIN, {"login": "learner", "password": WRONG}, **forwarded)
    response = client.post(LOGIN, {"login": "learner", "password": WRONG}, HTTP_X_FORWARDED_FOR="9.9.9.9, 203.0.113.9")
    assert response.status_code == 429
    assert "a few minutes" in response.content.decode()  # the line's limit, not the account's


def test_a_known_device_is_counted_apart_and_has_a_limit_too(client, learner):
    sign_in(client, PASSPHRASE, own_device="yes")
    client.session.flush()
    for _ in range(attempts.FROM_OWN_DEVICE):
        assert sign_in(client).status_code == 422
    assert {sign_in(client).status_code for _ in range(15)} == {422, 429}


@pytest.mark.parametrize("answer", ["no", ""])
def test_nothing_is_kept_on_a_shared_phone(client, learner, answer):
    sign_in(client, PASSPHRASE, own_device=answer)
    assert COOKIE not in client.cookies


def test_the_mark_says_nothing_readable_and_goes_with_signing_out(client, learner):
    sign_in(client, PASSPHRASE, own_device="yes")
    mark = client.cookies[COOKIE]
    assert "learner" not in mark.value
    assert (mark["httponly"], mark["samesite"]) == (True, "Lax")
    client.post("/en/accounts/logout/")
    assert client.cookies[COOKIE].value == ""


def test_the_mark_of_one_account_does_not_serve_another(client, learner, stranger):
    sign_in(client, PASSPHRASE, name="stranger", own_device="yes")
    client.session.flush()
    attack(40)
    assert sign_in(client, PASSPHRASE).status_code == 429


def test_a_forged_mark_is_ignored(client, learner):
    attack(40)
    client.cookies[COOKIE] = "abc:def:ghi"
    assert sign_in(client, PASSPHRASE).status_code == 429


def test_asked_again_within_her_own_session_she_is_not_kept_out(learner, sign_in):
    attack(40)
    response = sign_in(learner).post("/en/accounts/reauthenticate/", {"password": PASSPHRASE})
    assert response.status_code == 302


def test_known_and_unknown_names_are_limited_and_hashed_alike(learner, hashes):
    hashes.clear()
    known = attack(15)
    for_known = len(hashes)
    hashes.clear()
    assert attack(15, "nobody-here") == known
    assert len(hashes) == for_known == 10


def test_under_attack_unknown_names_are_answered_alike(client, learner):
    attack(12)
    attack(12, "nobody-here")
    known, unknown = sign_in(client, PASSPHRASE), sign_in(client, PASSPHRASE, name="nobody-here")
    assert known.context["form"].errors == unknown.context["form"].errors
