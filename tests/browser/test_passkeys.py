"""The whole passkey ceremony, with a device that Chromium plays."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.conftest import PASSPHRASE


@pytest.fixture
def phone(open_window, live_server):
    """A phone with a fingerprint reader; the address is one that browsers allow passkeys on."""
    window = open_window(viewport=PHONE)
    window.server = live_server.url.replace("127.0.0.1", "localhost")
    window.context.clear_cookies()
    devtools = window.context.new_cdp_session(window.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    window.device = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    window.devtools = devtools
    return window


def go(window, path):
    window.page.goto(window.server + path)
    window.page.wait_for_load_state()


def sign_in(window, name):
    go(window, "/en/accounts/login/")
    window.page.get_by_label("User name").fill(name)
    window.page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    with window.page.expect_navigation():
        window.page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(window):
    go(window, "/en/accounts/logout/")
    with window.page.expect_navigation():
        window.page.get_by_role("button", name="Sign out").click()


def add_passkey(window, name):
    go(window, "/en/accounts/passkeys/add/")
    window.page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    window.page.get_by_role("button", name="Go on").click()
    window.page.get_by_label("Name of this passkey").fill(name)
    window.page.get_by_role("button", name="Add a passkey").click()
    window.page.get_by_text("The passkey is added").wait_for()


def test_a_learner_adds_a_passkey_signs_in_with_it_and_removes_it(phone, learner):
    sign_in(phone, "learner")
    add_passkey(phone, "my phone")
    assert phone.page.get_by_text("my phone").first.is_visible()
    sign_out(phone)

    go(phone, "/en/accounts/login/?next=/en/kits/")
    phone.page.get_by_label("Yes, only I use it").check()
    phone.page.get_by_role("button", name="Sign in with a passkey").click()
    phone.page.wait_for_url(f"{phone.server}/en/kits/")
    cookie = next(cookie for cookie in phone.context.cookies() if cookie["name"] == "sessionid")
    assert cookie["expires"] > 0  # her own device: it stays

    go(phone, "/en/accounts/passkeys/")
    phone.page.get_by_role("link", name="Remove my phone").click()
    phone.page.get_by_role("link", name="Use a passkey").click()
    phone.page.get_by_role("button", name="Use a passkey").click()
    phone.page.get_by_role("button", name="Remove this passkey").click()
    phone.page.get_by_text("The passkey is removed").wait_for()
    assert not Authenticator.objects.exists()


def test_a_moderator_uses_a_passkey_as_her_second_step(phone, moderator):
    sign_in(phone, "moderator")
    assert phone.page.url.endswith("/2fa/totp/activate/") or "reauthenticate" in phone.page.url
    go(phone, "/en/accounts/passkeys/add/")
    if phone.page.get_by_role("button", name="Go on").count():
        phone.page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
        with phone.page.expect_navigation():
            phone.page.get_by_role("button", name="Go on").click()
    phone.page.get_by_label("Name of this passkey").fill("my phone")
    phone.page.get_by_role("button", name="Add a passkey").click()
    phone.page.get_by_role("heading", name="Codes for the second step").wait_for()
    sign_out(phone)

    sign_in(phone, "moderator")
    assert phone.page.url.endswith("/2fa/authenticate/")
    phone.page.get_by_role("button", name="Use a passkey").click()
    phone.page.wait_for_url(f"{phone.server}/en/my/")


def test_whoever_closes_the_dialogue_is_told_and_can_try_again(phone, learner):
    phone.devtools.send("WebAuthn.setUserVerified", {"authenticatorId": phone.device, "isUserVerified": False})
    go(phone, "/en/accounts/login/")
    button = phone.page.get_by_role("button", name="Sign in with a passkey")
    button.click()
    phone.page.get_by_text("No passkey was used").wait_for()
    expect(button).to_be_enabled()


def test_without_javascript_no_passkey_is_offered(open_window, db):
    window = open_window(java_script_enabled=False)
    window.go("/en/accounts/login/")
    assert not window.page.get_by_role("button", name="Sign in with a passkey").is_visible()
