"""Choosing a passphrase: hints while she types, and words to take."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE

SIGN_UP = "/en/accounts/signup/"


def test_hints_follow_what_she_types(open_window):
    window = open_window(viewport=PHONE)
    window.go(SIGN_UP)
    hints = window.page.locator("[data-hints]")
    expect(hints).to_be_hidden()
    window.page.get_by_label("User name").fill("lina")
    field = window.page.get_by_label("Passphrase", exact=True)
    field.fill("lina ab")
    expect(hints.locator("[data-fits=true]")).to_have_count(1)  # varied, but short, her name and two words
    field.fill("four quiet circles meet")
    expect(hints.locator("[data-fits=true]")).to_have_count(4)
    window.page.get_by_text("All hints are met").wait_for(state="attached")


def test_words_can_be_taken_and_changed_and_nothing_typed_leaves_the_page(open_window):
    window = open_window(viewport=PHONE)
    window.go(SIGN_UP)
    asked = []
    window.page.on("request", lambda request: asked.append(request.url))
    words = window.page.locator("[data-words]")
    first = words.inner_text()
    window.page.get_by_label("User name").fill("lina")
    window.page.get_by_role("link", name="Show other words").click()
    window.page.wait_for_function("first => document.querySelector('[data-words]').textContent !== first", arg=first)
    window.page.get_by_role("button", name="Use these words").click()
    field = window.page.get_by_label("Passphrase", exact=True)
    expect(field).to_have_value(words.inner_text())
    expect(field).to_have_attribute("type", "text")  # so that she can read and copy them
    assert window.page.get_by_label("User name").input_value() == "lina"
    paths = [re.sub(r"^https?://[^/]+", "", url) for url in asked]
    assert [path for path in paths if not path.startswith("/static/")] == ["/en/accounts/passphrases/"]


def test_without_javascript_other_words_open_beside_the_form(open_window):
    window = open_window(java_script_enabled=False)
    window.go(SIGN_UP)
    window.page.get_by_label("User name").fill("lina")
    with window.context.expect_page() as opened:
        window.page.get_by_role("link", name="Show other words").click()
    opened.value.wait_for_load_state()
    assert opened.value.locator("main code").count() == 5
    assert window.page.get_by_label("User name").input_value() == "lina"
