"""My booklet: her pages in the order of the kit, changed in place, printed, emptied."""

from uuid import uuid4

import pytest
from django.utils import timezone

from courses.answers import save_answer
from courses.models import Answer, CalendarFeed, Completion, Goal, LessonPage, LessonProgress
from courses.plans import add_goal
from courses.queries import kit_outline
from hub.lib.stamp import touch
from tests.courses import small_kit
from tests.courses.small_kit import CHECKLIST, QUESTION, REFLECTION, RIGHT, TICK_A, block, key

BOOKLET = "/en/my/booklet/small/"
OTHER = key("other")


def text(response):
    return response.content.decode()


@pytest.fixture
def write(kit, learner):
    """`write({"text": "words"}, block, lesson=0)`: what she keeps in a lesson of the small kit."""

    def make(body, block_id=REFLECTION, *, lesson=0, user=learner, kind="reflection"):
        return save_answer(
            user=user,
            kit_key=kit.key,
            lesson_key=kit.lessons[lesson].key,
            block_id=block_id,
            client_id=uuid4(),
            body=body,
            kind=kind,
        )

    return make


@pytest.fixture
def second_lesson(kit):
    """The second lesson with pages of its own: one that pulls B1, and one for the plan."""
    page = LessonPage.objects.get(pk=kit.lessons[1].pk)
    page.body = [
        block("reflection", OTHER, {"title": "Later", "prompt": "And now?", "booklet": "B2", "pulls": "B1", "rows": 7}),
        block("reflection", key("plan"), {"title": "First plan", "prompt": "One goal?", "booklet": "P1", "rows": 3}),
    ]
    page.save()
    first = LessonPage.objects.get(pk=kit.lessons[0].pk)
    data = first.body.get_prep_value()
    data[1]["value"]["booklet"] = data[2]["value"]["booklet"] = "B1"
    first.body = data
    first.save()
    touch()
    return kit_outline("en", "small").lessons[1]


# Reading -------------------------------------------------------------------------------------------


def test_a_visitor_is_sent_to_sign_in(kit, visitor):
    assert visitor.get(BOOKLET)["Location"] == f"/en/accounts/login/?next={BOOKLET}"


def test_before_anything_is_written_it_says_how_it_fills(kit, learner_client):
    page = text(learner_client.get(BOOKLET))
    assert "Nothing is written yet" in page
    assert "2 pages are not written yet" not in page.split("Nothing is written yet")[0]


def test_her_words_stand_in_the_order_of_the_kit(second_lesson, write, learner_client):
    write({"text": "later words", "how": ""}, OTHER, lesson=1)
    write({"ticked": [TICK_A]}, CHECKLIST, kind="checklist")
    write({"text": "first words", "how": "screen"})
    page = text(learner_client.get(BOOKLET))
    places = [
        page.index(words) for words in ("1. The module", "1.1 Lesson one", ">first words<", "Water", ">later words<")
    ]
    assert places == sorted(places)
    assert "1 page is not written yet" in page


def test_a_trainers_kit_has_a_circle_file(indexes, learner_client):
    small_kit.make_kit(indexes["en"], "held")
    indexes["en"].get_children().get(slug="held").specific.__class__.objects.filter(slug="held").update(
        audience="trainer"
    )
    touch()
    assert "<h1>My circle file</h1>" in text(learner_client.get("/en/my/booklet/held/"))


def test_what_was_done_on_paper_is_a_page_too(kit, write, learner_client):
    write({"text": "", "how": "paper"})
    assert "Done on paper." in text(learner_client.get(BOOKLET))


def test_answers_to_questions_are_no_pages(kit, write, learner_client):
    write({"chosen": [RIGHT]}, QUESTION, kind="question")
    assert "Nothing is written yet" in text(learner_client.get(BOOKLET))


def test_unwritten_pages_are_listed_with_a_way_into_the_lesson(lesson, kit, write, learner_client):
    write({"text": "first words", "how": ""})
    page = text(learner_client.get(BOOKLET))
    assert "3 pages are not written yet" in page
    assert f'href="{lesson.url}#b-{CHECKLIST}"' in page


def test_empty_pages_are_drawn_when_she_wants_them_for_paper(second_lesson, learner_client):
    page = text(learner_client.get(f"{BOOKLET}?blank=1"))
    assert '<div class="lines lines--7"' in page
    assert "are not written yet" not in page


