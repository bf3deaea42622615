"""My learning: her next step, her kits, what is new, the kits she asked for, left or has not begun."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from courses import actions, answers
from courses.models import Enrolment, KitPage, LessonPage
from courses.plans import add_goal, add_step
from courses.queries import kit_outline, kit_outlines
from hub.lib.stamp import touch
from tests.courses import small_kit


@pytest.fixture
def indexes(small_hub):
    return small_hub


@pytest.fixture
def kit(indexes):
    return kit_outline("en", "small")


def text(response):
    return response.content.decode()


def finish(user, kit):
    for lesson in kit.lessons:
        actions.mark_lesson(user=user, lesson_key=lesson.key, kit_key=kit.key, done=True)


def change(lesson, **fields):
    LessonPage.objects.filter(pk=lesson.pk).update(**fields)
    touch()


def last_here(user, moment):
    Enrolment.objects.filter(user=user).update(seen_at=moment, created_at=moment - timedelta(days=9))


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


def test_progress_is_told_in_lessons_and_modules(kit, learner, learner_client):
    actions.mark_lesson(user=learner, lesson_key=kit.lessons[0].key, kit_key=kit.key, done=True)
    page = text(learner_client.get("/en/my/"))
    assert "1 of 2 lessons done · module 1 of 1" in page


def test_a_finished_kit_says_so_and_leaves_the_first_place_to_one_that_goes_on(indexes, kit, learner, learner_client):
    small_kit.make_kit(indexes["en"], "more")
    touch()
    actions.enrol_learner(user=learner, kit_key=kit_outline("en", "more").key)
    finish(learner, kit)
    page = learner_client.get("/en/my/")
    assert page.context["first"].kit.slug == "more"
    assert "2 of 2 lessons done · Completed on" in text(page)


def test_a_kit_she_left_is_kept_and_may_be_taken_up_again(kit, learner, learner_client):
    finish(learner, kit)
    actions.leave_kit(user=learner, kit_key=kit.key, erase=False)
    page = text(learner_client.get("/en/my/"))
    assert "Kits you left" in page
    assert "Take this kit up again" in page
    assert "Your first kit is waiting" not in page


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("requested", "has not answered yet"),
        ("invited", "You are invited"),
        ("waiting", "number 1 on the waiting list"),
    ],
)
def test_a_kit_she_asked_for_says_where_she_stands(state, said, kit, learner, learner_client):
    Enrolment.objects.create(user=learner, kit_key=kit.key, state=state)
    page = text(learner_client.get("/en/my/"))
    assert said in page
    assert "<progress" not in page


def test_a_kit_that_is_not_in_this_language_leads_to_the_one_it_has(kit, learner, learner_client):
    actions.enrol_learner(user=learner, kit_key=kit.key)
    KitPage.objects.filter(locale__language_code="el").update(live=False)
    touch()
    page = text(learner_client.get("/el/my/"))
    assert f'href="{kit.lessons[0].url}"' in page
    assert 'lang="en">Lesson one' in page


def test_the_next_days_of_her_plan_are_shown(kit, learner, learner_client):
    goal = add_goal(user=learner, kit_key=kit.key, uid=uuid4(), text="A job")
    add_step(goal=goal, uid=uuid4(), text="Call the office", due_on=date(2999, 5, 3))
    page = text(learner_client.get("/en/my/"))
    assert "Call the office" in page
    assert "3 May 2999" in page


# What is new ---------------------------------------------------------------------------------------


@pytest.fixture
def away(kit, learner):
    """She was here last three days ago, with the first lesson done ten days ago."""
    actions.mark_lesson(user=learner, lesson_key=kit.lessons[0].key, kit_key=kit.key, done=True)
    learner.lesson_progress.update(done_at=timezone.now() - timedelta(days=10))
    last_here(learner, timezone.now() - timedelta(days=3))


def test_a_lesson_that_came_since_is_told_in_one_visit_and_not_in_the_next(away, kit, learner, learner_client):
    change(kit.lessons[1], first_published_at=timezone.now() - timedelta(days=1))
    for _ in range(2):
        assert "New since you were last here" in text(learner_client.get("/en/my/"))
    Enrolment.objects.update(seen_at=timezone.now() - timedelta(hours=5))
    assert "New since you were last here" not in text(learner_client.get("/en/my/"))


def test_a_changed_lesson_is_told_to_her_who_had_done_it(away, kit, learner_client):
    yesterday = timezone.localdate() - timedelta(days=1)
    for lesson in kit.lessons:
        change(lesson, renewed_on=yesterday)
    news = learner_client.get("/en/my/").context["news"]
    assert [(item.lesson.key, item.changed) for item in news] == [(kit.lessons[0].key, True)]


@pytest.mark.parametrize("days", [4, 20])
def test_older_news_are_not_told(days, away, kit, learner_client):
    moment = timezone.now() - timedelta(days=days)
    change(kit.lessons[0], renewed_on=moment.date())
    change(kit.lessons[1], first_published_at=moment)
    assert learner_client.get("/en/my/").context["news"] == []


def test_what_was_there_when_she_began_is_not_new(kit, learner, learner_client):
    change(kit.lessons[1], first_published_at=timezone.now() - timedelta(days=1))
    actions.enrol_learner(user=learner, kit_key=kit.key)
    assert learner_client.get("/en/my/").context["news"] == []


# The price -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 10])
def test_the_page_costs_the_same_with_one_kit_and_with_ten(
    count, indexes, learner, learner_client, django_assert_num_queries
):
    for number in range(count - 1):
        small_kit.make_kit(indexes["en"], f"more-{number}")
    touch()
    for kit in kit_outlines("en").values():
        actions.mark_lesson(user=learner, lesson_key=kit.lessons[0].key, kit_key=kit.key, done=True)
    learner_client.get("/en/my/")
    # session, user, enrolments, lessons done, next steps of her plan, circles
    with django_assert_num_queries(6):
        assert text(learner_client.get("/en/my/")).count("<progress") == count
    Enrolment.objects.update(seen_at=timezone.now() - timedelta(days=1))
    # the same, and once in a visit the note that she is here
    with django_assert_num_queries(7):
        learner_client.get("/en/my/")
