"""Her words between the field and the hub: no line, a lost reply, a closed browser, an ended session, a shared phone."""

import re
import time

import pytest
from django.conf import settings as hub_settings
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from courses.models import Answer
from hub.accounts.devices import account_on_device
from tests.browser.conftest import CHROMIUM, Window
from tests.conftest import PASSPHRASE
from tests.page_kinds import LESSON

WORDS = "Τρίτη και Παρασκευή, μετά τις επτά"
KEPT_HERE = """async () => {
  const found = (await indexedDB.databases()).map(({ name }) => name);
  if (!found.includes("hub-waiting")) return [];
  const db = await new Promise((resolve) => { indexedDB.open("hub-waiting").onsuccess = (event) => resolve(event.target.result); });
  const all = await new Promise((resolve) => {
    db.transaction("words").objectStore("words").getAll().onsuccess = (event) => resolve(event.target.result);
  });
  db.close();
  return all.map(({ account, fields }) => [account, fields.find(([name]) => name === "text")?.[1]]);
}"""


class Writer:
    """Somebody at the first reflection of a lesson."""

    def __init__(self, window, lesson=LESSON):
        self.window, self.page, self.context = window, window.page, window.context
        self.path = f"/en/{lesson}"

    def open(self):
        self.window.go(self.path)
        return self

    @property
    def part(self):
        return self.page.locator("section.own:has(textarea)").first

    @property
    def field(self):
        return self.part.locator("textarea")

    @property
    def status(self):
        return self.part.locator("[data-status]")

    def write(self, words):
        self.page.wait_for_selector("form[data-watched]")  # the script has come
        self.field.fill(words)

    def offline(self, on=True):
        self.context.set_offline(on)

    def kept_here(self):
        return self.page.evaluate(KEPT_HERE)

    def go(self, path):
        self.window.go(f"/en/{path}")

    def wait_for(self, check, seconds=15):
        """Not by sleeping: what the test does with her requests happens meanwhile."""
        watched = self.context.pages[0] if self.context.pages else self.context.new_page()
        for _ in range(seconds * 10):
            if check():
                return
            watched.wait_for_timeout(100)
        raise AssertionError("It did not happen in time.")


def texts(user, **where):
    return [row.body["text"] for row in Answer.objects.filter(user=user, **where).order_by("pk")]


@pytest.fixture
def her(open_window, learner):
    window = open_window()
    window.sign_in(learner)
    return Writer(window).open()


@pytest.fixture
def shared(open_window, learner):
    """The same on a phone that others use too."""
    window = open_window()
    window.sign_in(learner, own_device=False)
    return Writer(window).open()


@pytest.fixture
def reopened(loaded_hub, live_server, chromium, learner, tmp_path, sign_in):
    """`reopened()`: her own browser with its profile on the disk, as it is after being closed and opened again."""
    opened = []

    def open_browser():
        for context in opened:
            context.close()
        profile = str(tmp_path / "profile")
        kind = chromium.browser_type
        context = kind.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=["--no-sandbox"], base_url=live_server.url, locale="en"
        )
        if not opened:
            context.add_cookies([cookie])
        opened[:] = [context]
        window = Window.__new__(Window)
        window.server, window.complaints, window.context = live_server.url, [], context
        window.page = context.new_page()
        return Writer(window)

    client = sign_in(learner)
    session = client.session
    session["own_device"] = True
    session.set_expiry(3600)
    session.save()
    name = hub_settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": session.session_key, "url": live_server.url, "expires": time.time() + 3600}
    yield open_browser
    for context in opened:
        context.close()


def test_each_pause_saves_and_says_when(her, learner):
    her.write("On the bus")
    expect(her.status).to_have_text(re.compile(r"Saved at \d\d:\d\d"))
    assert texts(learner) == ["On the bus"]
    her.write("On the bus, at seven")
    her.wait_for(lambda: texts(learner, state="current") == ["On the bus, at seven"])
    her.wait_for(lambda: her.kept_here() == [])
    her.wait_for(lambda: her.page.evaluate("localStorage.getItem('waiting')") is None)


def test_words_without_a_line_wait_on_her_device_and_arrive_once(her, learner):
    her.offline()
    her.write(WORDS)
    expect(her.status).to_have_text("Waiting to send. Your words are kept on this phone or computer.")
    expect(her.part.locator("[data-send-now]")).to_be_visible()
    her.wait_for(lambda: her.kept_here() == [[account_on_device(learner), WORDS]])
    her.offline(False)
    expect(her.status).to_have_text(re.compile("Saved at"))
    expect(her.part.locator("[data-send-now]")).to_be_hidden()
    assert texts(learner) == [WORDS]
    her.wait_for(lambda: her.kept_here() == [])


