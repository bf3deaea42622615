"""A sixth language, from the right: its first lesson translated, published, and read on a small phone."""

import pytest

from courses.translation import new_language
from hub.accounts.roles import ensure_roles
from hub.lib.stamp import touch
from tests.arabic import add_arabic, forget_languages, translate
from tests.browser.conftest import DESK
from tests.browser.test_every_page import AXE, RUN_AXE_ON_THE_REST, SIDEWAYS, violations
from tests.settings import PREPARED

SLUGS = ["home", "help", "kits", "learner", "start-where-you-are", "your-kit-your-pace"]
LESSON = "/ar/kits/learner/start-where-you-are/your-kit-your-pace/"
SIDE = "node => getComputedStyle(node).direction + ' ' + (node.getBoundingClientRect().right > innerWidth / 2 ? 'right' : 'left')"


@pytest.fixture
def arabic(loaded_hub, settings, monkeypatch):
    """Only the way to the first lesson, because drafts of all 90 pages take twenty seconds."""
    add_arabic(settings)
    pages = new_language.english_pages().filter(slug__in=SLUGS)
    monkeypatch.setattr(new_language, "english_pages", lambda: pages)
    new_language.prepare_tree("ar")
    ensure_roles()
    for page in pages:
        translate(page)
    touch()
    yield
    forget_languages()


def test_the_first_lesson_reads_from_the_right(arabic, open_window):
    window = open_window(viewport={"width": 320, "height": 640}, locale="ar")
    window.go("/")
    page = window.page
    assert page.url.endswith("/ar/")
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        window.go(LESSON)
        assert page.evaluate("[document.documentElement.lang, document.dir]") == ["ar", "rtl"]
        assert page.evaluate(SIDEWAYS) is None
        assert page.locator("h1").inner_text() == "دورتك على إيقاعك"
        assert page.locator(".brand").evaluate(SIDE) == "rtl right"
        page.screenshot(path=PREPARED / f"arabic-{width}.png", full_page=True)
    page.evaluate(AXE.read_text())
    assert violations(page, RUN_AXE_ON_THE_REST) == []


def test_an_english_page_leads_to_arabic_and_back(arabic, open_window):
    window = open_window(viewport=DESK)
    window.go(LESSON.replace("/ar/", "/en/"))
    window.page.locator(".languages summary").click()
    window.page.get_by_role("link", name="العربية").click()
    window.page.wait_for_url(f"**{LESSON}")
    window.page.locator(".languages summary").click()
    window.page.get_by_role("link", name="English").click()
    window.page.wait_for_url("**/en/kits/**")
