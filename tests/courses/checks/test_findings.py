"""Each kind of finding, made once and taken away once."""

import pytest
from django.conf import settings
from wagtail.models import Locale

from courses.checks.findings import findings
from courses.checks.links import Known
from courses.checks.measures import measure
from courses.checks.texts import pieces
from courses.models import LessonPage
from courses.translation.ids import page_key
from courses.translation.style import reading_text
from courses.translation.tree import read_texts
from hub.lib.prose import words

THERE = Known(live=frozenset({1}), pages=frozenset({1, 2}), documents=frozenset({7}), terms=frozenset({"contract"}))
KEEP = ("key_idea", "<p>Keep this.</p>")


def lesson(*blocks, language="en", **fields):
    body = [{"type": kind, "id": f"b{place}", "value": value} for place, (kind, value) in enumerate(blocks)]
    page = LessonPage(title="One", slug="one", **{"aim": "To see", "body": body} | fields)
    page.locale = Locale(language_code=language)
    return page


def said(*blocks, kinds, **fields):
    return [(f.block, f.message) for f in findings(lesson(*blocks, **fields), THERE) if f.kind in kinds]


def link(attributes, words="the page"):
    return ("text", f"<p>See <a {attributes}>{words}</a>.</p>")


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ('linktype="page" id="1"', None),
        ('linktype="page" id="2"', "a page that readers cannot see yet"),
        ('linktype="page" id="9"', "a page that was deleted"),
        ('linktype="page" id="' + "9" * 40 + '"', "a page that was deleted"),
        ('linktype="document" id="7"', None),
        ('linktype="document" id="8"', "a file that was deleted"),
        ('href="#word-contract"', None),
        ('href="#word-gone"', "no word with the id “gone”"),
        ('href="https://europass.europa.eu/en"', None),
        ('href="https://example.net/"', "example.net is not on the list"),
        ('href="https://nonsense"', "no address that a browser can open"),
        ('href="https://[broken"', "no address that a browser can open"),
        ('href="mailto:someone@example.org"', None),
        ('href="mailto:someone"', "no address that a browser can open"),
        ('href="tel:+39-1522"', None),
        ('href="htps:/example"', "no address that a browser can open"),
        ('href="/en/help/"', None),
    ],
)
def test_links_that_lead_nowhere_are_found(attributes, message):
    found = said(link(attributes), kinds={"links"})
    assert [block for block, _text in found] == (["b0"] if message else [])
    assert message is None or message in found[0][1]


@pytest.mark.parametrize(
    ("words", "language", "count"),
    [
        ("here", "en", 1),
        ("Click here…", "en", 1),
        ("clicca qui", "it", 1),
        ("qui", "en", 0),
        ("", "en", 1),
        ("https://x.org", "en", 1),
        ("the help page", "en", 0),
    ],
)
def test_links_need_words_that_say_where_they_lead(words, language, count):
    assert len(said(link('href="/en/help/"', words), kinds={"link-words"}, language=language)) == count


@pytest.mark.parametrize(
    ("alt", "caption", "said_of_it"),
    [
        ("Two women at a desk", "At work", None),
        ("IMG_2031", "", "the name of a file"),
        ("desk-final.jpg", "", "the name of a file"),
        ("At work", "At work", "the words of its caption"),
        ("long " * 60, "", "in 300 characters"),
    ],
)
def test_a_picture_is_described_in_words_of_its_own(alt, caption, said_of_it):
    found = said(("image", {"image": 1, "alt": alt, "caption": caption, "credit": ""}), kinds={"pictures"})
    assert len(found) == (said_of_it is not None)
    assert said_of_it is None or said_of_it in found[0][1]


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<h3>One</h3><h4>Two</h4><p>Text.</p>", 0),
        ("<h4>Two</h4><p>Text.</p>", 1),
        ("<h3> </h3><p>Text.</p>", 1),
        ("<p><b>A heading in disguise</b></p>", 1),
        ("<p><b>One</b> word and <b>another</b></p>", 0),
        ("<p>NASA and the OECD</p>", 0),
        ("<p>PLEASE READ THIS carefully</p>", 1),
    ],
)
def test_headings_are_headings_and_in_order(html, count):
    assert len(said(("text", html), kinds={"headings"})) == count


def test_words_we_do_not_use_are_found_in_each_language_and_kit():
    text = ("text", "<p>She is brave, despite all. L’integrazione.</p>")
    assert len(said(text, kinds={"words"})) == 2
    assert len(said(text, kinds={"words"}, language="it")) == 1
    assert [f.kind for f in findings(lesson(text), THERE, audience="trainer") if f.kind == "words"] == ["words"]


def test_a_lesson_has_its_parts_its_length_and_four_words_of_the_glossary():
    terms = "".join(f'<a href="#word-t{n}">{n}</a> ' for n in range(5))
    found = said(("key_idea", f"<p>{terms}</p>"), kinds={"parts", "length", "terms"})
    assert [text.split()[0] for _block, text in found] == ["There", "A", "A", "A", "5"]
    question = ("question", {"prompt": "Which?", "options": [], "explanation": ""})
    reflection = ("reflection", {"title": "Mine", "prompt": "When?"})
    whole = [("text", "<p>" + "It is so. " * 170 + "</p>"), reflection, question, KEEP]
    assert said(*whole, kinds={"parts", "length", "terms"}) == []
    assert said(("text", "<p>Testo.</p>"), kinds={"parts", "length"}, language="it") == []


def test_captions_of_a_film_are_read(db, monkeypatch):
    monkeypatch.setattr("courses.checks.findings.film_numbers", lambda numbers: {4} & set(numbers))
    film = {"file": 4, "title": "A film", "captions": "", "transcript": "<p>All.</p>"}
    assert said(("media", film), kinds={"captions"}) == [("b0", "A film has no captions.")]
    assert (
        "SRT"
        in said(("media", film | {"captions": "WEBVTT\n\n00:01,000 --> 00:02,000\nYes."}), kinds={"captions"})[0][1]
    )
    assert said(("media", film | {"file": 5}), kinds={"captions"}) == []


def test_only_what_is_read_is_measured():
    asked = ("reflection", {"title": "Mine", "prompt": "When is it that you want to begin?"})
    steps = (
        "steps",
        {"title": "How", "items": [{"type": "item", "id": "i", "value": {"title": "Go", "text": "<p>Now.</p>"}}]},
    )
    measured = measure(lesson(("text", "<p>The bus leaves.</p><p>You sit.</p>"), asked, steps))
    assert measured.words == 8
    assert measured.minutes == 1
    assert measured.level == 2
    assert measure(lesson(asked)) == (0, 0, 0, "")


@pytest.mark.django_db
def test_a_loaded_lesson_counts_as_its_text_file_does(loaded_hub):
    document = next(d for d in read_texts(settings.BASE_DIR).documents.values() if d.type == "lesson")
    page = LessonPage.objects.get(translation_key=page_key(document.id), locale__language_code="en")
    assert measure(page).words == len(words(reading_text(document)))
    assert any(piece.is_rich for piece in pieces(page))
