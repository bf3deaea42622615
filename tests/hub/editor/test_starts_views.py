"""The page before Wagtail's empty form: for whom, what it takes, what it refuses."""

import pytest
from django.urls import reverse

from courses.models import KitIndexPage, KitPage, LessonPage, ModulePage
from hub.accounts.roles import ensure_roles


@pytest.fixture
def module(small_hub):
    ensure_roles()
    return ModulePage.objects.get(locale__language_code="en")


@pytest.fixture
def author(module, make_user, sign_in):
    return sign_in(make_user("author", "editor-en"))


def send(client, parent, name="lessonpage", **data):
    return client.post(reverse("editor_start", args=[name, parent.pk]), data)


def test_an_author_is_asked_how_to_begin_and_may_begin_empty(author, module):
    shown = author.get(reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", module.pk]))
    assert "The small kit › The module › Lesson one" in shown.content.decode()
    empty = author.get(reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", module.pk]) + "?empty")
    assert "Built like" not in empty.content.decode()


def test_a_lesson_and_a_kit_are_begun(author, module):
    like = LessonPage.objects.filter(locale=module.locale).first()
    made = send(author, module, title="Mine", like=like.pk)
    assert made.url == reverse("wagtailadmin_pages:edit", args=[LessonPage.objects.get(slug="mine").pk])
    index = KitIndexPage.objects.get(locale=module.locale)
    assert send(author, index, "kitpage", title="My kit", audience="learner").status_code == 302
    assert KitPage.objects.get(slug="my-kit").live is False


@pytest.mark.parametrize(
    "data",
    [{}, {"title": " "}, {"title": "w" * 201}, {"title": "Mine", "like": "999999"}, {"title": "Mine", "like": "x\0"}],
)
def test_what_is_missing_is_said_and_nothing_is_made(author, module, data):
    before = LessonPage.objects.count()
    response = send(author, module, **data)
    assert response.status_code == 422
    assert (data.get("title") or "").strip() in response.content.decode()
    assert LessonPage.objects.count() == before


def test_nobody_begins_where_she_may_not_add(author, module, make_user, sign_in):
    greek = sign_in(make_user("greek", "editor-el"))
    before = LessonPage.objects.count()
    assert send(greek, module, title="Mine").status_code in {302, 403}
    assert send(author, module, "kitpage", title="Mine", audience="learner").status_code in {302, 403}
    assert send(author, module, "homepage", title="Mine").status_code in {302, 404}
    assert LessonPage.objects.count() == before
