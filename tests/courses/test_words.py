"""Terms in the text of a lesson, and the list of them at its end."""

import re

import pytest
from django.utils.html import conditional_escape
from django.utils.translation import override
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail_localize.strings import StringValue

from courses.blocks import PROSE
from courses.models import GlossaryTerm
from courses.templatetags.prose_tags import prose
from courses.words import apart, html_with_words, keys_in, with_words
from hub.lib.stamp import touch
from hub.models import HomePage, InfoPage
from tests.courses.small_kit import QUESTION, block, key

pytestmark = pytest.mark.django_db
STATEMENTS = 6
TERM = '<a href="#word-{}">{}</a>'


@pytest.fixture
def terms(db):
    for term, greek in [("network", "δίκτυο"), ("peer", None), ("unused", None)]:
        GlossaryTerm.objects.create(key=term, term_en=term, definition_en=f"What {term} is.", term_el=greek)
    touch()


def text(response):
    return response.content.decode()


def write(lesson_page, *blocks):
    lesson_page.body = lesson_page.body.stream_block.to_python(list(blocks))
    lesson_page.save_revision().publish()
    touch()


def opening(*terms):
    return block("text", key("opening"), "<p>" + " ".join(TERM.format(t, t) for t in terms) + "</p>")


def test_a_term_leads_to_its_place_at_the_end_of_the_page():
    link = '<a class="term" href="#word-peer" aria-describedby="means-peer">x</a>'
    with override("sv"):
        assert prose('<p><a href="#word-peer">x</a></p>') == f"<p>{link}</p>"


def test_the_words_of_a_lesson_stand_at_its_end_once_in_their_order(lesson_page, terms, visitor):
    asked = {
        "prompt": "Which?",
        "several": False,
        "options": [],
        "explanation": f"<p>{TERM.format('network', 'x')}</p>",
    }
    write(lesson_page, opening("peer", "peer"), block("question", QUESTION, asked))
    page = text(visitor.get(lesson_page.url))
    assert re.findall(r'<dt id="word-([a-z]+)">', page) == ["peer", "network"]
    assert '<dd id="means-peer">What peer is.</dd>' in page
    assert "Words in this lesson" in page
    assert "unused" not in page
    assert page.index('<a class="term"') < page.index("data-word-list") < page.index('class="lesson-end"')


def test_a_lesson_without_terms_has_no_list(lesson_page, terms, visitor):
    write(lesson_page, block("text", key("opening"), "<p>Words.</p>"))
    assert "data-word-list" not in text(visitor.get(lesson_page.url))


def test_a_term_that_is_gone_is_text_again(lesson_page, terms, visitor):
    write(lesson_page, opening("peer", "gone"))
    page = text(visitor.get(lesson_page.url))
    assert "word-gone" not in page
    assert "</a> gone</p>" in page
    write(lesson_page, opening("gone"))
    assert "data-word-list" not in text(visitor.get(lesson_page.url))


def test_a_word_without_translation_is_marked_as_english(terms):
    with override("el"):
        html = with_words([("html", prose(TERM.format("network", "x") + TERM.format("peer", "y")))], "Words")[-1][1]
    assert '<dt id="word-network">δίκτυο</dt>' in html
    assert '<dt id="word-peer" lang="en">peer</dt>' in html
    assert '<dd id="means-network" lang="en">What network is.</dd>' in html


@pytest.mark.parametrize("count", [1, 3])
def test_terms_cost_a_lesson_no_statement(lesson_page, terms, learner_client, django_assert_num_queries, count):
    for number in range(count):
        GlossaryTerm.objects.create(key=f"word-{number}", term_en=f"w{number}", definition_en="x")
    write(lesson_page, block("text", key("opening"), "<p>Words.</p>"))
    learner_client.get(lesson_page.url)
    with django_assert_num_queries(STATEMENTS):  # as tests/courses/test_views.py names them
        learner_client.get(lesson_page.url)
    write(lesson_page, opening(*(f"word-{number}" for number in range(count))))
    learner_client.get(lesson_page.url)
    with django_assert_num_queries(STATEMENTS):  # as tests/courses/test_views.py names them
        assert text(learner_client.get(lesson_page.url)).count("<dt id=") == count


def test_an_information_page_has_its_words_too(indexes, terms, visitor):
    home = HomePage.objects.get(locale__language_code="en")
    page = home.add_child(instance=InfoPage(title="About", slug="about", locale=home.locale, body=[]))
    page.body = page.body.stream_block.to_python([opening("peer")])
    page.save_revision().publish()
    touch()
    shown = text(visitor.get("/en/about/"))
    assert "Words on this page" in shown
    assert '<dd id="means-peer">What peer is.</dd>' in shown


def test_markup_of_its_own_gets_its_words(terms):
    html = html_with_words(prose(TERM.format("peer", "x")))
    assert html.rstrip().endswith("</section>")
    assert conditional_escape(html) == html


def test_keys_are_found_wherever_they_stand():
    pieces = [("html", TERM.format("a", "x")), ("quiz", {"pool": [{"explanation": TERM.format("b", "y"), "n": 3}]})]
    assert keys_in(pieces) == ["a", "b"]


def test_lists_of_several_lessons_can_stand_on_one_page(terms):
    html = "".join(part for _kind, part in with_words([("html", prose(TERM.format("peer", "x")))], "Words"))
    shown = apart(html, "p1") + apart(html, "p2")
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids)) == 6
    for name in ('href="#', 'aria-describedby="', 'aria-labelledby="'):
        assert {found in ids for found in re.findall(f'{name}([^"]+)"', shown)} == {True}


def test_the_editor_keeps_a_term_that_it_is_given():
    """Wagtail's rich-text editor knows a link to a place on the page ("anchor link")."""
    converter = ContentstateConverter(PROSE)
    html = f'<p data-block-key="a1b2c">One {TERM.format("peer-to-peer", "peer")} of ours.</p>'
    assert converter.to_database_format(converter.from_database_format(html)) == html


def test_a_term_is_a_link_like_others_to_translators():
    string, attributes = StringValue.from_source_html(f"One {TERM.format('peer', 'peer')} of ours.")
    assert string.data == 'One <a id="a1">peer</a> of ours.'
    assert StringValue('Μία <a id="a1">ίση</a>.').render_html(attributes) == f"Μία {TERM.format('peer', 'ίση')}."
