import csv
import io
import time
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, Workflow, WorkflowState
from wagtail_localize.models import StringTranslation

from courses.models import GlossaryTerm, LessonPage, TranslationState
from courses.translation import freshness
from hub.accounts.roles import ensure_roles
from hub.editor.freshness import Table
from tests.courses.small_kit import add, key
from tests.hub.editor.translating import make_lessons, page, translation_of

pytestmark = pytest.mark.django_db
TABLE = "/editor/freshness/"


@pytest.fixture
def lessons(db, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}  # nobody searches here
    make_lessons()
    Page.objects.get(depth=2, slug="home").delete()  # Wagtail's own welcome
    freshness.recount()
    ensure_roles()


@pytest.fixture
def greek(lessons, make_user, sign_in):
    """Translates into Greek, and publishes there."""
    return sign_in(make_user("editor-el", "editor-el"))


@pytest.fixture
def everything(lessons, coordinator, sign_in):
    """A coordinator, who keeps all languages."""
    return sign_in(coordinator)


def cells(language="el"):
    """{key: Cell} of every page."""
    return {row.key: row.cells[0] for row in Table([language]).rows}


def standing(name="one", language="el"):
    return cells(language)[key(name)].standing


def titles(response):
    return [row.title for row in response.context["rows"]]


def sort(client, by):
    return titles(client.get(TABLE, {"language": "el", "state": "", "sort": by}))


# How a page stands -----------------------------------------------------------------------------------


def test_a_page_is_behind_up_to_date_or_not_translated(lessons):
    assert (standing("one"), standing("other"), standing("home")) == ("behind", "fresh", "fresh")
    assert standing("one", "it") == "missing"
    behind = cells()[key("one")]
    assert (behind.behind, behind.missing, behind.numbers) == (1, 1, ["1 part behind", "1 part missing"])


def test_a_page_whose_english_is_a_draft_is_nothing_to_do(lessons):
    add(page().get_parent(), LessonPage, "new", title="New", aim="Aim", live=False)
    cell = cells()[key("new")]
    assert (cell.standing, cell.to_do, cell.url) == ("", False, "")


def test_a_page_that_was_never_published_in_the_language_is_not_published(lessons):
    page("other", "el").unpublish()
    assert standing("other") == "unpublished"


def test_a_draft_of_the_translation_is_not_published(lessons):
    page("other", "el").save_revision()
    assert standing("other") == "unpublished"


def test_texts_translated_since_the_page_was_published_wait_for_that(lessons):
    TranslationState.objects.filter(key=key("other")).update(last_at=timezone.now() + timedelta(minutes=1))
    assert standing("other") == "unpublished"


def test_a_page_whose_english_lost_a_paragraph_waits_to_be_published(lessons):
    lesson = page("other")
    lesson.body = []
    TranslationState.objects.filter(key=key("other")).update(changed_at=timezone.now() + timedelta(minutes=1))
    assert standing("other") == "unpublished"


def test_what_was_submitted_waits_for_review(lessons, admin):
    workflow = Workflow.objects.create(name="review")
    submitted = page("one", "el")
    submitted.save_revision()
    kinds = [ContentType.objects.get_for_model(model) for model in (LessonPage, Page)]
    WorkflowState.objects.create(
        content_type=kinds[0],
        base_content_type=kinds[1],
        object_id=submitted.pk,
        workflow=workflow,
        requested_by=admin,
    )
    assert standing("one") == "review"
    WorkflowState.objects.update(status=WorkflowState.STATUS_CANCELLED)
    assert standing("one") == "behind"


def test_a_page_taken_out_of_translation_is_judged_by_itself(lessons):
    translation = translation_of("one")
    translation.enabled = False
    translation.save()
    assert standing("one") == "fresh"
    assert cells()[key("one")].url == reverse("wagtailadmin_pages:edit", args=[page("one", "el").pk])


def test_one_press_leads_to_the_desk_of_the_page_or_to_the_form_that_begins_it(lessons):
    assert cells()[key("one")].url == reverse("editor_translate", args=[translation_of("one").pk])
    italian = Table(["it"]).rows[-1]
    assert italian.cells[0].url.startswith("/editor/localize/submit/page/")


# The page --------------------------------------------------------------------------------------------


def test_an_editor_of_one_language_sees_at_first_what_is_to_do_in_hers(greek):
    response = greek.get(TABLE)
    assert (titles(response), response.context["languages"]) == (["Lesson one"], [("el", "Ελληνικά")])
    assert "1 part behind" in response.text


