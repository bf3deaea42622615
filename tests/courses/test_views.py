"""The reader: what visitors and members are shown, by which way, at what price."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageViewRestriction  # noqa: F401

from courses import actions, answers, open_pages
from courses.models import Enrolment, KitPage, LessonPage, ModulePage
from courses.queries import build_outlines, kit_outline
from hub.lib.stamp import touch
from tests.courses import small_kit
from tests.courses.small_kit import FIRST, QUESTION, RIGHT, SECOND, SEVERAL, THIRD, WRONG, key


@pytest.fixture
def asked_wagtail(monkeypatch):
    """The paths that were left to Wagtail's serve view."""
    paths, serve = [], open_pages.serve
    monkeypatch.setattr(open_pages, "serve", lambda request, path: paths.append(path) or serve(request, path))
    return paths


def text(response):
    return response.content.decode()


# Ways ------------------------------------------------------------------------------------------------


def test_a_visitor_reads_a_lesson_without_a_form_that_writes(lesson, visitor, asked_wagtail):
    page = text(visitor.get(lesson.url))
    assert "Opening words." in page
    assert "Lesson one" in page
    assert 'method="post"' not in page
    assert "csrfmiddlewaretoken" not in page
    assert asked_wagtail == []


def test_the_index_of_kits_shows_a_member_how_far_she_is(kit, learner, learner_client, visitor):
    actions.mark_lesson(user=learner, lesson_key=kit.lessons[0].key, kit_key=kit.key, done=True)
    assert f"1 of {len(kit.lessons)} lessons done" in text(learner_client.get("/en/kits/"))
    assert "lessons done" not in text(visitor.get("/en/kits/"))


def test_a_lesson_reads_in_greek_under_the_same_slugs(indexes, visitor):
    page = text(visitor.get("/el/kits/small/small-module/small-one/"))
    assert '<html lang="el"' in page
    assert "Opening words." in page


def test_a_member_sees_the_ways_to_keep_her_words(lesson, learner_client):
    page = text(learner_client.get(lesson.url))
    assert "Only you can read this. You may also write it on paper, or just think it." in page
    assert page.count('method="post"') == 5  # reflection, checklist, two questions, done


@pytest.mark.parametrize("model", [KitPage, ModulePage, LessonPage])
def test_a_restriction_on_the_page_or_above_it_leaves_the_lesson_to_wagtail(model, lesson, visitor, asked_wagtail):
    page = model.objects.filter(locale__language_code="en").first()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    touch()
    response = visitor.get(lesson.url)
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]
    assert asked_wagtail == ["kits/small/small-module/small-one/"]


def test_a_reader_who_may_pass_a_restriction_gets_the_lesson_with_her_words(
    lesson, lesson_page, learner, sign_in, asked_wagtail
):
    PageViewRestriction.objects.create(page=lesson_page, restriction_type=PageViewRestriction.LOGIN)
    touch()
    client, address = sign_in(learner), f"/en/kits/record/lesson/{lesson.key}/{small_kit.REFLECTION}/answer/"
    assert client.post(address, {"text": "behind the door"}).status_code == 303
    page = text(client.get(lesson.url))
    assert "behind the door" in page
    assert asked_wagtail == ["kits/small/small-module/small-one/"]


@pytest.mark.parametrize("change", ["unpublished", "expired"])
def test_what_is_not_on_show_is_left_to_wagtail(change, lesson, lesson_page, visitor, asked_wagtail):
    assert visitor.get(lesson.url).status_code == 200
    if change == "unpublished":
        lesson_page.unpublish()
    else:
        LessonPage.objects.filter(pk=lesson_page.pk).update(live=False, expired=True)
    touch()
    assert visitor.get(lesson.url).status_code == 404
    assert asked_wagtail == ["kits/small/small-module/small-one/"]


