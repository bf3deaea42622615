"""The main ways through the hub, walked in a real browser from the first page to the last.

Steps are found by what a form does, not by its words, because they are walked in several languages.
"""

import re

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage
from forums.models import Post
from tests.browser.conftest import DESK, PHONE
from tests.conftest import PASSPHRASE
from tests.page_kinds import LESSON

pytestmark = pytest.mark.journey

QUESTION = "Ποια χαρτιά πήρες μαζί σου;"
ANSWER = "Jag tog med mig intygen."
WORDS = "Τρίτη και Παρασκευή, μετά τις επτά"


class Steps:
    """What a person does, whatever the language of the page."""

    def __init__(self, window, language):
        self.window, self.page, self.language = window, window.page, language

    def open(self, path):
        assert self.window.go(f"/{self.language}/{path}").status == 200

    def press(self, action, **having):
        """Press the main button of the form that posts to an address ending in `action`."""
        with self.page.expect_navigation():
            self.page.locator(f"form[action$='{action}']").locator("button:not([name=preview])").first.click()

    def sign_up(self, name):
        self.open("accounts/signup/")
        self.page.fill("input[name=username]", name)
        self.page.fill("input[name=password1]", PASSPHRASE)
        self.page.locator("main form button[type=submit]").last.click()
        expect(self.page.locator("ol.codes li")).to_have_count(10)
        self.press("/recovery-card/kept/")

    def sign_in(self, name, path=None):
        self.page.fill("input[name=login]", name)
        self.page.fill("input[name=password]", PASSPHRASE)
        with self.page.expect_navigation():
            self.page.locator("form:has(input[name=login]) button.button--primary").click()

    def enrol(self):
        self.open("kits/learner/")
        self.press("/enrol/")

    def check_yourself(self):
        """Try the first question until it is right; returns how many tries it took."""
        question = self.page.locator("section.question").first
        options = question.locator("input[name=choice]").count()
        for tries in range(1, options + 1):
            question.evaluate("part => part.querySelectorAll('.result-head').forEach(old => old.remove())")
            question.locator("input[name=choice]").nth(tries - 1).check()
            question.locator("form button").click()
            expect(question.locator("[role=status] .result-head")).to_be_visible()
            if question.locator(".result-head--right").count():
                return tries
        raise AssertionError("No option was right.")

    def reflect(self, words):
        part = self.page.locator("section.own:has(textarea)").first
        part.locator("textarea").fill(words)
        part.locator("input[value=screen]").check()
        part.locator("form button").first.click()
        return part

    def done(self):
        with self.page.expect_navigation():
            self.page.locator("button[name=done][value='1']").click()

    def join(self, alias):
        self.open("forums/learner/join/")
        self.page.fill("input[name=name]", alias)
        self.page.check("input[name=rules]")
        with self.page.expect_navigation():
            self.page.locator("main form button[type=submit]").first.click()

    def ask(self, title, text):
        self.open("forums/learner/new/")
        self.page.fill("input[name=title]", title)
        self.page.fill("textarea[name=body]", text)
        self.page.locator("form.post-form button.button--primary").click()
        self.page.wait_for_url(re.compile(r"/forums/learner/\d+/"))
        return re.search(r"forums/learner/\d+/", self.page.url).group()

    def reply(self, thread, text, language):
        self.open(thread)
        self.page.fill("textarea[name=body]", text)
        self.page.select_option("select[name=language]", language)
        self.page.locator("form.post-form button.button--primary").click()
        expect(self.page.locator(".post-body", has_text=text)).to_be_visible()


def steps(open_window, language, **options):
    return Steps(open_window(**options), language)


def test_a_woman_reads_in_greek_learns_and_asks_and_is_answered_in_swedish(open_window, moderator):
    her = steps(open_window, "el", viewport=PHONE, locale="el", has_touch=True)
    # The front door, without an account: what it is, then a whole lesson.
    her.window.go("/")
    expect(her.page).to_have_url(re.compile(r"/el/$"))
    her.page.locator("main a[href*='/kits/learner/']").first.click()
    expect(her.page.locator("h1")).to_be_visible()
    her.open(LESSON)
    expect(her.page.locator(".lesson-body")).to_be_visible()
    # An account with a user name alone; then her kit.
    her.sign_up("eleni-tests")
    her.enrol()
    her.open(LESSON)
    assert her.check_yourself() >= 1
    kept = her.reflect(WORDS)
    expect(kept.locator("[data-status]")).not_to_be_empty()
    her.done()
    her.open("my/")
    expect(her.page.locator("progress").first).to_have_attribute("value", "1")
    # She asks under an alias.
    her.join("Ερωδιός 27")
    thread = her.ask("Η πρώτη συζήτηση", QUESTION)
    assert "eleni-tests" not in her.page.locator("main").inner_text()
    # A moderator answers in Swedish.
    moderation = steps(open_window, "sv")
    moderation.window.sign_in(moderator)
    moderation.join("Lönn 31")
    moderation.reply(thread, ANSWER, "sv")
    # She switches to English: her place and her progress come along.
    her.open(thread)
    expect(her.page.locator(".post-body[lang=sv]", has_text=ANSWER)).to_be_visible()
    her.page.locator(".languages summary").click()
    her.page.locator(".languages a[lang=en]").click()
    expect(her.page).to_have_url(re.compile(f"/en/{thread}"))
    expect(her.page.locator(".post-body[lang=el]")).to_contain_text(QUESTION)
    her.language = "en"
    her.open("my/")
    expect(her.page.locator("progress").first).to_have_attribute("value", "1")
    her.open(LESSON)
    expect(her.page.locator("section.own textarea").first).to_have_value(WORDS)