def test_all_languages_begin_with_her_own(greek):
    response = greek.get(TABLE, {"language": "", "state": ""})
    assert [code for code, _name in response.context["languages"]] == ["el", "it", "hu", "sv"]
    assert titles(response) == ["Home en", "Lesson one", "Lesson other"]


def test_the_state_may_be_chosen(everything):
    found = {state: titles(everything.get(TABLE, {"language": "el", "state": state})) for state in ("behind", "fresh")}
    assert found == {"behind": ["Lesson one"], "fresh": ["Home en", "Lesson other"]}


def test_the_order_may_be_chosen(greek):
    page("other", "el").unpublish()
    TranslationState.objects.filter(key=key("one")).update(since=timezone.now() - timedelta(days=9))
    assert sort(greek, "page") == ["Home en", "Lesson one", "Lesson other"]
    assert sort(greek, "words") == ["Lesson one", "Home en", "Lesson other"]
    assert sort(greek, "since") == ["Lesson one", "Lesson other", "Home en"]


def test_a_choice_that_does_not_exist_is_named_and_counts_as_none(everything):
    odd = {"language": "xx", "kit": "no-kit", "state": "odd", "sort": "odd\0"}
    response = everything.get(TABLE, odd)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"language", "kit", "state", "sort"}
    assert titles(response) == ["Home en", "Lesson one", "Lesson other"]


def test_only_editors_see_it(lessons, learner, moderator, sign_in):
    for person in (learner, moderator):
        assert sign_in(person).get(TABLE).status_code in {302, 403}


def test_a_table_to_take_along_runs_no_formula(everything):
    lesson = page()
    lesson.draft_title = lesson.title = "=HYPERLINK(1)"
    lesson.save()
    response = everything.get(TABLE, {"language": "el", "format": "csv"})
    lines = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert [line["Page"] for line in lines] == ["Home en", "'=HYPERLINK(1)", "Lesson other"]
    assert (lines[1]["Parts behind"], lines[1]["Parts missing"], lines[1]["State"]) == (
        "1",
        "1",
        "Behind the English text",
    )


def test_entries_without_a_text_in_her_language_are_counted(greek):
    GlossaryTerm.objects.create(key="one", term_en="One", definition_en="A", term_el="Ένα", definition_el="Α")
    GlossaryTerm.objects.create(key="two", term_en="Two", definition_en="B", term_el="Δύο")
    others = {title: counts for title, _url, counts in greek.get(TABLE).context["others"]}
    assert others["Glossary"] == [(1, 2)]
    assert others["Words of the interface"][0][1] > 1000


def test_the_first_page_of_the_editor_says_what_waits(greek):
    html = greek.get("/editor/").text
    assert "What waits for a translation" in html
    assert reverse("editor_translate", args=[translation_of("one").pk]) in html


def test_an_author_finds_the_languages_beside_her_page(lessons, editor_en, sign_in):
    html = sign_in(editor_en).get(reverse("wagtailadmin_pages:edit", args=[page().pk])).text
    assert html.count('class="freshness-page"') == 1
    assert "Behind the English text" in html


def test_one_page_and_three_take_the_same_statements(lessons, django_assert_num_queries):
    Table(["el"])
    for only in (key("one"), None):
        with django_assert_num_queries(1):  # pages, states, translations and reviews in one union
            Table(["el", "it"], key=only)


def test_the_whole_hub_takes_twelve_statements_and_little_time(loaded_hub, admin, coordinator, sign_in):
    client = sign_in(coordinator)
    whole = {"language": "", "state": ""}
    client.get(TABLE, whole)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(TABLE, whole)
    assert len(titles(response)) >= 80
    assert len(queries) <= 12  # eleven are the frame around every page of the editor
    best = min(spent(lambda: client.get(TABLE, whole)) for _ in range(3))
    assert best < 0.3


def spent(act):
    start = time.process_time()
    act()
    return time.process_time() - start


def test_a_loaded_hub_is_up_to_date_in_every_language(loaded_hub):
    assert {cell.standing for row in Table(["it", "el", "hu", "sv"]).rows for cell in row.cells} == {"fresh"}


def test_deleting_or_moving_pages_is_followed(lessons):
    Page.objects.get(pk=page("one", "el").pk).delete()
    assert standing("one") == "missing"
    page("one").delete()
    assert key("one") not in cells()


def test_a_text_saved_by_somebody_names_her(lessons, admin, django_capture_on_commit_callbacks, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    row = StringTranslation.objects.filter(context__object_id=key("one"), locale=Locale.objects.get(language_code="el"))
    row = row.filter(translation_of__data="You wait.").get()
    with django_capture_on_commit_callbacks(execute=True):
        row.last_translated_by = admin
        row.save()
    assert cells()[key("one")].by == "admin"
