from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.models import TranslationState
from courses.translation import freshness
from courses.translation.stale import becomes_stale
from hub.accounts.roles import ensure_roles
from hub.editor.publishing import before_publish, stale_pages
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


def press_publish(client, lesson, *, button=None, body=(("text", "<p>The bus leaves.</p>"),), **changed):
    """The page editor as she sends it."""
    fields = {"title": lesson.title, "slug": lesson.slug, "aim": lesson.aim, "minutes": 10, **changed}
    blocks = streamfield([(kind, rich_text(text)) for kind, text in body])
    data = nested_form_data({**fields, "body": blocks})
    data |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0} | (button or {"action-publish": "on"})
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


# At a time that was set --------------------------------------------------------------------------------------


def in_a_week():
    return (timezone.now() + timedelta(days=7)).replace(second=0, microsecond=0)


@pytest.fixture
def published(author):
    """The lesson as an author has published it once; the loader and the editor leave a page so."""
    page("other").save_revision().publish()
    return page("other")


def test_she_is_asked_when_she_schedules_and_not_again_when_it_goes_live(
    author, published, django_capture_on_commit_callbacks
):
    moment = timezone.localtime(in_a_week())
    response = press_publish(author, published, title="Lesson others", go_live_at=f"{moment:%Y-%m-%d %H:%M}")
    assert "It goes live on" in author.get(response["Location"]).text
    said = author.post(response["Location"], follow=True).text
    assert ("goes live on" in said, "is published" in said) == (True, False)
    revision = page("other").latest_revision
    assert (page("other").title, revision.approved_go_live_at) == ("Lesson other", moment)
    past = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("tidy")
    assert page("other").title == "Lesson others"


def test_what_is_scheduled_is_scheduled_once(author, published):
    address = confirm(published, draft(published, title="Lesson others", go_live_at=in_a_week()))
    author.post(address)
    author.post(address)
    assert PageLogEntry.objects.filter(page=published, action="wagtail.publish.schedule").count() == 1


# Several pages at once ---------------------------------------------------------------------------------------


def publish_ticked(client, *pages, **data):
    ids = "&".join(f"id={one.pk}" for one in pages)
    return client.post(f"/editor/bulk/wagtailcore/page/publish/?{ids}&next=/editor/", data)


def test_publishing_ticked_pages_says_what_becomes_stale_and_asks_once(author, django_capture_on_commit_callbacks):
    draft(page("other"), title="Lesson others")
    asked = publish_ticked(author, page("other"), page("one"))
    assert [stale["title"] for stale in asked.context["stale_pages"]] == ["Lesson others"]
    assert "1 part will be behind" in asked.text
    assert page("other").title == "Lesson other"
    with django_capture_on_commit_callbacks(execute=True):
        assert publish_ticked(author, page("other"), page("one"), sure="1").status_code == 302
    assert page("other").title == "Lesson others"


def test_ticked_pages_that_make_nothing_stale_are_published_at_once(author, django_capture_on_commit_callbacks):
    draft(page("other"), minutes=12)
    with django_capture_on_commit_callbacks(execute=True):
        assert publish_ticked(author, page("other")).status_code == 302
    assert page("other").minutes == 12


def test_asking_about_ticked_pages_costs_statements_for_each_draft_only(lessons, django_assert_num_queries):
    draft(page("other"), title="Lesson others")
    pages = [page("one"), page("other")]
    # 1 which are drafts; for the one that is: 5 its draft as an object, 1 its language, 4 becomes_stale
    for some in (pages[1:], pages):
        with django_assert_num_queries(11):
            assert len(stale_pages(some)) == 1


def test_english_and_translated_pages_ticked_together_are_asked_about_on_one_page(lessons, admin, sign_in):
    draft(page("other"), title="Lesson others")
    page("one", "el").save_revision()
    asked = publish_ticked(sign_in(admin), page("other"), page("one", "el"))
    assert (len(asked.context["halves"]), len(asked.context["stale_pages"])) == (1, 1)