def test_a_lesson_past_its_last_day_is_left_to_wagtail_before_any_clean_up(
    lesson, lesson_page, learner_client, asked_wagtail
):
    LessonPage.objects.filter(pk=lesson_page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    touch()
    learner_client.get(lesson.url)
    assert asked_wagtail == ["kits/small/small-module/small-one/"]


def test_an_unknown_kit_module_or_lesson_is_not_found(kit, visitor):
    for address in ("nothing/", "small/nothing/", "small/small-module/nothing/", "nothing/small-module/small-one/"):
        assert visitor.get(f"/en/kits/{address}").status_code == 404


def test_a_draft_shows_in_the_editors_preview_and_not_to_readers(lesson, lesson_page, visitor, admin, sign_in):
    lesson_page.title = "A better title"
    lesson_page.save_revision()
    assert "A better title" not in text(visitor.get(lesson.url))
    preview = sign_in(admin).get(f"/editor/pages/{lesson_page.pk}/view_draft/")
    assert "A better title" in text(preview)
    assert "Opening words." in text(preview)


def test_a_page_that_was_never_published_can_be_previewed(kit, admin, sign_in):
    module = ModulePage.objects.get(pk=kit.modules[0].pk)
    draft = small_kit.add(module, LessonPage, "draft", live=False, aim="Aim", body=small_kit.lesson_body())
    draft.save_revision()
    assert "Opening words." in text(sign_in(admin).get(f"/editor/pages/{draft.pk}/view_draft/"))


def test_a_publish_shows_at_once(lesson, lesson_page, learner_client, django_capture_on_commit_callbacks):
    assert "Lesson one" in text(learner_client.get(lesson.url))
    lesson_page.title = "Lesson one, better"
    with django_capture_on_commit_callbacks(execute=True):
        lesson_page.save_revision().publish()
    assert "Lesson one, better" in text(learner_client.get(lesson.url))


# Self-check --------------------------------------------------------------------------------------------


def test_neither_right_answers_nor_feedback_are_in_the_page_before_she_chose(lesson, visitor, learner_client):
    for client in (visitor, learner_client):
        page = text(client.get(lesson.url))
        assert "the right one" in page
        assert "Feedback on" not in page
        assert "Because." not in page
        assert "correct" not in page


def test_a_visitor_checks_an_answer_and_learns_only_about_what_she_chose(lesson, visitor):
    page = text(visitor.get(lesson.url, {"check": QUESTION, "choice": WRONG}))
    assert "Feedback on the wrong one" in page
    assert "Feedback on the right one" not in page
    assert "Because." not in page
    page = text(visitor.get(lesson.url, {"check": QUESTION, "choice": RIGHT}))
    assert "That is right." in page
    assert "Because." in page


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ([FIRST, SECOND], "That is right."),
        ([FIRST], "Partly right."),
        ([FIRST, SECOND, THIRD], "Partly right."),
        ([THIRD], "Not this one."),
    ],
)
def test_several_answers_are_right_only_together(chosen, said, lesson, visitor):
    assert said in text(visitor.get(lesson.url, {"check": SEVERAL, "choice": chosen}))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"check": QUESTION}, "Choose an answer first, then check it."),
        ({"check": QUESTION, "choice": [RIGHT, WRONG]}, "Choose one answer, then check it."),
    ],
)
def test_a_visitor_who_chose_wrongly_is_told_what_to_do(data, said, lesson, visitor):
    page = text(visitor.get(lesson.url, data))
    assert said in page
    assert "Feedback on" not in page


def test_a_check_of_something_else_shows_the_lesson_as_it_is(lesson, visitor):
    for check in ("nonsense", "\x00", str(small_kit.REFLECTION)):
        page = text(visitor.get(lesson.url, {"check": check, "choice": RIGHT}))
        assert "Opening words." in page
        assert "Feedback on" not in page


# Her place -----------------------------------------------------------------------------------------------


def test_her_place_and_marks_come_along_into_another_language(kit, learner, learner_client):
    actions.enrol_learner(user=learner, kit_key=kit.key)
    actions.mark_lesson(user=learner, lesson_key=kit.lessons[0].key, kit_key=kit.key, done=True)
    learner_client.get(kit.lessons[1].url)
    greek = kit_outline("el", "small")
    page = text(learner_client.get(greek.url))
    assert f'<a class="button button--primary" href="{greek.lessons[1].url}"' in page
    assert 'value="1" max="2"' in page
    assert Enrolment.objects.get(user=learner).last_lesson_key == kit.lessons[1].key


def test_reading_without_enrolment_leaves_no_trace(lesson, learner, learner_client):
    learner_client.get(lesson.url)
    assert not Enrolment.objects.filter(user=learner).exists()


# Price -------------------------------------------------------------------------------------------------------


def test_a_learners_lesson_costs_six_statements(kit, lesson, learner, learner_client, django_assert_num_queries):
    actions.enrol_learner(user=learner, kit_key=kit.key)
    for block in (small_kit.REFLECTION, small_kit.CHECKLIST):
        save_words(learner, kit, lesson, block)
    learner_client.get(lesson.url)
    # session, user, enrolment, done lessons, answers, newest threads
    with django_assert_num_queries(6):
        assert "my words" in text(learner_client.get(lesson.url))


def save_words(user, kit, lesson, block):
    body = {"text": "my words", "how": ""} if block == small_kit.REFLECTION else {"ticked": [small_kit.TICK_A]}
    answers.save_answer(
        user=user, kit_key=kit.key, lesson_key=lesson.key, block_id=block, client_id=key(f"client {block}"), body=body
    )


@pytest.mark.parametrize("lessons", [("one",), ("one", "two", "three")])
def test_a_kit_page_costs_the_same_with_one_lesson_and_with_three(
    lessons, indexes, learner, learner_client, django_assert_num_queries
):
    small_kit.make_kit(indexes["en"], f"kit-{len(lessons)}", lessons)
    touch()
    url = f"/en/kits/kit-{len(lessons)}/"
    learner_client.get(url)
    # session, user, enrolment, done lessons, newest threads
    with django_assert_num_queries(5):
        assert learner_client.get(url).status_code == 200


@pytest.mark.parametrize("lessons", [("one",), ("one", "two", "three")])
def test_an_outline_is_built_from_the_same_statements_whatever_its_size(lessons, indexes, django_assert_num_queries):
    small_kit.make_kit(indexes["en"], f"kit-{len(lessons)}", lessons)
    # kits, modules, lessons, languages of kits; restrictions before each; terms
    with django_assert_num_queries(9):
        assert len(build_outlines("en", public=True)) == 2


def test_a_page_for_everybody_is_built_once_per_stamp(lesson, visitor, django_assert_num_queries):
    visitor.get(lesson.url, {"a": "1"})
    with django_assert_num_queries(0):
        visitor.get(lesson.url, {"a": "2"})
    cache.clear()
    assert visitor.get(lesson.url, {"a": "3"}).status_code == 200
