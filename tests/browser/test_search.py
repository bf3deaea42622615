"""The box on every page, titles while she types, by keyboard and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE


def test_titles_are_offered_while_she_types_and_taken_by_keyboard(open_window):
    page = open_window(viewport=PHONE).page
    page.goto("/en/search/")
    field = page.locator("#id_q")
    field.press_sequentially("the interv")
    offered = page.locator("[role=option]")
    expect(offered.first).to_have_text("The interview")
    field.press("ArrowDown")
    expect(offered.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-0")
    field.press("Enter")
    expect(page).to_have_url(re.compile("/en/kits/learner/showing-it/the-interview/$"))


def test_escape_closes_what_is_offered_and_enter_searches(open_window):
    page = open_window().page
    page.goto("/el/search/")
    field = page.locator("#id_q")
    field.press_sequentially("συνεντ")
    expect(page.locator("[role=option]").first).to_be_visible()
    field.press("Escape")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    field.press("Enter")
    expect(page.locator(".found-line h2").first).to_have_text("Η συνέντευξη")


@pytest.mark.parametrize("script", [True, False])
def test_the_box_of_every_page_leads_to_the_results(open_window, script):
    page = open_window(viewport=PHONE, java_script_enabled=script).page
    page.goto("/sv/glossary/")
    page.locator("#site-q").fill("intervju")
    page.locator("#site-q").press("Enter")
    expect(page).to_have_url(re.compile(r"/sv/search/\?q=intervju$"))
    expect(page.locator(".found-line mark").first).to_be_visible()