def test_an_editor_changes_a_lesson_and_a_reader_sees_it_at_once(open_window, editor_en):
    reader = steps(open_window, "en")
    reader.open(LESSON)
    editor = steps(open_window, "en", viewport=DESK)
    lesson = LessonPage.objects.get(slug="your-kit-your-pace", locale__language_code="en")
    editor.window.go(f"/editor/pages/{lesson.pk}/edit/")
    expect(editor.page).to_have_url(re.compile("/accounts/login/"))
    editor.sign_in("editor-en")
    expect(editor.page).to_have_url(re.compile(f"/editor/pages/{lesson.pk}/edit/"))
    editor.page.fill("#id_title", "A pace of your own")
    editor.page.locator("button[name=action-publish]").first.evaluate("button => button.click()")
    editor.page.get_by_role("button", name="Publish now").click()  # after reading what becomes stale
    editor.page.wait_for_url(re.compile(r"/editor/pages/\d+/(edit/)?$"))
    expect(editor.page.locator(".messages .success")).to_be_visible()
    reader.open(LESSON)
    expect(reader.page.locator("h1")).to_have_text("A pace of your own")


def test_everything_works_without_javascript(open_window):
    her = steps(open_window, "en", java_script_enabled=False)
    her.open(LESSON)
    her.check_yourself()
    her.sign_up("plain-tests")
    her.enrol()
    her.open(LESSON)
    her.check_yourself()
    with her.page.expect_navigation():
        her.reflect("On the bus.")
    expect(her.page.locator("section.own textarea").first).to_have_value("On the bus.")
    her.done()
    her.join("Pebble 44")
    thread = her.ask("A question without scripts", "Does it **work**?")
    expect(her.page.locator(".post-body strong")).to_have_text("work")
    her.reply(thread, "It does.", "en")
    assert Post.objects.filter(thread_id=thread.split("/")[-2]).count() == 2


def tab_to(page, selector, limit=120):
    """Press Tab until the element that `selector` finds has the focus, and can be seen to have it."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            style = "getComputedStyle(document.activeElement)"
            assert page.evaluate(f"{style}.outlineStyle !== 'none' || {style}.boxShadow !== 'none'"), (
                "The focus is not seen."
            )
            return
    raise AssertionError(f"Tab never came to {selector}.")


def test_the_keyboard_alone_is_enough(open_window, learner):
    her = steps(open_window, "en")
    her.window.sign_in(learner)
    page = her.page
    her.open("kits/learner/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.skip')"), "The first stop is the way past the menus."
    page.keyboard.press("Enter")
    tab_to(page, "form[action$='/enrol/'] button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    her.open(LESSON)
    tab_to(page, "section.own textarea")
    page.keyboard.type("With the keyboard.")
    tab_to(page, "section.own form button")
    page.keyboard.press("Enter")
    expect(page.locator("section.own:has(textarea) [data-status]").first).not_to_be_empty()
    tab_to(page, "section.question input[name=choice]")
    page.keyboard.press("Space")
    tab_to(page, "section.question form button")
    page.keyboard.press("Enter")
    expect(page.locator("section.question .result-head").first).to_be_visible()
    tab_to(page, "button[name=done]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    her.open("my/")
    expect(page.locator("progress").first).to_have_attribute("value", "1")


def test_signing_out_leaves_nothing_and_leave_this_page_is_everywhere(open_window, learner):
    her = steps(open_window, "en")
    her.window.sign_in(learner, own_device=False)
    her.open("my/")
    expect(her.page.locator("a.leave")).to_have_attribute("href", re.compile("/leave/$"))
    her.open("accounts/logout/")
    her.press("/accounts/logout/")
    assert [cookie["name"] for cookie in her.window.context.cookies() if cookie["name"] == "sessionid"] == []
    her.page.go_back()
    her.page.go_back()
    her.page.wait_for_load_state()
    assert "My learning" not in her.page.locator("main").inner_text()
