"""Questions, a quiz and a look at today as they are answered by hand: by keyboard, with a script and without."""

import re

import pytest
from playwright.sync_api import expect

from courses.models import Answer

ORDER = "/en/kits/trainer/the-six-sessions/sessions-1-and-2/"
NUMBER = "/en/kits/learner/start-where-you-are/your-kit-your-pace/"
QUIZ = "/en/kits/learner/start-where-you-are/what-you-bring/"


def part_with(page, words):
    return page.locator(".part", has=page.get_by_text(words)).first


def is_right(part):
    part.locator(".result-head--right").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_number_is_found_by_keyboard(scripts, open_window, learner):
    window = open_window(java_script_enabled=scripts)
    window.sign_in(learner)
    window.go(NUMBER)
    part = part_with(window.page, "In how many weeks")
    part.get_by_label("Your answer").focus()
    for keys in ["1", "2", "Enter"]:
        window.page.keyboard.press(keys)
    part.get_by_text("How many weeks make 20 hours?").wait_for()
    part = part_with(window.page, "In how many weeks")
    part.get_by_label("Your answer").fill("20,0")
    window.page.keyboard.press("Enter")
    is_right(part)
    assert part.get_by_text("about 20 weeks, without one free evening").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_lines_are_put_in_order_by_selects(scripts, open_window, learner):
    window = open_window(java_script_enabled=scripts)
    window.sign_in(learner)
    window.go(ORDER)
    part = part_with(window.page, "Put the five parts of a round in order.")
    lines = ["She presents her question.", "The others clarify facts.", "The others ask open questions."]
    for place, line in enumerate([*lines, "She says her next step.", "She names what helped."], 1):
        part.get_by_label(line).select_option(str(place))
    part.get_by_role("button", name="Check my answer").press("Enter")
    is_right(part)
    assert part.get_by_label(lines[2]).input_value() == "3"


def test_a_part_that_was_checked_gets_the_focus_on_its_result(open_window, learner):
    window = open_window()
    window.sign_in(learner)
    window.go(NUMBER)
    part = part_with(window.page, "In how many weeks")
    part.get_by_role("button").press("Enter")
    part.get_by_text("Write an answer first, then check it.").wait_for()
    expect(part.get_by_label("Your answer")).to_be_focused()
    part.get_by_text("A hint").click()
    part.get_by_label("Your answer").fill("12")
    part.get_by_role("button").press("Enter")
    part.locator(".result-head").wait_for()
    expect(part.locator(".result")).to_be_focused()
    assert part.get_by_text("First add the two moments").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_quiz_tells_how_far_she_is_and_begins_again(scripts, open_window, learner):
    window = open_window(java_script_enabled=scripts)
    window.sign_in(learner)
    window.go(QUIZ)
    quiz = window.page.locator(".quiz")
    assert quiz.locator(".part").count() == 3
    before = quiz.locator("h3").all_inner_texts()
    for part in [quiz.locator(".part").nth(n) for n in range(3)]:
        if part.get_by_label("False", exact=True).count():
            part.get_by_label("False", exact=True).check()
            part.get_by_role("button", name="Check").press("Enter")
            is_right(part)
        elif part.get_by_text("Which line fits your list?").count():
            part.get_by_label(re.compile("I can test water")).check()
            part.get_by_role("button", name="Check").press("Enter")
            is_right(part)
    expect(quiz.get_by_role("status").last).to_have_text(re.compile("[12] of 3"))
    assert quiz.locator("h3").all_inner_texts() == before
    quiz.get_by_role("button", name="Begin again with other questions").press("Enter")
    expect(quiz.locator(".result-head")).to_have_count(0)
    expect(quiz.locator(".part")).to_have_count(3)
    assert set(window.page.locator(".quiz h3").all_inner_texts()) != set(before)


@pytest.mark.parametrize("scripts", [True, False])
def test_where_she_stands_is_kept_by_a_press(scripts, open_window, learner):
    window = open_window(java_script_enabled=scripts)
    window.sign_in(learner)
    window.go(NUMBER)
    part = window.page.locator(".part", has=window.page.get_by_role("heading", name="Where you stand today"))
    part.locator("fieldset").first.get_by_label("a little").check()
    part.get_by_role("button", name="Keep my answers").press("Enter")
    part.get_by_text("Saved at").first.wait_for()
    window.go(NUMBER)
    assert part.locator("fieldset").first.get_by_label("a little").is_checked()
    assert len(Answer.objects.get(user=learner, kind="assessment").body["rated"]) == 1
