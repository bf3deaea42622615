import pytest
from PIL import ImageFile

from hub.lib import pdf


def test_without_the_right_fonts_nothing_is_printed_and_the_message_says_what_to_install(monkeypatch):
    pdf.has_fonts.cache_clear()
    monkeypatch.setattr(pdf, "fonts", lambda pattern: [])
    with pytest.raises(pdf.NoPdf, match="fonts-noto-core"):
        pdf.pdf_of("<p>Words</p>", "")
    pdf.has_fonts.cache_clear()


def test_a_pdf_of_the_hub_fetches_nothing():
    with pytest.raises(ValueError, match="fetches nothing"):
        pdf.fetch_nothing("https://example.org/picture.png")


def test_letters_that_no_font_has_are_found_and_latin_ones_are_not_asked_for(monkeypatch):
    pdf.in_a_font.cache_clear()
    monkeypatch.setattr(pdf, "fonts", lambda pattern: [])
    assert pdf.unprintable("Zőra Őrsi \u9999\u9999") == ["\u9999"]
    monkeypatch.setattr(pdf, "fonts", lambda pattern: None)
    pdf.in_a_font.cache_clear()
    assert pdf.unprintable("\u9999") == []
    pdf.in_a_font.cache_clear()


def test_pictures_that_are_cut_off_stay_refused_beside_weasyprint():
    pdf.weasyprint.cache_clear()
    pdf.weasyprint()
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