def test_it_holds_in_every_language(kit, write, learner_client):
    write({"text": "first words", "how": ""})
    assert ">first words<" in text(learner_client.get("/el/my/booklet/small/"))


def test_words_whose_part_was_taken_out_are_from_an_earlier_version(kit, lesson_page, write, learner_client):
    write({"text": "still mine", "how": ""})
    lesson_page.body = [block("text", key("rest"), "<p>What is left</p>")]
    lesson_page.save()
    touch()
    page = text(learner_client.get(BOOKLET))
    assert "From an earlier version of this kit" in page
    assert ">still mine<" in page


def test_words_of_a_lesson_that_is_gone_can_be_deleted(lesson, lesson_page, write, learner, learner_client):
    write({"text": "still mine", "how": ""})
    lesson_page.unpublish()
    touch()
    page = text(learner_client.get(BOOKLET))
    address = f"/en/kits/record/lesson/{lesson.key}/{REFLECTION}/delete/?to=booklet"
    assert f'action="{address}"' in page
    response = learner_client.post(address)
    assert (response.status_code, response["Location"]) == (303, BOOKLET)
    assert not Answer.objects.filter(user=learner).exists()


def test_a_stranger_sees_nothing_of_hers(kit, write, stranger, sign_in):
    write({"text": "first words", "how": ""})
    assert "first words" not in text(sign_in(stranger).get(BOOKLET))


def test_an_unknown_kit_has_no_booklet(kit, learner_client):
    assert learner_client.get("/en/my/booklet/nothing/").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_28_lessons_cost_the_same_with_one_answer_and_with_thirty(
    number, indexes, learner, learner_client, django_assert_num_queries
):
    small_kit.make_kit(indexes["en"], "long", [f"lesson-{n}" for n in range(28)])
    touch()
    kit = kit_outline("en", "long")
    for n in range(number):
        kinds = [(REFLECTION, {"text": f"words {n}", "how": ""}), (CHECKLIST, {"ticked": [TICK_A]})]
        block_id, body = kinds[n >= 28]
        Answer.objects.create(
            user=learner,
            kit_key=kit.key,
            lesson_key=kit.lessons[n % 28].key,
            block_id=block_id if n < 28 else uuid4(),
            client_id=uuid4(),
            body=body,
            state=Answer.State.CURRENT,
        )
    learner_client.get("/en/my/booklet/long/")
    # session, user, her answers, her goals (her steps only when there is one)
    with django_assert_num_queries(4):
        learner_client.get("/en/my/booklet/long/")


# Changing in place -----------------------------------------------------------------------------------


def test_a_change_made_here_leads_back_here(lesson, kit, write, learner_client):
    first = write({"text": "first words", "how": ""})
    address = f"/en/kits/record/lesson/{lesson.key}/{REFLECTION}/answer/?to=booklet"
    assert f'action="{address}#b-{REFLECTION}"' in text(learner_client.get(BOOKLET))
    response = learner_client.post(address, {"text": "better words", "base": first.client_id})
    assert (response.status_code, response["Location"]) == (303, f"{BOOKLET}#page-{REFLECTION}")
    assert ">better words<" in text(learner_client.get(BOOKLET))


def test_words_that_are_refused_here_stay_in_their_field_here(lesson, kit, learner_client):
    address = f"/en/kits/record/lesson/{lesson.key}/{REFLECTION}/answer/?to=booklet"
    response = learner_client.post(address, {"text": "long " * 4001})
    assert response.status_code == 422
    assert "<h1>My booklet</h1>" in text(response)
    assert "Please shorten it" in text(response)
    assert f"{'long ' * 4001}</textarea>" in text(response)


def test_deleting_here_leads_back_here(lesson, kit, write, learner, learner_client):
    write({"text": "first words", "how": ""})
    response = learner_client.post(f"/en/kits/record/lesson/{lesson.key}/{REFLECTION}/delete/?to=booklet")
    assert (response.status_code, response["Location"]) == (303, f"{BOOKLET}#page-{REFLECTION}")
    assert not Answer.objects.filter(user=learner).exists()


# Earlier pages ---------------------------------------------------------------------------------------


