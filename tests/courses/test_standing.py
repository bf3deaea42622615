"""How far she is, in words: what is still to do and where, by which rules it was completed, and the quiet end."""

from uuid import UUID

import pytest
from django.utils.translation import override

from courses import actions, answers
from courses.models import Completion, LessonPage, ModulePage
from courses.queries import kit_outline
from courses.standing import completed_in_words, done_text
from hub.lib.stamp import touch
from tests.courses import small_kit
from tests.courses.small_kit import QUESTION, REFLECTION, key

MODULE = key("small-module")


def text(response):
    """The words of a page with single blanks between them."""
    return " ".join(response.content.decode().split())


def mark(user, kit, *numbers, done=True):
    for number in numbers:
        actions.mark_lesson(user=user, lesson_key=kit.lessons[number].key, kit_key=kit.key, done=done)


def ask_for(**needs):
    ModulePage.objects.filter(translation_key=MODULE, locale__language_code="en").update(**needs)
    touch()


def write(user, kit, block=REFLECTION, kind="reflection", number=0):
    place = {"user": user, "kit_key": kit.key, "lesson_key": kit.lessons[number].key, "block_id": block}
    body = {"text": "words", "how": "screen"}
    answers.save_answer(**place, client_id=UUID(int=number + 1), body=body, kind=kind, counts=True)


# Still to do ---------------------------------------------------------------------------------------


def test_a_module_says_what_is_still_to_do_and_leads_there(kit, learner, learner_client):
    mark(learner, kit, 0)
    page = text(learner_client.get(kit.modules[0].url))
    assert f'1 of 2 lessons done. Still to do: <a href="{kit.lessons[1].url}">1.2 Lesson two</a>' in page


def test_what_may_be_chosen_says_so_and_leads_to_the_part(kit, learner, learner_client):
    ask_for(needs_lessons=0, needs_checks=3)
    write(learner, kit, QUESTION, "question")
    page = text(learner_client.get(kit.modules[0].url))
    assert "1 of 3 self-checks passed. Still to do, as you choose:" in page
    assert f'<a href="{kit.lessons[0].url}#b-{small_kit.SEVERAL}">1.1 Lesson one</a>' in page


def test_a_kit_says_which_modules_are_still_to_complete(kit, learner, learner_client):
    mark(learner, kit, 0)
    page = text(learner_client.get(kit.url))
    assert f'0 of 1 module completed. Still to do: <a href="{kit.modules[0].url}">1. The module</a>' in page


def test_the_end_of_a_lesson_says_what_is_left_in_its_module(kit, learner, learner_client):
    ask_for(needs_reflections=1)
    mark(learner, kit, 0)
    page = text(learner_client.get(kit.lessons[1].url))
    assert "1 of 2 lessons done. </li>" in page  # the other one is this
    assert "0 of 1 reflection done. Still to do, as you choose:" in page


def test_the_last_lesson_says_that_it_is_the_last(kit, learner, learner_client):
    mark(learner, kit, 0)
    assert "When this lesson is done, you have completed this module." in text(learner_client.get(kit.lessons[1].url))
    mark(learner, kit, 1)
    assert "you have completed this module" not in text(learner_client.get(kit.lessons[1].url))


def test_a_lesson_that_is_not_in_her_language_is_named_and_marked(kit, learner, learner_client):
    mark(learner, kit, 0)
    LessonPage.objects.filter(locale__language_code="el", slug="small-two").update(live=False)
    touch()
    page = text(learner_client.get("/el/kits/small/small-module/"))
    assert f'<a href="{kit.lessons[1].url}" lang="en" hreflang="en">1.2 Lesson two</a>' in page


def test_who_is_not_enrolled_is_told_nothing(kit, learner_client, visitor):
    for client in (learner_client, visitor):
        for url in (kit.url, kit.modules[0].url, kit.lessons[0].url):
            page = text(client.get(url))
            assert "To complete this" not in page
            assert "you have completed" not in page.lower()


