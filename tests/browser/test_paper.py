"""Sheets for paper as a browser prints them: A4, whole, without what belongs to the screen."""

import re

import pytest
from playwright.sync_api import expect

from courses.models import HandoutPage

PRINTS = "/en/kits/trainer/print/"
A4 = (595, 842)
HIDDEN = ".site-header, .site-footer, .crumbs, .sheet-tools"


def sheets():
    return HandoutPage.objects.live().filter(locale__language_code="en").order_by("path")


def sizes(pdf):
    """The size of each page of a PDF file, in points."""
    found = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in found]


def test_each_sheet_prints_on_a4_and_most_on_one_page(window):
    lengths = {}
    for sheet in sheets():
        window.go(f"{PRINTS}{sheet.slug}/")
        pages = sizes(window.page.pdf(prefer_css_page_size=True))
        assert set(pages) == {A4[::-1] if sheet.landscape else A4}, sheet.slug
        lengths[sheet.slug] = len(pages)
    assert max(lengths.values()) <= 2, lengths
    assert list(lengths.values()).count(1) >= 0.8 * len(lengths), lengths


def test_paper_shows_the_sheet_alone_in_black_on_white(open_window):
    window = open_window(color_scheme="dark")
    window.go(f"{PRINTS}coaching-cards/")
    window.page.emulate_media(media="print")
    for part in window.page.locator(HIDDEN).all():
        expect(part).to_be_hidden()
    expect(window.page.locator(".cut-card").first).to_be_visible()
    colours = "[getComputedStyle(document.body).color, getComputedStyle(document.documentElement).backgroundColor]"
    assert window.page.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("script", [True, False])
def test_a_button_prints_where_a_script_runs(open_window, script):
    window = open_window(java_script_enabled=script)
    window.go(PRINTS)
    window.page.get_by_role("link", name="Our agreement").click()
    button = window.page.get_by_role("button", name="Print")
    if not script:
        expect(button).to_be_hidden()
        return
    window.page.evaluate("window.print = () => { document.title = 'printed' }")
    button.click()
    expect(window.page).to_have_title("printed")
