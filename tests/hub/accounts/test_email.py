"""An e-mail address is her choice, and a mail tells nobody else what it is about."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ImproperlyConfigured

from hub.accounts.models import User
from hub.settings import smtp_settings

NEW = "three green boats at noon"


def link_in(mail):
    address = next(word for word in mail.body.split() if word.startswith("http"))
    return address.removeprefix("http://testserver")


@pytest.fixture
def addressed(learner):
    learner.email = "lina@example.org"
    learner.save()
    EmailAddress.objects.create(user=learner, email=learner.email, verified=True, primary=True)
    return learner


def test_address_is_kept_once_she_opens_the_link(learner_client, learner, mailoutbox):
    User.objects.update(language="en")
    learner_client.post("/en/accounts/email/", {"action_add": "", "email": "lina@example.org"})
    learner.refresh_from_db()
    assert learner.email == ""
    (mail,) = mailoutbox
    assert mail.subject == "Please confirm your address"
    assert "learner" not in mail.body
    assert learner_client.get(link_in(mail)).status_code == 200
    learner_client.post(link_in(mail))
    learner.refresh_from_db()
    assert learner.email == "lina@example.org"


def test_address_can_be_removed(addressed, sign_in):
    sign_in(addressed).post("/en/accounts/email/", {"action_remove": "", "email": "lina@example.org"})
    addressed.refresh_from_db()
    assert addressed.email == ""
    assert not EmailAddress.objects.exists()


def test_bad_address_is_refused_and_stays_in_the_field(learner_client):
    response = learner_client.post("/en/accounts/email/", {"action_add": "", "email": "not an address"})
    assert response.status_code == 422
    assert "not an address" in response.content.decode()


def test_foreign_address_cannot_be_removed(addressed, stranger, sign_in):
    sign_in(stranger).post("/en/accounts/email/", {"action_remove": "", "email": "lina@example.org"})
    assert EmailAddress.objects.filter(user=addressed).exists()


def test_known_and_unknown_addresses_get_the_same_answer(client, addressed, mailoutbox):
    known = client.post("/en/accounts/password/reset/", {"email": "lina@example.org"}, follow=True)
    unknown = client.post("/en/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content
    assert [mail.to for mail in mailoutbox] == [["lina@example.org"]]


def test_link_by_mail_sets_a_new_passphrase_once(client, addressed, mailoutbox):
    User.objects.update(language="en")
    client.post("/en/accounts/password/reset/", {"email": "lina@example.org"})
    (mail,) = mailoutbox
    assert mail.subject == "A link you asked for"
    assert "learner" not in mail.body
    page = client.get(link_in(mail), follow=True)
    address = page.redirect_chain[-1][0]
    assert client.post(address, {"password1": "short"}).status_code == 422
    response = client.post(address, {"password1": NEW}, follow=True)
    assert response.redirect_chain[-1][0] == "/en/accounts/login/"
    addressed.refresh_from_db()
    assert addressed.check_password(NEW)
    client.cookies.clear()
    assert "expired" in client.get(link_in(mail), follow=True).content.decode()


def test_address_of_another_account_is_not_told_apart(stranger, addressed, sign_in, mailoutbox):
    client = sign_in(stranger)
    taken = client.post("/en/accounts/email/", {"action_add": "", "email": "lina@example.org"})
    free = client.post("/en/accounts/email/", {"action_add": "", "email": "free@example.org"})
    assert taken.status_code == free.status_code == 302
    assert taken.headers["Location"] == free.headers["Location"]


def test_email_url_is_read():
    assert smtp_settings("smtp://me%40x.org:a%2Fb@mail.example:2525") == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example",
        "EMAIL_PORT": 2525,
        "EMAIL_HOST_USER": "me@x.org",
        "EMAIL_HOST_PASSWORD": "a/b",
        "EMAIL_USE_SSL": False,
        "EMAIL_USE_TLS": True,
    }
    assert smtp_settings("smtps://mail.example")["EMAIL_PORT"] == 465


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_bad_email_url_refuses_to_start(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL must look like"):
        smtp_settings(url)


def test_hub_without_a_mail_server_offers_no_link_by_mail(client, settings):
    at = "/en/accounts/login/"
    assert "/en/accounts/password/reset/" in client.get(at).text
    settings.SENDS_MAIL = False
    assert "/en/accounts/password/reset/" not in client.get(at).text