def test_ten_minutes_without_a_line_lose_nothing(open_window, learner):
    window = open_window()
    window.sign_in(learner)
    window.page.clock.install()
    her = Writer(window).open()
    her.offline()
    for words in ("one", "one two", "one two three"):
        her.write(words)
        window.page.clock.fast_forward("03:20")
        expect(her.status).to_contain_text("Waiting to send.")
    her.offline(False)
    window.page.clock.fast_forward("01:01")
    expect(her.status).to_have_text(re.compile("Saved at"))
    her.wait_for(lambda: texts(learner, state="current") == ["one two three"])
    assert len(texts(learner)) == len(set(texts(learner)))


def test_send_now_sends_now(her, learner):
    her.page.route("**/answer/", lambda route: route.abort())
    her.write(WORDS)
    button = her.part.locator("[data-send-now]")
    expect(button).to_be_visible()
    her.page.unroute("**/answer/")
    button.click()
    expect(her.status).to_have_text(re.compile("Saved at"))
    assert texts(learner) == [WORDS]


def test_a_closed_browser_sends_from_any_page_when_it_is_opened_again(reopened, learner):
    her = reopened().open()
    her.offline()
    her.write(WORDS)
    expect(her.status).to_contain_text("Waiting to send")
    assert texts(learner) == []
    her = reopened()
    her.go("my/")
    her.wait_for(lambda: texts(learner) == [WORDS])
    her.wait_for(lambda: her.kept_here() == [])
    her.open()
    expect(her.field).to_have_value(WORDS)


def test_a_closed_browser_puts_her_words_back_into_the_field(reopened, learner):
    her = reopened().open()
    her.offline()
    her.write(WORDS)
    expect(her.status).to_contain_text("Waiting to send")
    her = reopened()
    her.page.route("**/answer/", lambda route: route.abort())
    her.open()
    expect(her.field).to_have_value(WORDS)
    her.page.unroute("**/answer/")
    her.field.fill(f"{WORDS} και")
    her.wait_for(lambda: texts(learner, state="current") == [f"{WORDS} και"])
    assert texts(learner, state="beside") == []


def test_a_reply_that_is_lost_doubles_nothing(her, learner):
    lost = []

    def lose_the_first(route):
        response = route.fetch()
        if lost:
            return route.fulfill(response=response)
        lost.append(response.status)
        return route.abort()

    her.page.route("**/answer/", lose_the_first)
    her.write("first")
    her.wait_for(lambda: lost == [200])
    her.field.fill("first and second")
    expect(her.status).to_have_text(re.compile("Saved at"))
    her.wait_for(lambda: texts(learner) == ["first", "first and second"])
    assert texts(learner, state="current") == ["first and second"]


def test_a_lost_reply_and_a_closed_browser_double_nothing(reopened, learner):
    her = reopened().open()
    her.page.route("**/answer/", lambda route: (route.fetch(), route.abort()))
    her.write(WORDS)
    her.wait_for(lambda: texts(learner) == [WORDS])
    her = reopened()
    her.go("my/")
    her.wait_for(lambda: her.kept_here() == [])
    assert texts(learner) == [WORDS]


def test_on_a_shared_phone_nothing_is_ever_kept(shared, learner):
    shared.offline()
    shared.write(WORDS)
    expect(shared.status).to_have_text("Waiting to send.")
    assert shared.page.evaluate("indexedDB.databases()") == []
    assert shared.page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []
    shared.offline(False)
    asked = []
    shared.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    shared.page.route("**/answer/", lambda route: route.abort())
    shared.field.press("End")
    shared.page.keyboard.type(" ...")
    other = shared.context.new_page()
    shared.page.close(run_before_unload=True)
    for _ in range(50):
        if not asked:
            other.wait_for_timeout(100)
    assert asked == ["beforeunload"]


def test_leaving_at_once_asks_nothing_and_sends_what_was_written(shared, learner):
    asked = []
    shared.page.on("dialog", lambda dialog: asked.append(dialog.type))
    shared.page.route("**/leave/", lambda route: route.fulfill(body="away", content_type="text/html"))
    shared.write(WORDS)
    shared.page.locator("[data-leave]").click()
    expect(shared.page.locator("body")).to_have_text("away")
    shared.wait_for(lambda: texts(learner) == [WORDS])
    assert asked == []


def test_another_account_neither_sees_nor_sends_her_words(her, learner, stranger):
    her.offline()
    her.write(WORDS)
    expect(her.status).to_contain_text("Waiting to send")
    her.window.sign_in(stranger)
    her.offline(False)
    expect(her.status).to_contain_text("You are signed out.")
    her.open()
    expect(her.field).to_have_value("")
    her.go("my/")
    her.page.wait_for_timeout(1500)
    assert not Answer.objects.exists()
    assert her.page.locator("[data-waiting-bar]").count() == 0
    her.window.sign_in(learner)
    her.go("my/")
    her.wait_for(lambda: texts(learner) == [WORDS])
    assert not Answer.objects.filter(user=stranger).exists()


