"""The report Checks and the measures of a page, for those who may change it."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import LessonPage
from hub.accounts.roles import ensure_roles

REPORT = "/editor/checks/"


@pytest.fixture
def kit(small_hub):
    ensure_roles()
    return {lesson.locale.language_code: lesson for lesson in LessonPage.objects.filter(slug="small-one")}


@pytest.fixture
def author(kit, make_user, sign_in):
    return sign_in(make_user("author", "editor-en"))


@pytest.fixture
def greek(kit, make_user, sign_in):
    return sign_in(make_user("greek", "editor-el", language="el"))


def test_the_report_names_page_place_and_what_to_do(author, kit):
    page = kit["en"]
    odd = '<p>See <a href="/en/help/">here</a>. She is brave.</p>'
    page.body = [*page.body.get_prep_value(), {"type": "text", "id": "odd", "value": odd}]
    page.save_revision().publish()
    shown = author.get(REPORT, {"language": "en", "q": "lesson ONE"}).content.decode()
    assert f"/editor/pages/{page.pk}/edit/#block-odd-section" in shown
    assert "Text 2" in shown
    assert "We do not write “brave”" in shown
    only = author.get(REPORT, {"language": "en", "kind": "words"}).content.decode()
    assert "brave" in only
    assert "does not say where it leads" not in only


def test_a_draft_is_read_as_it_was_last_saved(author, kit):
    page = kit["en"]
    page.aim = "She is brave."
    page.save_revision()
    assert "brave" in author.get(REPORT, {"language": "en"}).content.decode()


def test_the_report_is_a_table_to_take_along(author, kit):
    response = author.get(REPORT, {"language": "en", "format": "csv"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        response.content.decode("utf-8-sig").splitlines()[0] == "About,Page,Where on the page,What to look at,Address"
    )


@pytest.mark.parametrize(
    "query", ["?language=xx", "?kind=nothing", f"?q={'w' * 500}", "?language=en&p=-5", "?language=en&p=%00"]
)
def test_an_odd_query_is_answered_in_words(author, query):
    assert author.get(REPORT + query).status_code in {200, 422}


def test_a_page_shows_its_measures_in_every_language(author, greek, kit):
    shown = author.get(reverse("editor_checks_page", args=[kit["en"].pk])).content.decode()
    assert "English" in shown
    assert "Greek" in shown
    assert greek.get(reverse("editor_checks_page", args=[kit["el"].pk])).status_code == 200
    assert greek.get(reverse("editor_checks_page", args=[kit["en"].pk])).status_code in {302, 403}


def test_what_is_not_saved_is_measured_and_not_written(author, greek, kit):
    page = kit["en"]
    sent = {"title": page.title, "aim": "She is brave."}
    shown = author.post(reverse("editor_checks_now", args=[page.pk]), sent).content.decode()
    assert "We do not write “brave”" in shown
    assert LessonPage.objects.get(pk=page.pk).aim == "Its aim"
    assert greek.post(reverse("editor_checks_now", args=[page.pk]), sent).status_code in {302, 403}
    assert author.get(reverse("editor_checks_now", args=[page.pk])).status_code == 405
    assert author.post(reverse("editor_checks_now", args=[987654]), sent).status_code in {
        302,
        404,
    }  # sought in a language first


def test_nonsense_in_the_body_of_what_is_not_saved_is_no_error_of_ours(author, kit):
    sent = {
        "body-count": "1",
        "body-0-type": "text",
        "body-0-value": "not json",
        "body-0-deleted": "",
        "body-0-order": "0",
    }
    for changed in ({}, {"body-count": "w"}, {"body-0-type": "nothing"}, {"body-0-value": "[" * 5_000}):
        response = author.post(reverse("editor_checks_now", args=[kit["en"].pk]), sent | changed)
        assert response.status_code in {200, 400}


def test_the_report_asks_no_more_for_more_pages(author, kit):
    def count():
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            author.get(REPORT, {"language": "en"})
        return len(queries)

    count()  # what Wagtail keeps
    two = count()
    module = kit["en"].get_parent()
    for number in range(3):
        module.add_child(instance=LessonPage(title=f"L{number}", slug=f"l{number}", aim="A", locale=module.locale))
    assert count() == two
