"""Pages for paper: what is on them, what never is, and who may open them."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import PageViewRestriction

from courses.models import HandoutPage, KitPage, LessonPage, ModulePage
from hub.lib.stamp import touch
from tests.courses.small_kit import block, key

pytestmark = pytest.mark.django_db
PRINTS, SHEET, ALL = "/en/kits/small/print/", "/en/kits/small/print/agreement/", "/en/kits/small/print/all/"
MODULE = "/en/kits/small/small-module/print/"
BODY = [
    block("text", key("intro"), "<p>Read it aloud.</p>"),
    block("boxes", key("ticks"), {"title": "Before", "items": ["Quiet room", "Water"]}),
    block("lines", key("names"), {"label": "Our names", "help": "Aliases are fine", "rows": 4}),
    block("cards", key("cards"), {"title": "", "items": [{"title": "Ask", "text": "<p>What helps?</p>"}]}),
    block("accordion", key("more"), {"title": "", "items": [{"title": "More", "text": "<p>Inside.</p>"}]}),
    block(
        "table",
        key("table"),
        {"caption": "Attendance", "header": ["Name", "Session 1"], "rows": [{"cells": ["", ""]}]},
    ),
]
SESSION = {
    "title": "First session",
    "aim": "To begin.",
    "minutes": 15,
    "materials": [],
    "steps": [{"minutes": 15, "title": "Welcome", "text": "", "say": "Good to see you."}],
}


@pytest.fixture
def kit_page(indexes):
    return KitPage.objects.get(slug="small", locale__language_code="en")


@pytest.fixture
def sheet(kit_page):
    page = HandoutPage(title="Our agreement", slug="agreement", aim="For the wall.", body=BODY, locale=kit_page.locale)
    kit_page.add_child(instance=page)
    touch()
    return page


def get(visitor, path):
    response = visitor.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_sheet_has_lines_boxes_cards_and_empty_cells(sheet, visitor):
    page = get(visitor, SHEET)
    assert re.findall(r"<h1>(.*?)</h1>", page) == ["Our agreement"]
    assert page.count("<hr>") == 4
    assert '<li class="cut-card"><h2>Ask</h2><p>What helps?</p></li>' in page
    assert "<tr><td></td><td></td></tr>" in page
    assert "<details open>" in page
    assert "paper--across" not in page
    assert "CC BY-SA 4.0</p>" in page


def test_a_sheet_to_print_across_says_so(sheet, visitor):
    sheet.landscape = True
    sheet.save_revision().publish()
    touch()
    assert '<div class="wrap wrap--narrow paper--across"' in get(visitor, SHEET)


def test_the_list_names_sheets_session_plans_and_modules(sheet, visitor):
    lesson = LessonPage.objects.get(slug="small-two", locale=sheet.locale)
    lesson.body = [block("session", key("session"), SESSION)]
    lesson.save_revision().publish()
    touch()
    links = dict(re.findall(r'<li><a href="([^"]+)">([^<]+)</a><span class="meta">', get(visitor, PRINTS)))
    plan = f"/en/kits/small/print/plans/{key('session')}/"
    assert links == {SHEET: "Our agreement", plan: "First session", MODULE: "1. The module", ALL: "The whole kit"}
    page = get(visitor, plan)
    assert "Good to see you." in page
    assert "From lesson 1.2, Lesson two" in page


def test_the_kit_and_its_modules_lead_to_paper(sheet, visitor):
    assert f'href="{PRINTS}"' in get(visitor, "/en/kits/small/")
    assert f'href="{MODULE}"' in get(visitor, "/en/kits/small/small-module/")


@pytest.mark.parametrize("path", [MODULE, ALL])
def test_lessons_on_paper_have_lines_to_write_on_and_nothing_that_is_right(indexes, visitor, path):
    page = get(visitor, path).partition("<main")[2]
    assert [title.split()[-1] for title in re.findall(r'<h2 id="l-\d+">(.*?)</h2>', page)] == ["one", "two"]
    assert page.count("<hr>") == 2 * 4  # the reflection of each lesson
    assert page.count("<li>the right one</li>") == 2
    assert [words for words in ("Feedback on", "Because.", "<form", "<textarea", "checked") if words in page] == []


def test_lessons_on_paper_have_every_kind_of_question_and_no_answer(loaded_hub, visitor):
    page = get(visitor, "/en/kits/trainer/print/all/").partition("<main")[2]
    learner = get(visitor, "/en/kits/learner/print/all/").partition("<main")[2]
    for html in (page, learner):
        assert "<form" not in html
        assert "data-correct" not in html
    assert 'class="sheet-match"' in learner
    assert "Give each line its place: 1 is the first." in page


def test_pages_for_paper_cost_a_few_statements_once_and_none_after(
    sheet, visitor, learner, sign_in, django_assert_num_queries
):
    client = sign_in(learner)
    for path in (PRINTS, SHEET, MODULE, ALL):
        get(visitor, path)
        client.get(path)
        with django_assert_num_queries(0):
            get(visitor, path)
        with django_assert_num_queries(2):  # her session and her account
            get(client, path)


@pytest.mark.parametrize(
    "path",
    [
        "/en/kits/small/print/nothing/",
        "/en/kits/none/print/",
        "/en/kits/none/print/all/",
        "/en/kits/small/none/print/",
        f"/en/kits/small/print/plans/{key('none')}/",
        "/en/kits/small/agreement/",
        "/el/kits/small/print/agreement/",
        "/en/kits/small/print/agreement/more/",
    ],
)
def test_what_is_not_there_is_not_found(sheet, visitor, path):
    assert visitor.get(path).status_code == 404


def test_a_sheet_behind_a_restriction_is_left_to_wagtail(sheet, visitor, learner, sign_in):
    PageViewRestriction.objects.create(page=sheet, restriction_type=PageViewRestriction.LOGIN)
    touch()
    assert visitor.get(SHEET).status_code == 302
    assert "Read it aloud." in get(sign_in(learner), SHEET)
    assert "Our agreement" not in get(visitor, PRINTS)


def test_nothing_of_a_restricted_kit_goes_to_paper_for_all(sheet, kit_page, visitor):
    PageViewRestriction.objects.create(page=kit_page, restriction_type=PageViewRestriction.LOGIN)
    touch()
    assert [visitor.get(path).status_code for path in (PRINTS, ALL, MODULE)] == [404, 404, 404]
    assert visitor.get(SHEET).status_code == 302


def test_a_withdrawn_or_expired_sheet_is_gone(sheet, visitor):
    get(visitor, SHEET)
    HandoutPage.objects.filter(pk=sheet.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    touch()
    assert "Our agreement" not in get(visitor, PRINTS)
    sheet.refresh_from_db()
    sheet.unpublish()
    touch()
    assert visitor.get(SHEET).status_code == 404


def test_an_editor_sees_her_draft_in_the_preview(sheet, rf, learner):
    sheet.title, sheet.body = "A draft", [block("text", key("draft"), "<p>Not yet.</p>")]
    request = rf.get(SHEET)
    request.user, request.session = learner, {}
    html = sheet.make_preview_request(request).content.decode()
    assert "Not yet." in html
    assert "A draft" in html


def test_a_sheet_keeps_its_address_when_its_kit_is_renamed(sheet, kit_page, visitor):
    kit_page.slug = "renamed"
    kit_page.save()
    touch()
    sheet.refresh_from_db()
    assert sheet.url_path.endswith("/kits/renamed/print/agreement/")
    get(visitor, "/en/kits/renamed/print/agreement/")


def test_the_small_kit_has_no_sheets(indexes, visitor):
    page = get(visitor, PRINTS)
    assert "Sheets</h2>" not in page


@pytest.mark.parametrize(("model", "slug"), [(HandoutPage, "all"), (ModulePage, "print"), (LessonPage, "print")])
def test_an_address_of_the_hubs_own_cannot_be_taken(model, slug):
    with pytest.raises(ValidationError) as error:
        model(title="Mine", slug=slug, aim="To be there.").clean()
    assert list(error.value.message_dict) == ["slug"]
