"""A term opens its meaning beside it; without a script its link leads to the list at the end of the lesson."""

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage
from tests.browser.conftest import PHONE

OPEN = ".word-note:popover-open"


@pytest.fixture
def lesson(loaded_hub):
    """The address of a lesson with several terms, none of them in a part that is folded."""
    return LessonPage.objects.get(locale__language_code="en", slug="is-my-profession-regulated").url


@pytest.mark.parametrize("size", [{}, {"viewport": PHONE}], ids=["desk", "phone"])
def test_by_keyboard_a_term_opens_and_gives_the_place_back(open_window, lesson, size):
    page = open_window(**size).page
    page.goto(lesson)
    page.wait_for_load_state("networkidle")
    term = page.locator("a.term").first
    meaning = page.locator(f"#means-{term.get_attribute('href').removeprefix('#word-')}").inner_text()
    term.focus()
    place = page.evaluate("scrollY")
    page.keyboard.press("Enter")
    note = page.locator(OPEN)
    assert meaning in note.inner_text()
    expect(page.locator("#word-note")).to_be_focused()
    expect(term).to_have_attribute("aria-expanded", "true")
    box, width = note.bounding_box(), page.evaluate("innerWidth")
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("Escape")
    expect(note).to_have_count(0)
    expect(term).to_have_attribute("aria-expanded", "false")
    expect(term).to_be_focused()
    assert abs(page.evaluate("scrollY") - place) < 5


def test_one_meaning_is_open_at_a_time_and_a_tap_elsewhere_closes_it(open_window, lesson):
    page = open_window().page
    page.goto(lesson)
    page.wait_for_load_state("networkidle")
    first, second = page.locator("a.term").nth(0), page.locator("a.term").nth(1)
    first.click()
    page.evaluate("document.querySelectorAll('a.term')[1].click()")
    expect(page.locator(OPEN)).to_have_count(1)
    expect(first).to_have_attribute("aria-expanded", "false")
    expect(second).to_have_attribute("aria-expanded", "true")
    page.locator(f"{OPEN} button").click()
    expect(page.locator(OPEN)).to_have_count(0)
    first.click()
    page.locator("h1").click(position={"x": 1, "y": 1})
    expect(page.locator(OPEN)).to_have_count(0)
    expect(first).to_have_attribute("aria-expanded", "false")


def test_without_a_script_a_term_leads_to_its_meaning(open_window, lesson):
    page = open_window(java_script_enabled=False).page
    page.goto(lesson)
    term = page.locator("a.term").first
    key = term.get_attribute("href")
    term.click()
    assert page.url.endswith(key)
    assert page.locator(key).is_visible()