def test_earlier_words_stand_above_the_field_once_they_are_written(second_lesson, write, learner_client):
    assert "From your page B1" not in text(learner_client.get(second_lesson.url))
    write({"text": "first words", "how": ""})
    write({"ticked": [TICK_A]}, CHECKLIST, kind="checklist")
    page = text(learner_client.get(second_lesson.url))
    assert "From your page B1: My times" in page
    assert ">first words<" in page
    assert "<li>Water</li>" in page
    assert "<li>Chairs</li>" not in page


def test_earlier_words_stand_above_the_field_in_the_booklet_too(second_lesson, write, learner_client):
    write({"text": "first words", "how": ""})
    assert "From your page B1" not in text(learner_client.get(BOOKLET))
    write({"text": "later words", "how": ""}, OTHER, lesson=1)
    assert "From your page B1: My times" in text(learner_client.get(BOOKLET))


def test_nobody_elses_words_are_pulled_in(second_lesson, write, stranger, sign_in):
    write({"text": "first words", "how": ""})
    assert "first words" not in text(sign_in(stranger).get(second_lesson.url))


def test_pulling_costs_one_query_more(
    second_lesson, kit, write, learner, learner_client, django_assert_max_num_queries
):
    write({"text": "first words", "how": ""})
    counts = []
    for lesson in (kit.lessons[0], second_lesson):
        learner_client.get(lesson.url)  # she is there from now on, and the pieces are kept
        learner_client.get(lesson.url)
        with django_assert_max_num_queries(100) as queries:
            learner_client.get(lesson.url)
        counts.append(len(queries))
    assert counts[1] == counts[0] + 1


def test_a_page_for_the_plan_leads_to_the_plan(second_lesson, learner_client):
    assert 'href="/en/my/plan/small/"' in text(learner_client.get(second_lesson.url))


# Emptying ----------------------------------------------------------------------------------------------


def test_emptying_says_first_what_goes_and_what_stays(kit, write, learner, learner_client):
    write({"text": "first words", "how": ""})
    page = text(learner_client.get(f"{BOOKLET}empty/"))
    assert "with all older versions" in page
    assert "which lessons you marked as done" in page
    assert Answer.objects.filter(user=learner).exists()


def test_emptying_takes_words_plan_and_feed_and_leaves_marks(kit, write, learner, learner_client, stranger):
    write({"text": "one", "how": ""})
    write({"text": "two", "how": ""})
    write({"ticked": [TICK_A]}, CHECKLIST, kind="checklist")
    write({"chosen": [RIGHT]}, QUESTION, kind="question")
    write({"text": "hers", "how": ""}, user=stranger)
    add_goal(user=learner, kit_key=kit.key, uid=uuid4(), text="A goal")
    add_goal(user=stranger, kit_key=kit.key, uid=uuid4(), text="Another's goal")
    CalendarFeed.objects.create(user=learner, digest="a")
    LessonProgress.objects.create(user=learner, kit_key=kit.key, lesson_key=kit.lessons[0].key)
    Completion.objects.create(user=learner, kit_key=kit.key, key=kit.modules[0].key, completed_at=timezone.now())
    response = learner_client.post(f"{BOOKLET}empty/", {"sure": "on"})
    assert (response.status_code, response["Location"]) == (303, BOOKLET)
    assert [row.kind for row in Answer.objects.filter(user=learner)] == ["question"]
    assert [goal.user for goal in Goal.objects.all()] == [stranger]
    assert not CalendarFeed.objects.exists()
    assert LessonProgress.objects.filter(user=learner).count() == 1
    assert Completion.objects.filter(user=learner, key=kit.modules[0].key).exists()
    assert Answer.objects.filter(user=stranger).count() == 1


def test_emptying_without_the_button_changes_nothing(kit, write, learner, learner_client):
    write({"text": "one", "how": ""})
    assert learner_client.post(f"{BOOKLET}empty/").status_code == 422
    assert Answer.objects.filter(user=learner).exists()


def test_a_late_copy_of_what_was_emptied_does_not_come_back(kit, write, learner, learner_client):
    late = write({"text": "one", "how": ""})
    learner_client.post(f"{BOOKLET}empty/", {"sure": "on"})
    place = {"lesson_key": late.lesson_key, "block_id": late.block_id, "client_id": late.client_id}
    save_answer(user=learner, kit_key=kit.key, body=late.body, **place)
    assert not Answer.objects.filter(user=learner).exists()
