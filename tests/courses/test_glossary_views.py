import re
from urllib.parse import urlencode

import pytest
from django.utils.translation import override

from courses.models import GlossaryTerm
from hub.lib.stamp import touch
from tests.bad_input.forms import NASTY

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms(db):
    rows = [
        ("cv", "CV", "Your work and study on two pages.", {"term_el": "βιογραφικό", "definition_el": "Δύο σελίδες."}),
        ("licence", "licence to practise", "A permission.\nYou ask a body for it.", {"term_el": "άδεια"}),
        ("peer", "peer", "Someone <like> you.", {}),
    ]
    for key, term, definition, more in rows:
        GlossaryTerm.objects.create(key=key, term_en=term, definition_en=definition, see=["cv", "gone"], **more)
    touch()


def text(response):
    return response.content.decode()


def shown(page):
    return re.findall(r'<div class="word" id="([a-z-]+)">', page)


def test_words_stand_under_letters_to_jump_to(terms, visitor):
    page = text(visitor.get("/en/glossary/"))
    assert shown(page) == ["cv", "licence", "peer"]
    assert re.findall(r'<li><a href="(#letter-\d)">(\w)</a>', page) == [
        ("#letter-1", "C"),
        ("#letter-2", "L"),
        ("#letter-3", "P"),
    ]
    assert "Someone &lt;like&gt; you." in page
    assert "A permission.<br>You ask a body for it." in page
    assert '<a href="#cv">CV</a>' in page
    assert "gone" not in page


def test_a_word_that_is_not_translated_stands_in_english_and_says_so(terms, visitor):
    page = text(visitor.get("/el/glossary/"))
    assert shown(page) == ["licence", "cv", "peer"]
    assert "<dt>άδεια</dt>" in page
    assert '<dd lang="en">A permission.' in page
    assert '<dt lang="en">peer</dt>' in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [("αδεια", ["licence"]), ("ΣΕΛΙΔΕΣ δύο", ["cv"]), ("permission", ["licence"]), ("xyz", []), ("", None)],
    ids=["accent", "two-words", "english", "none", "empty"],
)
def test_a_search_needs_no_accents_and_no_script(terms, visitor, asked, found):
    page = text(visitor.get("/el/glossary/", {"q": asked}))
    assert shown(page) == (["licence", "cv", "peer"] if found is None else found)
    assert ('<nav class="letters"' in page) == (found is None)


def test_a_search_too_long_is_said_in_words(terms, visitor):
    page = text(visitor.get("/en/glossary/", {"q": "a" * 101}))
    assert "This text is longer than 100 characters" in page
    assert shown(page) == ["cv", "licence", "peer"]


@pytest.mark.parametrize("name", NASTY)
def test_nothing_asked_for_breaks_the_page(terms, visitor, name):
    value = NASTY[name]
    query = urlencode({"q": value})
    response = visitor.get(f"/en/glossary/?{query}")
    assert response.status_code == 200
    assert "<script>alert" not in text(response)


def test_an_editors_change_is_there_at_once(terms, visitor, django_capture_on_commit_callbacks):
    visitor.get("/en/glossary/")
    with django_capture_on_commit_callbacks(execute=True):
        term = GlossaryTerm.objects.get(key="peer")
        term.term_en = "equal"
        term.save()
    assert "equal" in text(visitor.get("/en/glossary/"))


@pytest.mark.parametrize("count", [1, 3])
def test_one_statement_for_all_words_however_many(visitor, django_assert_num_queries, count):
    with override("en"):
        for number in range(count):
            GlossaryTerm.objects.create(key=f"word-{number}", term_en=f"w{number}", definition_en="x", see=["word-0"])
    visitor.get("/en/kits/")
    touch()
    with django_assert_num_queries(2):  # the terms; the settings of the hub, for header and footer
        visitor.get("/en/glossary/")
    with django_assert_num_queries(0):  # kept whole for visitors
        visitor.get("/en/glossary/")


def test_it_is_empty_in_words(visitor):
    assert "There are no words here yet." in text(visitor.get("/en/glossary/"))


def test_a_member_reads_it_for_two_statements(terms, learner_client, django_assert_num_queries):
    learner_client.get("/en/glossary/")
    with django_assert_num_queries(2):  # session, user
        learner_client.get("/en/glossary/?q=peer")
