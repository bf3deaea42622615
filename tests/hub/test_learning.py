"""My learning: her next step, her kits, the kits she left."""

from uuid import uuid4

import pytest

from courses import actions, answers
from courses.models import Enrolment, LessonPage
from courses.queries import kit_outline, kit_outlines
from hub.lib.stamp import touch
from tests.courses import small_kit


@pytest.fixture
def indexes(db):
    return small_kit.make_hub()


def text(response):
    return response.content.decode()


def test_a_visitor_is_sent_to_sign_in(indexes, visitor):
    response = visitor.get("/en/my/")
    assert response["Location"] == "/en/accounts/login/?next=/en/my/"


def test_who_has_begun_nothing_is_offered_the_kits(indexes, learner_client):
    page = text(learner_client.get("/en/my/"))
    assert "Your first kit is waiting" in page
    assert 'href="/en/kits/small/"' in page


def test_her_next_step_leads_to_the_part_she_was_at(indexes, learner, learner_client):
    kit = kit_outline("el", "small")
    lesson = kit.lessons[0]
    answers.save_answer(
        user=learner,
        kit_key=kit.key,
        lesson_key=lesson.key,
        block_id=small_kit.REFLECTION,
        client_id=uuid4(),
        body={"text": "x", "how": ""},
    )
    assert f'href="{lesson.url}#b-{small_kit.REFLECTION}"' in text(learner_client.get("/el/my/"))


def test_finished_and_left_kits_say_so(indexes, learner, learner_client):
    kit = kit_outline("en", "small")
    for lesson in kit.lessons:
        actions.mark_lesson(user=learner, lesson_key=lesson.key, kit_key=kit.key, done=True)
    page = text(learner_client.get("/en/my/"))
    assert "All lessons are marked as done" in page
    assert "2 of 2 lessons done" in page
    actions.leave_kit(user=learner, kit_key=kit.key, erase=False)
    assert "Kits you left" in text(learner_client.get("/en/my/"))


def test_a_lesson_that_came_later_is_told(indexes, learner, learner_client):
    kit = kit_outline("en", "small")
    actions.enrol_learner(user=learner, kit_key=kit.key)
    page = LessonPage.objects.get(pk=kit.lessons[1].pk)
    page.save_revision().publish()
    LessonPage.objects.filter(pk=page.pk).update(
        first_published_at=Enrolment.objects.get(user=learner).created_at.replace(year=2999)
    )
    touch()
    assert "New in your kits" in text(learner_client.get("/en/my/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_one_kit_and_with_three(
    count, indexes, learner, learner_client, django_assert_num_queries
):
    for number in range(count - 1):
        small_kit.make_kit(indexes["en"], f"more-{number}")
    touch()
    for kit in kit_outlines("en").values():
        actions.enrol_learner(user=learner, kit_key=kit.key)
    learner_client.get("/en/my/")
    # session, user, lessons done, enrolments
    with django_assert_num_queries(4):
        assert text(learner_client.get("/en/my/")).count("<progress") == count
