import pytest
from django.urls import reverse
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.models import TranslationState
from courses.translation import freshness
from courses.translation.stale import becomes_stale
from hub.accounts.roles import ensure_roles
from hub.editor.publishing import before_publish
from tests.courses.small_kit import key
from tests.hub.editor.translating import make_lessons, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def lessons(db):
    make_lessons()
    freshness.recount()
    ensure_roles()


@pytest.fixture
def author(lessons, make_user, sign_in):
    return sign_in(make_user("editor-en", "editor-en"))


def press_publish(client, lesson, **changed):
    """The page editor as she sends it."""
    fields = {"title": lesson.title, "slug": lesson.slug, "aim": lesson.aim, "minutes": 10, **changed}
    data = nested_form_data({**fields, "body": streamfield([("text", rich_text("<p>The bus leaves.</p>"))])})
    data |= {"action-publish": "on", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    return client.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), data)


def draft(lesson, **changed):
    for name, value in changed.items():
        setattr(lesson, name, value)
    return lesson.save_revision()


def confirm(lesson, revision):
    return reverse("editor_publish_english", args=[lesson.pk, revision.pk])


def test_what_becomes_stale_is_found_before_it_is_published(lessons, django_assert_max_num_queries):
    lesson = page("other")
    lesson.title, lesson.aim = "Lesson others", "You read."
    lesson.body = [("text", RichText("<p>Something new.</p>"))]
    with django_assert_max_num_queries(5):
        stale = becomes_stale(lesson)
    assert stale.languages == {"el": [1, 1]}
    assert set(stale.changes) == {("Lesson other", "Lesson others"), ("", "Something new.")}


def test_what_was_translated_already_becomes_not_stale(lessons):
    """The English goes back to what it said before: its translation is still there."""
    lesson = page("one")
    lesson.body[1].value["items"][0]["text"] = RichText("<p>With <b>one</b> word.</p>")
    assert becomes_stale(lesson).languages == {}


def test_pressing_publish_keeps_a_draft_and_asks(author):
    lesson = page("other")
    response = press_publish(author, lesson, title="Lesson others")
    lesson = page("other")
    assert response["Location"] == confirm(lesson, lesson.latest_revision)
    assert (lesson.title, lesson.latest_revision.as_object().title) == ("Lesson other", "Lesson others")
    shown = author.get(response["Location"])
    assert "<strong>Greek</strong>" in shown.text
    assert "1 part will be behind" in shown.text


def test_one_more_press_publishes_and_the_languages_are_behind(author, django_capture_on_commit_callbacks):
    lesson = page("other")
    address = confirm(lesson, draft(lesson, title="Lesson others"))
    with django_capture_on_commit_callbacks(execute=True):
        response = author.post(address)
    assert response["Location"] == reverse("wagtailadmin_explore", args=[lesson.get_parent().pk])
    assert page("other").title == "Lesson others"
    assert TranslationState.objects.get(key=key("other"), locale__language_code="el").behind == 1
    assert author.post(address).status_code == 302  # pressed twice
    assert page("other").revisions.count() == 1


def test_what_makes_nothing_stale_is_published_at_once(lessons):
    lesson = page("other")
    lesson.minutes = 12
    assert before_publish(None, lesson) is None
    lesson.title = "Lesson others"
    lesson.save_revision()
    assert before_publish(None, lesson).status_code == 302


def test_a_translated_page_is_not_asked_about_here(lessons, admin, sign_in):
    greek = page("other", "el")
    revision = draft(greek, title="Άλλο")
    assert sign_in(admin).get(confirm(greek, revision), follow=True).status_code == 404


def test_a_later_draft_is_looked_at_again(author):
    lesson = page("other")
    first = draft(lesson, title="Lesson others")
    draft(lesson, title="Lesson and others")
    response = author.post(confirm(lesson, first))
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert page("other").title == "Lesson other"


def test_only_who_may_publish_the_page_does(lessons, make_user, sign_in):
    lesson = page("other")
    address = confirm(lesson, draft(lesson, title="Lesson others"))
    greek = sign_in(make_user("editor-el", "editor-el"))
    assert greek.post(address).status_code in {302, 403}
    assert page("other").title == "Lesson other"


@pytest.mark.parametrize("numbers", [(0, 0), (10**17, 1), (1, 10**17)])
def test_what_does_not_exist_is_not_found(author, numbers):
    assert author.get(reverse("editor_publish_english", args=numbers), follow=True).status_code == 404


def test_a_draft_of_another_page_is_not_found(author):
    other = draft(page("other"), title="Lesson others")
    assert author.get(confirm(page("one"), other), follow=True).status_code == 404
