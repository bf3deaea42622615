import pytest
from django.utils import translation
from django.utils.translation import gettext

from courses.english_left import mark_english
from courses.pieces import build_pieces
from courses.translation.desk import publish_page
from courses.translation.freshness import recount
from tests.hub.editor.translating import BEHIND, NEW, make_lessons, page, translation_of

MARK = '<span class="lang-mark" lang="en">in English</span> '


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>You wait.</p>", '<p lang="en">{}You wait.</p>'),
        ("<div><p>You <b>wait</b>.</p></div>", '<div lang="en">{}<p>You <b>wait</b>.</p></div>'),
        ("<li><b>Δύο</b> You wait.</li>", '<li><b>Δύο</b><span lang="en">{} You wait.</span></li>'),
        ("<ul><li>Δύο</li><li>\n You wait.</li></ul>", '<ul><li>Δύο</li><li lang="en">{}\n You wait.</li></ul>'),
        ("<label><input/> You wait.</label>", '<label lang="en">{}<input/> You wait.</label>'),
        ("<option>You wait.</option>", '<option lang="en">You wait.</option>'),
    ],
)
def test_a_mark_stands_on_what_is_english_and_nothing_else(html, marked):
    assert mark_english(html, ("You wait.",)) == marked.format(MARK)


@pytest.mark.parametrize("html", ["<p>Περιμένεις.</p>", "<p>You wait. Δύο.</p>", "<textarea>You wait.</textarea>"])
def test_what_is_not_english_alone_stays_as_it_is(html):
    assert mark_english(html, ("You wait.",)) == html
    assert mark_english(html, ()) == html


@pytest.mark.django_db
def test_a_page_published_with_open_parts_marks_its_english_and_keeps_the_older_text(settings):
    make_lessons()
    publish_page(translation=translation_of(), user=None)
    recount()
    with translation.override("el"):
        html = "".join(text for kind, text in build_pieces(page("one", "el")) if kind == "html")
        words = gettext("in English")
    assert f'<div lang="en"><span class="lang-mark" lang="el">{words}</span> <p>{NEW}</p></div>' in html
    assert "el With <b>one</b> word." in html
    assert html.count('lang="en"') == 1
    assert BEHIND not in html
