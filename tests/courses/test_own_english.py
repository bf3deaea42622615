"""Titles, aims, leads and outcomes that are still English say so wherever they are shown; what is translated does not."""

import pickle

import pytest
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext
from wagtail.models import Locale, Page
from wagtail_localize.models import TranslationSource

from courses.english_left import English, marked, own_english, tell_english
from courses.models import HandoutPage, KitPage, LessonPage
from courses.queries import build_outlines
from courses.translation.freshness import recount
from hub.lib.stamp import touch
from hub.models import CountryIndexPage, CountryPage, InfoPage
from hub.search import keeping
from tests.courses.small_kit import add, key

OUTCOME = "A plan of your own"
FACTS = "What you need & where."


@pytest.fixture
def word():
    with translation.override("el"):
        return gettext("in English")


@pytest.fixture
def greek(indexes):
    """Nothing of the kit has a translation that wagtail-localize knows; only the module's title is Greek all the same."""
    for index in indexes.values():
        kit = KitPage.objects.child_of(index).get()
        kit.outcomes = [{"type": "outcome", "id": str(key("outcome")), "value": OUTCOME}]
        kit.save_revision().publish()
        add(kit, HandoutPage, "small-sheet", title="A sheet", aim=FACTS, body=[("text", "<p>…</p>")])
    for lesson in LessonPage.objects.all():
        lesson.body = [("text", "<p>Opening words.</p>")]
        lesson.save()
    Page.objects.filter(slug="small-module", locale__language_code="el").update(title="Η ενότητα")
    count_texts()
    return indexes["el"]


def count_texts():
    for page in Page.objects.filter(locale__language_code="en", depth__gt=2).specific():
        TranslationSource.update_or_create_from_instance(page)
    recount()
    touch()


def said(text, word):
    return f'<span lang="en"><span class="lang-mark" lang="el">{word}</span> {escape(text)}</span>'


def test_an_outline_knows_what_of_it_is_english(greek):
    kit = build_outlines("el", public=True)[0]
    texts = [kit.title, kit.aim, kit.outcomes[0], kit.modules[0].title, kit.modules[0].lessons[0].title]
    assert [type(text) for text in texts] == [English, English, English, str, English]
    english = build_outlines("en", public=True)[0]
    assert {type(text) for text in (english.title, english.aim, *english.outcomes)} == {str}


def test_an_english_text_is_a_text_like_any_other_and_can_be_kept():
    text = English("A & b")
    assert (text, f"{text}", pickle.loads(pickle.dumps(text))) == ("A & b", "A & b", "A & b")
    assert type(pickle.loads(pickle.dumps(text))) is English
    with translation.override("en"):
        assert marked(text) == '<span lang="en"><span class="lang-mark" lang="en">in English</span> A &amp; b</span>'
        assert marked("A & b") == "A & b"


PLACES = [
    ("/el/kits/", ["The small kit", "The aim of it"]),
    ("/el/kits/small/", ["The small kit", "The aim of it", OUTCOME, "Lesson one"]),
    ("/el/kits/small/small-module/", ["The small kit", "Lesson one", "The aim of the module"]),
    ("/el/kits/small/small-module/small-one/", ["The small kit", "Lesson one", "Its aim", "Lesson two"]),
    ("/el/kits/small/print/", ["The small kit", "A sheet", FACTS]),
    ("/el/kits/small/print/small-sheet/", ["A sheet", FACTS]),
    ("/el/kits/small/print/all/", ["The small kit", "Its aim"]),
]


@pytest.mark.parametrize(("path", "texts"), PLACES)
def test_it_is_marked_and_said_on_every_page_of_a_kit(greek, visitor, word, path, texts):
    page = visitor.get(path).text
    assert [text for text in texts if said(text, word) not in page] == []
    assert said("Η ενότητα", word) not in page


@pytest.mark.parametrize("path", [path for path, _texts in PLACES])
def test_no_mark_stands_in_an_attribute_or_in_the_title_of_the_window(greek, visitor, path):
    page = visitor.get(path).text
    assert "&lt;span" not in page
    assert "lang-mark" not in page[: page.index("<body")]
    for name in ("aria-label", "title", "content"):
        assert f'{name}="<span' not in page


def test_the_english_pages_say_nothing(greek, visitor):
    for path, _texts in PLACES:
        assert "lang-mark" not in visitor.get(path.replace("/el/", "/en/")).text.partition("<main")[2], path


def test_it_is_said_on_my_learning(greek, learner_client, word):
    assert said("The small kit", word) in learner_client.get("/el/my/").text


def test_a_draft_says_it_too(greek, admin, sign_in, word):
    lesson = Page.objects.get(slug="small-one", locale__language_code="el").specific
    lesson.save_revision()
    assert said("Lesson one", word) in sign_in(admin).get(f"/editor/pages/{lesson.pk}/view_draft/").text


def test_information_and_countries_say_it_in_title_lead_and_rows(greek, visitor, word):
    for language in ("en", "el"):
        home = Page.objects.get(slug=f"home-{language}").specific
        add(home, InfoPage, "about", title="About us", lead="Who we are")
        index = add(home, CountryIndexPage, "countries", title="Where to ask", lead="Country by country")
        office = {"name": "The office", "does": "<p>It answers.</p>", "url": "", "verify": False}
        row = {"row": "help", "intro": "<p>Ask there first.</p>", "items": [office]}
        body = [{"type": "bodies", "id": str(key("row")), "value": row}]
        add(index, CountryPage, "greece", title="Greece", country="gr", body=body)
    count_texts()
    assert [said(text, word) in visitor.get("/el/about/").text for text in ("About us", "Who we are")] == [True, True]
    countries = visitor.get("/el/countries/").text
    assert [said(text, word) in countries for text in ("Where to ask", "Greece")] == [True, True]
    CountryPage.objects.update(reviewer="Her name", checked_on="2199-01-01")
    touch()
    country = visitor.get("/el/countries/greece/").text
    assert said("Greece", word) in country
    assert f'<span class="lang-mark" lang="el">{word}</span> <p>Ask there first.</p>' in country


def test_finding_them_costs_two_statements_one_where_all_is_translated_none_in_english(
    greek, django_assert_num_queries
):
    for count in (1, 3):
        pages = list(Page.objects.filter(locale__language_code="el", depth__gt=3)[:count])
        with django_assert_num_queries(2):  # which pages have open texts, and these texts
            tell_english(pages, "el")
    with django_assert_num_queries(1):
        assert own_english([key("nowhere")], "el") == {}
    with django_assert_num_queries(0):
        assert own_english([key("small")], "en") == {}


def test_a_translated_title_is_not_marked_when_it_is_counted_late(greek):
    """What counts is what readers see: a text that is missing, and that is the English one."""
    kit = KitPage.objects.get(locale=Locale.objects.get(language_code="el"))
    kit.title = "Το κιτ"
    assert type(tell_english([kit], "el")[0].title) is str


def test_results_of_a_search_are_marked(greek, word, visitor):
    keeping.sync_entries()
    page = visitor.get("/el/search/?q=lesson").content.decode()
    assert f">{said('Lesson one', word)}</a>" in page
    assert said("A sheet", word) in visitor.get("/el/search/?q=sheet").content.decode()