def test_words_of_a_session_that_ended_go_out_after_signing_in(her, learner):
    Session.objects.all().delete()
    her.write(WORDS)
    expect(her.status).to_contain_text("Sign in to send them.")
    her.go("kits/")
    expect(her.page.locator("[data-waiting-bar]")).to_contain_text("Sign in to send them.")
    her.page.locator("[data-sign-in-link]").click()
    her.page.fill("input[name=login]", "learner")
    her.page.fill("input[name=password]", PASSPHRASE)
    her.page.check("input[name=own_device][value=yes]")
    with her.page.expect_navigation():
        her.page.locator("form:has(input[name=login]) button[type=submit]").last.click()
    her.wait_for(lambda: texts(learner) == [WORDS])


def test_signing_out_sends_first_and_then_wipes(her, learner):
    her.page.route("**/answer/", lambda route: route.abort())
    her.write(WORDS)
    expect(her.status).to_contain_text("Waiting to send")
    her.go("accounts/logout/")
    her.page.unroute("**/answer/")
    with her.page.expect_navigation():
        her.page.locator("form[data-sign-out] button").click()
    assert texts(learner) == [WORDS]
    assert her.page.evaluate("indexedDB.databases()") == []


def test_signing_out_with_words_that_cannot_be_sent_says_so_first(her, learner, monkeypatch):
    monkeypatch.setattr("courses.answer_views.allow", lambda key, **limit: False)
    her.write(WORDS)
    expect(her.status).to_contain_text("Waiting to send")
    her.go("accounts/logout/")
    expect(her.page.locator("[data-waiting-bar]")).to_contain_text("Words of yours wait")
    her.page.locator("form[data-sign-out] button").click()
    expect(her.page.locator("[data-waiting-bar]")).to_contain_text("If you sign out now, they are deleted")
    with her.page.expect_navigation():
        her.page.locator("form[data-sign-out] button").click()
    assert her.page.evaluate("indexedDB.databases()") == []
    assert not Answer.objects.exists()


def test_two_tabs_keep_and_show_both(her, learner):
    other = Writer(her.window)
    other.page = her.context.new_page()
    other.page.goto(her.path)
    her.write("in the first tab")
    her.wait_for(lambda: texts(learner) == ["in the first tab"])
    other.write("in the second tab")
    her.wait_for(lambda: sorted(texts(learner)) == ["in the first tab", "in the second tab"])
    expect(other.part.locator(".beside")).to_contain_text("in the first tab")
    expect(other.field).to_have_value("in the second tab")


def test_too_long_words_stay_in_the_field_and_are_not_sent_again(her, learner):
    tries = []
    her.page.on("request", lambda request: tries.append(1) if request.url.endswith("/answer/") else None)
    her.write("x" * 200_000)
    expect(her.status).to_contain_text("20000 characters")
    her.page.evaluate("window.dispatchEvent(new Event('online'))")
    her.page.wait_for_timeout(1000)
    assert len(tries) == 1
    her.open()
    expect(her.field).to_have_value("x" * 200_000)
    expect(her.status).to_contain_text("20000 characters")
    her.page.wait_for_timeout(1000)
    assert len(tries) == 1
    her.field.fill("short")
    her.wait_for(lambda: texts(learner) == ["short"])
    her.wait_for(lambda: her.kept_here() == [])


def test_deleting_takes_the_words_from_the_device_too(her, learner):
    her.write("kept")
    her.wait_for(lambda: texts(learner) == ["kept"])
    her.open()
    her.page.route("**/answer/", lambda route: route.abort())
    her.write("kept and more")
    expect(her.status).to_contain_text("Waiting to send")
    with her.page.expect_navigation():
        her.part.locator("[data-delete]").click()
    her.wait_for(lambda: her.kept_here() == [])
    expect(her.field).to_have_value("")
    her.page.wait_for_timeout(1000)
    assert texts(learner) == []


def test_an_older_version_is_brought_back_without_a_script(open_window, learner):
    window = open_window(java_script_enabled=False)
    window.sign_in(learner)
    her = Writer(window)
    for words in ("the first words", "other words"):
        window.go(her.path)
        her.field.fill(words)
        with her.page.expect_navigation():
            her.part.locator("form button").first.click()
    her.part.get_by_role("link", name="Older versions").click()
    expect(her.page.locator(".older")).to_contain_text("the first words")
    her.page.locator("form[action$='/restore/'] button").click()
    expect(her.field).to_have_value("the first words")