# Quiet ends ----------------------------------------------------------------------------------------


def test_the_last_mark_of_a_module_leads_to_its_quiet_end(indexes, kit, learner, learner_client):
    page = small_kit.KitPage.objects.get(pk=kit.pk)
    module = small_kit.add(page, ModulePage, "second", title="The second module", aim="More")
    small_kit.add(module, LessonPage, "third", aim="Its aim", body=small_kit.lesson_body())
    touch()
    write(learner, kit)
    mark(learner, kit, 0)
    response = learner_client.post(f"/en/kits/record/lesson/{kit.lessons[1].key}/done/", {"done": "1"})
    assert response["Location"] == f"{kit.modules[0].url}#end"
    shown = text(learner_client.get(response["Location"]))
    assert "You have completed this module" in shown
    assert ": all 2 lessons." in shown
    assert f'<a href="{kit.lessons[0].url}#b-{REFLECTION}">My times</a>' in shown  # what she holds now
    assert "Next: The second module" in shown


def test_the_last_mark_of_a_kit_leads_to_its_quiet_end(kit, learner, learner_client):
    mark(learner, kit, 0)
    response = learner_client.post(f"/en/kits/record/lesson/{kit.lessons[1].key}/done/", {"done": "1"})
    assert response["Location"] == f"{kit.url}#end"
    shown = text(learner_client.get(response["Location"]))
    assert "You have completed this kit" in shown
    assert "What you can do next" in shown


def test_what_was_completed_stays_and_says_by_which_rules(kit, learner, learner_client):
    mark(learner, kit, 0, 1)
    ask_for(needs_lessons=1, needs_checks=None)
    mark(learner, kit, 0, done=False)
    page = text(learner_client.get(kit.modules[0].url))
    assert "all 2 lessons." in page
    assert "self-check" not in page


def test_a_rule_that_was_eased_completes_at_her_next_look(kit, learner, learner_client):
    mark(learner, kit, 0)
    ask_for(needs_lessons=1)
    assert "You have completed this kit" in text(learner_client.get(kit.url))
    assert Completion.objects.filter(user=learner).count() == 2


# Words ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"lessons": [4, 4]}, "all 4 lessons"),
        ({"lessons": [1, 1]}, "1 lesson"),
        ({"lessons": [4, 4], "checks": [2, 3]}, "all 4 lessons, 2 of 3 self-checks"),
        (
            {"modules": [8, 8], "reflections": [1, 2], "checklists": [1, 1]},
            "all 8 modules, 1 of 2 reflections, 1 checklist",
        ),
    ],
)
def test_completed_says_the_day_and_what_was_asked_for(rules, said, kit, learner):
    mark(learner, kit, 0, 1)
    row = Completion.objects.get(key=MODULE)
    assert completed_in_words(row.completed_at.replace(2026, 5, 3), rules) == f"Completed on 3 May 2026: {said}."


def test_more_than_needed_is_told_as_enough():
    assert done_text("lessons", 5, 3) == "3 of 3 lessons done"


# The price -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lessons", [("one",), ("one", "two", "three")])
def test_kit_and_module_cost_the_same_with_one_lesson_and_with_three(
    lessons, indexes, learner, learner_client, django_assert_num_queries
):
    small_kit.make_kit(indexes["en"], "more", lessons)
    touch()
    with override("en"):
        kit = kit_outline("en", "more")
    for lesson in kit.lessons:
        actions.mark_lesson(user=learner, lesson_key=lesson.key, kit_key=kit.key, done=True)
    for url in (kit.url, kit.modules[0].url):
        learner_client.get(url)
    # session, user, enrolment, record, what was completed, threads of the forum
    with django_assert_num_queries(6):
        learner_client.get(kit.url)
    with django_assert_num_queries(6):
        learner_client.get(kit.modules[0].url)
