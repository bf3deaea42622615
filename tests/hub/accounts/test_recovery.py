"""A forgotten passphrase: one code of the card, once."""

import pytest

from hub.accounts import recovery
from hub.accounts.actions import make_recovery_codes
from tests.conftest import PASSPHRASE

NEW = "three green boats at noon"


@pytest.fixture
def codes(learner):
    make_recovery_codes(user=learner, seed="seed")
    return recovery.codes_of("seed")


def recover(client, code, username="learner", passphrase=NEW, **extra):
    words = {"username": username, "code": code, "password1": passphrase}
    return client.post("/en/accounts/recover/", words, **extra)


def test_a_code_sets_a_new_passphrase_and_is_spent(client, learner, codes):
    assert recover(client, codes[3]).headers["Location"] == "/en/accounts/login/"
    learner.refresh_from_db()
    assert learner.check_password(NEW)
    assert learner.recovery_codes.count() == 9
    assert recover(client, codes[3], passphrase="another three green boats").status_code == 422
    learner.refresh_from_db()
    assert learner.check_password(NEW)


def test_recovery_ends_her_sessions(client, learner_client, codes):
    assert learner_client.get("/en/accounts/").status_code == 200
    recover(client, codes[0])
    assert learner_client.get("/en/accounts/").status_code == 302


def test_recovery_does_not_sign_in(client, codes):
    recover(client, codes[0])
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("spell", [str.upper, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")])
def test_a_code_may_be_written_in_other_ways(client, learner, codes, spell):
    assert recover(client, spell(codes[0])).status_code == 302


def test_unknown_name_wrong_code_and_foreign_code_are_told_the_same(client, codes, stranger):
    answers = [
        recover(client, "aaaa-bbbb-cccc-dddd"),
        recover(client, codes[0], username="nobody-here"),
        recover(client, codes[0], username="stranger"),
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert len({str(answer.context["form"].errors) for answer in answers}) == 1
    stranger.refresh_from_db()
    assert stranger.check_password(PASSPHRASE)


def test_unknown_and_known_names_cost_the_same_queries(client, codes, django_assert_num_queries):
    # the code with its owner
    recover(client, "aaaa-bbbb-cccc-dddd")  # warms the caches of the page
    for name in ("learner", "nobody-here"):
        with django_assert_num_queries(3):  # savepoint, the code with its owner, release
            recover(client, "aaaa-bbbb-cccc-dddd", username=name)


def test_closed_account_is_not_recovered(client, learner, codes):
    learner.is_active = False
    learner.save()
    assert recover(client, codes[0]).status_code == 422


def test_guessing_from_one_address_is_stopped_after_thirty_attempts(client, learner, codes):
    for _ in range(30):
        recover(client, "aaaa-bbbb-cccc-dddd")
    response = recover(client, codes[0])
    assert response.status_code == 429
    assert response.context["form"]["username"].value() == "learner"
    learner.refresh_from_db()
    assert learner.check_password(PASSPHRASE)


def test_strangers_who_try_her_name_do_not_keep_her_out(client, learner, codes):
    for number in range(40):
        recover(client, "aaaa-bbbb-cccc-dddd", REMOTE_ADDR=f"192.0.2.{number}")
    assert recover(client, codes[0], REMOTE_ADDR="198.51.100.7").status_code == 302


def test_a_weak_passphrase_does_not_spend_the_code(client, learner, codes):
    assert recover(client, codes[0], passphrase="short").status_code == 422
    assert learner.recovery_codes.count() == 10


def test_new_card_asks_for_the_passphrase_and_ends_the_old_one(client, learner, codes):
    client.post("/en/accounts/login/", {"login": "learner", "password": PASSPHRASE})
    response = client.get("/en/accounts/recovery-card/new/")
    assert response.headers["Location"].startswith("/en/accounts/reauthenticate/")
    client.post(response.headers["Location"], {"password": PASSPHRASE})
    response = client.post("/en/accounts/recovery-card/new/")
    assert response.headers["Location"] == "/en/accounts/recovery-card/"
    new = recovery.codes_of(client.session["recovery_seed"])
    client.logout()
    assert recover(client, codes[0]).status_code == 422
    assert recover(client, new[0]).status_code == 302


def test_card_is_for_members(client, db):
    assert client.get("/en/accounts/recovery-card/").headers["Location"].startswith("/en/accounts/login/")
    assert client.post("/en/accounts/recovery-card/kept/").status_code == 403


def test_coming_back_is_kept_in_her_events(client, learner, codes):
    recover(client, codes[0])
    assert list(learner.events.values_list("kind", flat=True)) == ["recovered"]


def test_a_flood_of_wrong_passphrases_does_not_touch_her_card(client, learner, codes):
    for number in range(30):
        wrong = {"login": "learner", "password": "not the right words"}
        client.post("/en/accounts/login/", wrong, REMOTE_ADDR=f"203.0.113.{number}")
    assert recover(client, codes[0], REMOTE_ADDR="198.51.100.7").status_code == 302
