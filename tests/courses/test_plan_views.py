"""My action plan: goals, steps and days, with plain forms."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from courses import plans
from courses.models import Goal, Step

PLAN = "/en/my/plan/small/"
TODAY = date(2027, 3, 10)


def text(response):
    return response.content.decode()


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


@pytest.fixture
def goal(kit, learner):
    return plans.add_goal(user=learner, kit_key=kit.key, uid=uuid4(), text="Talk to two laboratories")


@pytest.fixture
def step(goal):
    return plans.add_step(goal=goal, uid=uuid4(), text="Call the office", due_on=TODAY)


def of_goal(goal, tail=""):
    return f"{PLAN}goals/{goal.uid}/{tail}"


def of_step(step, tail=""):
    return of_goal(step.goal, f"steps/{step.uid}/{tail}")


def texts(goal):
    return list(goal.steps.in_order().values_list("text", flat=True))


# Reading ---------------------------------------------------------------------------------------------


def test_a_visitor_is_sent_to_sign_in(kit, visitor):
    assert visitor.get(PLAN)["Location"] == f"/en/accounts/login/?next={PLAN}"


def test_an_empty_plan_says_how_to_begin(kit, learner_client):
    page = text(learner_client.get(PLAN))
    assert "A plan is one goal and a few small steps." in page
    assert "Your first goal" in page


def test_an_open_step_whose_day_is_over_is_said_kindly(today, goal, learner_client):
    plans.add_step(goal=goal, uid=uuid4(), text="Old", due_on=TODAY - timedelta(days=1))
    assert text(learner_client.get(PLAN)).count("This day has passed: move it, or let it go.") == 1


@pytest.mark.parametrize(("days", "state"), [(0, "todo"), (1, "doing"), (-9, "done"), (-9, "dropped")])
def test_no_other_step_is_said_to_have_passed(today, goal, learner_client, days, state):
    step = plans.add_step(goal=goal, uid=uuid4(), text="A step", due_on=TODAY + timedelta(days=days))
    plans.set_state(step=step, state=state)
    assert "This day has passed" not in text(learner_client.get(PLAN))


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_with_one_goal_and_with_three(
    number, kit, learner, learner_client, django_assert_num_queries
):
    for n in range(number):
        goal = plans.add_goal(user=learner, kit_key=kit.key, uid=uuid4(), text=f"Goal {n}")
        for m in range(number):
            plans.add_step(goal=goal, uid=uuid4(), text=f"Step {m}", due_on=TODAY)
    learner_client.get(PLAN)
    with django_assert_num_queries(4):  # session, user, goals, steps
        learner_client.get(PLAN)


# Goals ---------------------------------------------------------------------------------------------


def test_a_goal_is_kept_and_shown(kit, learner, learner_client):
    response = learner_client.post(f"{PLAN}goals/", {"text": "  Find a course\r\nin spring ", "uid": str(UUID(int=1))})
    assert (response.status_code, response["Location"]) == (303, f"{PLAN}#goal-{UUID(int=1)}")
    assert Goal.objects.get(user=learner, kit_key=kit.key).text == "Find a course\nin spring"


def test_a_repeated_post_makes_no_second_goal(kit, learner, learner_client):
    for _ in range(3):
        learner_client.post(f"{PLAN}goals/", {"text": "Find a course", "uid": str(UUID(int=1))})
    assert Goal.objects.filter(user=learner).count() == 1


def test_other_words_from_the_same_form_are_kept_too_and_once(kit, learner, learner_client):
    for words in ("One", "Two", "Two"):
        learner_client.post(f"{PLAN}goals/", {"text": words, "uid": str(UUID(int=1))})
    assert [goal.text for goal in Goal.objects.for_kit(learner, kit.key).in_order()] == ["One", "Two"]


def test_two_persons_may_send_the_same_id(kit, goal, learner, stranger, sign_in):
    sign_in(stranger).post(f"{PLAN}goals/", {"text": "Mine", "uid": str(goal.uid)})
    assert Goal.objects.get(user=stranger).text == "Mine"
    assert Goal.objects.get(user=learner).text == "Talk to two laboratories"


def test_a_goal_can_be_changed(goal, learner_client):
    learner_client.post(of_goal(goal), {"text": "Talk to three"})
    goal.refresh_from_db()
    assert goal.text == "Talk to three"


def test_deleting_a_goal_asks_first_and_takes_its_steps(step, learner_client):
    page = text(learner_client.get(of_goal(step.goal, "delete/")))
    assert "The goal and its 1 step are deleted." in page
    assert Goal.objects.exists()
    assert learner_client.post(of_goal(step.goal, "delete/"))["Location"] == PLAN
    assert not Goal.objects.exists()
    assert not Step.objects.exists()


def test_goals_move_up_and_down_and_a_repeated_press_changes_nothing(kit, learner, learner_client):
    goals = [plans.add_goal(user=learner, kit_key=kit.key, uid=uuid4(), text=name) for name in "abc"]
    for _ in range(2):
        learner_client.post(of_goal(goals[2], "move/"), {"to": "1"})
    assert [goal.text for goal in plans.plan_of(learner, kit.key)] == ["a", "c", "b"]


# Steps ---------------------------------------------------------------------------------------------


def test_a_step_may_have_a_day_or_none(goal, learner_client):
    learner_client.post(of_goal(goal, "steps/"), {"text": "Call", "due_on": "2027-03-31"})
    learner_client.post(of_goal(goal, "steps/"), {"text": "Think", "due_on": ""})
    assert list(goal.steps.in_order().values_list("text", "due_on")) == [("Call", date(2027, 3, 31)), ("Think", None)]


def test_a_repeated_post_makes_no_second_step(goal, learner_client):
    for _ in range(3):
        learner_client.post(of_goal(goal, "steps/"), {"text": "Call", "uid": str(UUID(int=1))})
    assert texts(goal) == ["Call"]


def test_a_step_is_marked_as_done_and_taken_back(step, learner_client):
    response = learner_client.post(of_step(step, "mark/"), {"state": "done"})
    assert (response.status_code, response["Location"]) == (303, f"{PLAN}#step-{step.uid}")
    assert "Not done yet: Call the office" in text(learner_client.get(PLAN))
    learner_client.post(of_step(step, "mark/"), {"state": "todo"})
    step.refresh_from_db()
    assert step.state == Step.State.TODO


def test_a_step_can_be_moved_to_another_day_or_let_go(step, learner_client):
    learner_client.post(of_step(step), {"text": "Call again", "due_on": "2027-04-01", "state": "dropped"})
    step.refresh_from_db()
    assert (step.text, step.due_on, step.state) == ("Call again", date(2027, 4, 1), "dropped")


def test_steps_move_within_their_goal(goal, learner_client):
    steps = [plans.add_step(goal=goal, uid=uuid4(), text=name) for name in "abc"]
    learner_client.post(of_step(steps[0], "move/"), {"to": "1"})
    assert texts(goal) == ["b", "a", "c"]
    learner_client.post(of_step(steps[0], "move/"), {"to": "900"})
    assert texts(goal) == ["b", "c", "a"]


def test_a_step_can_be_deleted(step, learner_client):
    assert learner_client.post(of_step(step, "delete/")).status_code == 303
    assert not Step.objects.exists()


# Input that does not fit ---------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["soon", "2027-02-30", "1999-12-31", "2100-01-01", "9" * 5000])
def test_an_odd_day_is_refused_with_the_step_kept_in_its_field(goal, learner_client, day):
    response = learner_client.post(of_goal(goal, "steps/"), {"text": "Call the office", "due_on": day})
    assert response.status_code == 422
    assert "Call the office</textarea>" in text(response)
    assert "data-error-summary" in text(response)
    assert not Step.objects.exists()


def test_over_long_words_are_refused_and_stay_in_the_field(goal, learner_client):
    for address in (f"{PLAN}goals/", of_goal(goal), of_goal(goal, "steps/")):
        response = learner_client.post(address, {"text": "x" * 501})
        assert response.status_code == 422
        assert "longer than 500 characters" in text(response)
        assert "x" * 501 in text(response)


def test_a_full_plan_says_so_and_keeps_the_words(goal, learner, learner_client, monkeypatch):
    monkeypatch.setattr(plans, "MOST_GOALS", 1)
    monkeypatch.setattr(plans, "MOST_STEPS", 1)
    plans.add_step(goal=goal, uid=uuid4(), text="First")
    for address, said in ((f"{PLAN}goals/", "A plan holds 1 goal."), (of_goal(goal, "steps/"), "A plan holds 1 step.")):
        response = learner_client.post(address, {"text": "One more"})
        assert response.status_code == 422
        assert said in text(response)
        assert "One more</textarea>" in text(response)


def test_steps_of_all_goals_of_the_kit_count(kit, goal, learner, monkeypatch):
    monkeypatch.setattr(plans, "MOST_STEPS", 2)
    other = plans.add_goal(user=learner, kit_key=kit.key, uid=uuid4(), text="Other")
    plans.add_step(goal=goal, uid=uuid4(), text="a")
    plans.add_step(goal=other, uid=uuid4(), text="b")
    with pytest.raises(plans.PlanFull):
        plans.add_step(goal=goal, uid=uuid4(), text="c")


@pytest.mark.parametrize("data", [{}, {"state": "finished"}, {"to": "-1"}, {"to": "up"}])
def test_empty_and_odd_presses_are_refused(step, learner_client, data):
    for address in (of_step(step, "mark/"), of_step(step, "move/"), of_goal(step.goal, "move/")):
        assert learner_client.post(address, data).status_code == 422


def test_the_address_of_a_refused_form_leads_to_the_plan_in_any_language(step, learner_client):
    for address in (f"{PLAN}goals/", of_goal(step.goal), of_step(step), of_step(step, "move/")):
        assert learner_client.get(address.replace("/en/", "/el/"))["Location"] == PLAN.replace("/en/", "/el/")


# Foreign and unknown -----------------------------------------------------------------------------------------


def test_a_stranger_reaches_nothing_of_hers(step, stranger, sign_in):
    other = sign_in(stranger)
    data = {"text": "overwritten", "state": "done", "to": "0"}
    goal = step.goal
    for address in (of_goal(goal), of_goal(goal, "move/"), of_goal(goal, "delete/"), of_goal(goal, "steps/")):
        assert other.post(address, data).status_code == 404
    for address in (of_step(step), of_step(step, "mark/"), of_step(step, "move/"), of_step(step, "delete/")):
        assert other.post(address, data).status_code == 404
    assert "Talk to two laboratories" not in text(other.get(PLAN))
    step.refresh_from_db()
    assert (step.text, step.state) == ("Call the office", "todo")


def test_a_goal_is_found_only_under_its_own_kit(goal, indexes, learner_client):
    from hub.lib.stamp import touch
    from tests.courses import small_kit

    small_kit.make_kit(indexes["en"], "other")
    touch()
    assert learner_client.post(f"/en/my/plan/other/goals/{goal.uid}/", {"text": "x"}).status_code == 404


# For My learning -----------------------------------------------------------------------------------------------


def test_the_next_steps_are_the_nearest_open_days_over_all_kits(learner, stranger, kit, django_assert_num_queries):
    for user, kit_key in ((learner, kit.key), (learner, uuid4()), (stranger, kit.key)):
        goal = plans.add_goal(user=user, kit_key=kit_key, uid=uuid4(), text="Goal")
        for days in (5, 1, 9):
            plans.add_step(goal=goal, uid=uuid4(), text=f"{days}", due_on=TODAY + timedelta(days=days))
        plans.add_step(goal=goal, uid=uuid4(), text="no day")
        done = plans.add_step(goal=goal, uid=uuid4(), text="done", due_on=TODAY)
        plans.set_state(step=done, state=Step.State.DONE)
    with django_assert_num_queries(1):
        steps = plans.next_steps(learner)
        assert [(step.text, step.goal.user_id) for step in steps] == [
            ("1", learner.pk),
            ("1", learner.pk),
            ("5", learner.pk),
        ]
