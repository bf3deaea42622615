"""A code by e-mail: for a confirmed address, for ten minutes, and nothing said about who has an account."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.mail import EmailMessage

from hub.accounts.models import User
from hub.lib import mail as mail_module
from tests.conftest import PASSPHRASE

ASK = "/en/accounts/login/code/"
CONFIRM = "/en/accounts/login/code/confirm/"
ADDRESS = "lina@example.org"


@pytest.fixture
def addressed(learner):
    EmailAddress.objects.create(user=learner, email=ADDRESS, verified=True, primary=True)
    return learner


def code_in(mail):
    return re.search(r"\d{4}-\d{4}", mail.body)[0]


def ask(client, email=ADDRESS, **extra):
    return client.post(ASK, {"email": email}, **extra)


def test_the_code_signs_in_once(client, addressed, mailoutbox):
    assert ask(client).headers["Location"] == CONFIRM
    (mail,) = mailoutbox
    assert client.post(CONFIRM, {"code": code_in(mail)}).headers["Location"] == "/en/my/"
    assert client.session["_auth_user_id"] == str(addressed.pk)
    client.post("/en/accounts/logout/")
    assert client.post(CONFIRM, {"code": code_in(mail)}).headers["Location"] == ASK


def test_the_mail_is_in_the_language_of_the_account_and_neutral(client, addressed, mailoutbox):
    User.objects.update(language="it")
    ask(client)
    (mail,) = mailoutbox
    assert mail.to == [ADDRESS]
    for word in ("Meridian", "learner", "testserver", "http"):
        assert word not in mail.subject + mail.body


def test_the_language_of_a_mail_follows_the_account(client, addressed, mailoutbox, monkeypatch):
    seen = []
    from django.utils import translation

    from hub.accounts.adapter import AccountAdapter

    plain = AccountAdapter.render_mail
    monkeypatch.setattr(
        AccountAdapter, "render_mail", lambda *args: seen.append(translation.get_language()) or plain(*args)
    )
    ask(client)
    assert seen == ["el"]


def test_known_unknown_unconfirmed_and_closed_are_answered_alike(client, addressed, make_user, mailoutbox):
    EmailAddress.objects.create(user=make_user("other"), email="typo@example.org", verified=False, primary=True)
    closed = make_user("closed", is_active=False)
    EmailAddress.objects.create(user=closed, email="closed@example.org", verified=True, primary=True)
    answers = []
    for email in (ADDRESS, "nobody@example.org", "typo@example.org", "closed@example.org"):
        client.cookies.clear()
        asked = ask(client, email)
        page = re.sub(r'value="[^"]{30,}"', "", client.get(asked.headers["Location"]).content.decode())
        wrong = client.post(CONFIRM, {"code": "0000-0000"})
        answers.append((asked.status_code, asked.headers["Location"], page, wrong.status_code))
    assert len(set(answers)) == 1
    assert answers[0][3] == 422
    assert [mail.to for mail in mailoutbox] == [[ADDRESS]]


def test_an_unknown_address_costs_the_same_work(client, addressed, monkeypatch):
    from hub.accounts.adapter import AccountAdapter

    written = []
    plain = AccountAdapter.write
    monkeypatch.setattr(AccountAdapter, "write", lambda *args: written.append(1) or plain(*args))
    for email in (ADDRESS, "nobody@example.org"):
        client.cookies.clear()
        ask(client, email)
    assert len(written) == 2


def test_after_three_wrong_codes_the_right_one_is_too_late(client, addressed, mailoutbox):
    ask(client)
    answers = [client.post(CONFIRM, {"code": "0000-0000"}).status_code for _ in range(3)]
    assert answers == [422, 422, 302]
    client.post(CONFIRM, {"code": code_in(mailoutbox[0])})
    assert "_auth_user_id" not in client.session


def test_a_code_is_worth_nothing_after_ten_minutes(client, addressed, mailoutbox, monkeypatch):
    ask(client)
    now = time.time()
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: now + 601)
    assert client.post(CONFIRM, {"code": code_in(mailoutbox[0])}).headers["Location"] == ASK


def test_a_code_works_only_where_it_was_asked_for(client, visitor, addressed, mailoutbox):
    ask(client)
    assert visitor.post(CONFIRM, {"code": code_in(mailoutbox[0])}).headers["Location"] == ASK


def test_a_code_asked_for_stands_in_no_other_way(client, addressed):
    ask(client)
    for path in ("/en/accounts/login/", ASK, "/en/accounts/recover/", "/en/accounts/signup/"):
        assert client.get(path).status_code == 200
    assert client.post("/en/accounts/login/", {"login": "learner", "password": PASSPHRASE}).status_code == 302
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("code", ["", "☂☂☂☂", "\0", "9" * 10_000, "' OR 1=1"])
def test_an_odd_code_is_refused_in_words(client, addressed, code):
    ask(client)
    assert client.post(CONFIRM, {"code": code}).status_code == 422


def test_a_code_may_be_written_without_hyphen(client, addressed, mailoutbox):
    ask(client)
    assert client.post(CONFIRM, {"code": code_in(mailoutbox[0]).replace("-", " ")}).status_code == 302


def test_a_moderator_still_gives_her_second_step(client, moderator, mailoutbox):
    EmailAddress.objects.create(user=moderator, email=ADDRESS, verified=True, primary=True)
    TOTP.activate(moderator, generate_totp_secret())
    ask(client)
    assert (
        client.post(CONFIRM, {"code": code_in(mailoutbox[0])}).headers["Location"] == "/en/accounts/2fa/authenticate/"
    )
    assert "_auth_user_id" not in client.session


def test_her_answer_about_the_device_is_kept(client, addressed, mailoutbox):
    ask(client)
    response = client.post(CONFIRM, {"code": code_in(mailoutbox[0]), "own_device": "yes"})
    assert client.session["own_device"] is True
    assert response.cookies["sessionid"]["max-age"] == 30 * 24 * 3600


def test_without_an_answer_the_device_counts_as_shared(client, addressed, mailoutbox):
    ask(client)
    client.post(CONFIRM, {"code": code_in(mailoutbox[0])})
    assert client.session["own_device"] is False


def test_mail_box_is_not_flooded_and_she_still_gets_hers(client, addressed, mailoutbox):
    answers = [ask(client).status_code for _ in range(6)]
    assert answers == [302, 302, 302, 302, 429, 429]
    client.cookies.clear()
    assert ask(client, REMOTE_ADDR="198.51.100.9").status_code == 302
    assert len(mailoutbox) == 5


def test_after_a_code_she_chooses_a_new_passphrase_without_the_old_one(client, addressed, mailoutbox):
    ask(client)
    client.post(CONFIRM, {"code": code_in(mailoutbox[0])})
    assert "oldpassword" not in client.get("/en/accounts/password/change/").content.decode()
    client.post("/en/accounts/password/change/", {"password1": "three green boats at noon"})
    addressed.refresh_from_db()
    assert addressed.check_password("three green boats at noon")


def test_after_a_passphrase_the_old_one_is_asked_for(client, learner):
    client.post("/en/accounts/login/", {"login": "learner", "password": PASSPHRASE})
    client.post("/en/accounts/password/change/", {"password1": "three green boats at noon"})
    learner.refresh_from_db()
    assert learner.check_password(PASSPHRASE)


@pytest.mark.parametrize("path", [ASK, CONFIRM])
def test_without_a_mail_server_there_is_no_such_page(client, path, settings, db):
    settings.SENDS_MAIL = False
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_login_page_offers_it_only_with_a_mail_server(client, settings, db):
    assert ASK in client.get("/en/accounts/login/").content.decode()
    settings.SENDS_MAIL = False
    assert ASK not in client.get("/en/accounts/login/").content.decode()


def test_mail_is_sent_after_the_answer_and_a_failure_names_nobody(settings, caplog, monkeypatch):
    settings.MAIL_WAITS = False

    def fail(self):
        raise OSError(ADDRESS)

    monkeypatch.setattr(EmailMessage, "send", fail)
    mail_module.send_soon(EmailMessage("subject", "body", to=[ADDRESS]))
    mail_module.postman.submit(lambda: None).result()
    assert "could not be sent: OSError" in caplog.text
    assert ADDRESS not in caplog.text
