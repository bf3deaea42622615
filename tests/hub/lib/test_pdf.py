import threading
from concurrent.futures import ThreadPoolExecutor

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


@pytest.mark.skipif(not pdf.has_fonts(), reason="fonts-noto-core is not installed")
def test_fonts_are_found_once_a_thread_and_styles_are_read_once(monkeypatch):
    kept = threading.local()
    monkeypatch.setattr(pdf, "kept", kept)
    pdf.parsed.cache_clear()
    for words in ("<p>Words</p>", "<p>Szavak</p>"):
        assert pdf.pdf_of(words, "p { color: black }").startswith(b"%PDF")
    assert pdf.parsed.cache_info().misses == 1
    found = [pdf.known_fonts(), pdf.known_fonts()]
    with ThreadPoolExecutor(1) as other:
        found.append(other.submit(pdf.known_fonts).result())
    assert found[0] is found[1] is kept.fonts
    assert found[2] is not found[0]
