"""My action plan. A goal or step is found by her, her kit and its own id together; anything else is 404."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from courses import plans
from courses.booklet import name_of
from courses.booklet_views import get_kit
from courses.models import Goal, Step
from courses.plan_forms import GoalChangeForm, GoalForm, MoveForm, StateForm, StepChangeForm, StepForm
from hub.accounts.access import member_required
from hub.lib.redirects import see_other


def get_goal(request, kit_slug, goal_uid):
    kit = get_kit(kit_slug)
    return kit, get_object_or_404(Goal.objects.for_kit(request.user, kit.key), uid=goal_uid)


def get_step(request, kit_slug, goal_uid, step_uid):
    kit, goal = get_goal(request, kit_slug, goal_uid)
    return kit, get_object_or_404(Step, goal=goal, uid=step_uid)


def plan_address(kit, row=None):
    address = reverse("booklet:plan", args=[kit.slug])
    return f"{address}#{type(row).__name__.lower()}-{row.uid}" if row else address


@require_safe
@member_required
def show(request, kit):
    return show_plan(request, get_kit(kit))


def show_plan(request, kit, *, place="", refused=None, status=200):
    """`refused` is a form that could not be taken; `place` says whose it is: `new`, or the uid of a goal or step with what it does."""
    goals = plans.plan_of(request.user, kit.key)
    rows = [goal_row(goal, n, len(goals), {place: refused}) for n, goal in enumerate(goals)]
    new_goal = refused if place == "new" else GoalForm(place="new")
    context = {"kit": kit, "name": name_of(kit), "goals": rows, "new_goal": new_goal, "refused": refused}
    return render(request, "courses/plan/plan.html", context, status=status)


def goal_row(goal, place, count, refused):
    """A goal with its forms; `refused` as {place: form}."""
    add, change = f"{goal.uid}-add", f"{goal.uid}-change"
    steps = [step_row(step, n, len(goal.in_order), refused) for n, step in enumerate(goal.in_order)]
    return {
        "goal": goal,
        "steps": steps,
        "new_step": refused.get(add) or StepForm(place=add),
        "change": refused.get(change) or GoalChangeForm(initial={"text": goal.text}, place=change),
        **neighbours(place, count),
    }


def step_row(step, place, count, refused):
    change = f"{step.uid}-change"
    initial = {"text": step.text, "due_on": step.due_on, "state": step.state}
    form = refused.get(change) or StepChangeForm(initial=initial, place=change)
    return {"step": step, "change": form, **neighbours(place, count)}


def neighbours(place, count):
    return {"before": place - 1, "after": place + 1, "is_first": place == 0, "is_last": place == count - 1}


def for_the_plan(view):
    """Takes POSTs of a member. By GET, to which a change of language on a refused form leads, it shows the plan."""

    @wraps(view)
    def checked(request, kit, **ids):
        if request.method != "POST":
            return see_other(plan_address(get_kit(kit)))
        return view(request, kit, **ids)

    return require_http_methods(["GET", "HEAD", "POST"])(member_required(checked))


def refuse(request, kit, place, form):
    return show_plan(request, kit, place=place, refused=form, status=422)


def full_of_goals():
    return ngettext(
        "A plan holds %(number)d goal. Please delete one before you add another.",
        "A plan holds %(number)d goals. Please delete one before you add another.",
        plans.MOST_GOALS,
    ) % {"number": plans.MOST_GOALS}


def full_of_steps():
    return ngettext(
        "A plan holds %(number)d step. Please delete one before you add another.",
        "A plan holds %(number)d steps. Please delete one before you add another.",
        plans.MOST_STEPS,
    ) % {"number": plans.MOST_STEPS}


# Goals --------------------------------------------------------------------------------------------


@for_the_plan
def add_goal(request, kit):
    kit = get_kit(kit)
    form = GoalForm(request.POST, place="new")
    if not form.is_valid():
        return refuse(request, kit, "new", form)
    try:
        goal = plans.add_goal(user=request.user, kit_key=kit.key, **form.cleaned_data)
    except plans.PlanFull:
        form.add_error(None, full_of_goals())
        return refuse(request, kit, "new", form)
    return see_other(plan_address(kit, goal))


@for_the_plan
def change_goal(request, kit, goal_uid):
    kit, goal = get_goal(request, kit, goal_uid)
    place = f"{goal.uid}-change"
    form = GoalChangeForm(request.POST, place=place)
    if not form.is_valid():
        return refuse(request, kit, place, form)
    plans.change_goal(goal=goal, **form.cleaned_data)
    return see_other(plan_address(kit, goal))


@for_the_plan
def move_goal(request, kit, goal_uid):
    kit, goal = get_goal(request, kit, goal_uid)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return refuse(request, kit, "", form)
    plans.move_goal(goal=goal, **form.cleaned_data)
    return see_other(plan_address(kit, goal))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def delete_goal(request, kit, goal_uid):
    kit, goal = get_goal(request, kit, goal_uid)
    if request.method == "POST":
        goal.delete()
        messages.success(request, _("The goal is deleted."))
        return see_other(plan_address(kit))
    context = {"kit": kit, "name": name_of(kit), "goal": goal, "step_count": goal.steps.count()}
    return render(request, "courses/plan/delete_goal.html", context)


# Steps --------------------------------------------------------------------------------------------


@for_the_plan
def add_step(request, kit, goal_uid):
    kit, goal = get_goal(request, kit, goal_uid)
    place = f"{goal.uid}-add"
    form = StepForm(request.POST, place=place)
    if not form.is_valid():
        return refuse(request, kit, place, form)
    try:
        step = plans.add_step(goal=goal, **form.cleaned_data)
    except plans.PlanFull:
        form.add_error(None, full_of_steps())
        return refuse(request, kit, place, form)
    return see_other(plan_address(kit, step))


@for_the_plan
def change_step(request, kit, goal_uid, step_uid):
    kit, step = get_step(request, kit, goal_uid, step_uid)
    place = f"{step.uid}-change"
    form = StepChangeForm(request.POST, place=place)
    if not form.is_valid():
        return refuse(request, kit, place, form)
    plans.change_step(step=step, **form.cleaned_data)
    return see_other(plan_address(kit, step))


@for_the_plan
def mark_step(request, kit, goal_uid, step_uid):
    kit, step = get_step(request, kit, goal_uid, step_uid)
    form = StateForm(request.POST)
    if not form.is_valid():
        return refuse(request, kit, "", form)
    plans.set_state(step=step, **form.cleaned_data)
    return see_other(plan_address(kit, step))


@for_the_plan
def move_step(request, kit, goal_uid, step_uid):
    kit, step = get_step(request, kit, goal_uid, step_uid)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return refuse(request, kit, "", form)
    plans.move_step(step=step, **form.cleaned_data)
    return see_other(plan_address(kit, step))


@for_the_plan
def delete_step(request, kit, goal_uid, step_uid):
    kit, step = get_step(request, kit, goal_uid, step_uid)
    step.delete()
    return see_other(plan_address(kit, step.goal))
