"""Her action plan: goals of a kit, and steps with days. Every write may be repeated without harm."""

from uuid import uuid5

from django.db import transaction
from django.db.models import Count, Max, Prefetch

from courses.models import Goal, Step
from hub.lib.prepared import Prepared

MOST_GOALS = 50  # in one kit
MOST_STEPS = 200  # in one kit
LONGEST = 500  # characters of a goal or a step


class PlanFull(Exception):
    """There are as many goals or steps in this plan as it can hold."""


# Reading ------------------------------------------------------------------------------------------


def plan_of(user, kit_key):
    """Her goals in a kit, each with its steps in `in_order`. Two queries."""
    steps = Prefetch("steps", Step.objects.in_order(), to_attr="in_order")
    return list(Goal.objects.for_kit(user, kit_key).in_order().prefetch_related(steps))


NEXT_STEPS = Prepared(lambda user_id: Step.objects.for_user(user_id).reminding().select_related("goal")[:3])


def next_steps(user):
    """Her next three steps with a day over all kits, as Steps with their goal, the nearest day first. One query."""
    return NEXT_STEPS(user_id=user.pk)


# Goals --------------------------------------------------------------------------------------------


@transaction.atomic
def add_goal(*, user, kit_key, uid, text):
    """A goal at the end of her plan. `uid` comes with the form: the same one again with the same words is no second goal."""
    uid = free_uid(Goal.objects.filter(user=user), uid, text)
    goals = Goal.objects.for_kit(user, kit_key)
    if found := goals.filter(uid=uid).first():
        return found
    if goals.count() >= MOST_GOALS:
        raise PlanFull
    return Goal.objects.create(user=user, kit_key=kit_key, uid=uid, text=text, position=after_last(goals))


def change_goal(*, goal, text):
    goal.text = text
    goal.save(update_fields=["text"])


@transaction.atomic
def move_goal(*, goal, to):
    move(Goal.objects.for_kit(goal.user_id, goal.kit_key), goal, to)


# Steps --------------------------------------------------------------------------------------------


@transaction.atomic
def add_step(*, goal, uid, text, due_on=None):
    """A step at the end of a goal; repeated as in `add_goal`."""
    uid = free_uid(goal.steps, uid, text)
    if found := goal.steps.filter(uid=uid).first():
        return found
    goals = Goal.objects.for_kit(goal.user_id, goal.kit_key)
    if goals.aggregate(number=Count("steps"))["number"] >= MOST_STEPS:
        raise PlanFull
    return Step.objects.create(goal=goal, uid=uid, text=text, due_on=due_on, position=after_last(goal.steps))


def change_step(*, step, text, due_on, state):
    step.text, step.due_on, step.state = text, due_on, state
    step.save(update_fields=["text", "due_on", "state", "changed_at"])


def set_state(*, step, state):
    step.state = state
    step.save(update_fields=["state", "changed_at"])


@transaction.atomic
def move_step(*, step, to):
    move(Step.objects.filter(goal=step.goal_id), step, to)


# Places and ids -----------------------------------------------------------------------------------


def free_uid(rows, uid, text):
    """`uid`, or when it stands for other words (she went back and wrote another one) one made of both."""
    used_for_others = rows.filter(uid=uid).exclude(text=text).exists()
    return uuid5(uid, text) if used_for_others else uid


def after_last(rows):
    last = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def move(rows, row, to):
    """Put `row` at place `to` among `rows`, counted from 0; a place beyond the last is the last."""
    others = [other for other in rows.in_order().select_for_update() if other.pk != row.pk]
    others.insert(to, row)
    changed = [other for place, other in enumerate(others) if other.position != place]
    for place, other in enumerate(others):
        other.position = place
    rows.model.objects.bulk_update(changed, ["position"])
