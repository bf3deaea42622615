from uuid import UUID

import pytest

import courses.answer_views
from courses.models import Answer
from courses.queries import kit_outline
from hub.lib.limits import allow
from tests.bad_input.forms import Form, TakesBadInput


class TestForms(TakesBadInput):
    forms = [
        Form("enrol", "kits/record/kit/{kit}/enrol/"),
        Form("leave the kit", "kits/record/kit/{kit}/leave/", {"record": "keep"}, hidden=frozenset({"record"})),
        Form("ask for a place", "kits/record/kit/{asking}/ask/", {"called": "Ana", "line": "From the talk"}),
        Form("code of a kit", "kits/record/kit/{asking}/code/", {"kit_code": "spring-2027"}, refused=True),
        Form("code on paper", "kits/join/", {"kit_code": "{invitation}"}),
        Form("take a question back", "kits/record/kit/{asking}/withdraw/"),
        Form(
            "terms of a kit",
            "staff/kits/{kit}/terms/",
            {
                "way": "code",
                "kit_code": "spring-2027",
                "opens_at": "2027-03-01T09:00",
                "closes_at": "2027-04-01T09:00",
                "ends_at": "2027-09-01T09:00",
                "capacity": "20",
                "waiting_list": "on",
            },
            who="coordinator",
            hidden=frozenset({"way", "waiting_list"}),
        ),
        Form("invitations to a kit", "staff/kits/{kit}/invitations/", {"count": "3", "days": "30"}, who="coordinator"),
        Form("done", "kits/record/lesson/{lesson}/done/", {"done": "1"}, hidden=frozenset({"done"})),
        Form(
            "reflection",
            "kits/record/lesson/{lesson}/{reflection}/answer/",
            {"text": "My week", "how": "screen", "client_id": str(UUID(int=5)), "base": ""},
            hidden=frozenset({"how", "client_id", "base"}),
        ),
        Form(
            "checklist",
            "kits/record/lesson/{lesson_c}/{checklist}/answer/",
            {"ticked": "{item}", "client_id": str(UUID(int=6))},
            hidden=frozenset({"ticked", "client_id"}),
            empty_counts=True,
        ),
        Form(
            "question",
            "kits/record/lesson/{lesson_q}/{question}/check/",
            {"choice": "{option}", "client_id": str(UUID(int=7))},
            hidden=frozenset({"choice", "client_id"}),
        ),
        Form(
            "question that is true or false",
            "kits/record/lesson/{in_true_false}/{true_false}/check/",
            {"choice": "true"},
            hidden=frozenset({"choice"}),
        ),
        Form(
            "number",
            "kits/record/lesson/{in_numeric}/{numeric}/check/",
            {"given_text": "20", "client_id": str(UUID(int=10))},
            hidden=frozenset({"client_id"}),
        ),
        Form("quiz from the beginning", "kits/record/lesson/{in_quiz}/{quiz}/draw/"),
        Form(
            "where she stands",
            "kits/record/lesson/{in_assessment}/{assessment}/answer/",
            {"line-{statement}": "{place}", "client_id": str(UUID(int=11))},
            hidden=frozenset({"line-{statement}", "client_id"}),
            empty_counts=True,
        ),
        Form(
            "new goal",
            "my/plan/learner/goals/",
            {"text": "Talk to a laboratory", "uid": str(UUID(int=10))},
            hidden=frozenset({"uid"}),
        ),
        Form("change a goal", "my/plan/learner/goals/{goal}/", {"text": "Talk to two"}),
        Form("move a goal", "my/plan/learner/goals/{goal}/move/", {"to": "0"}, hidden=frozenset({"to"})),
        Form("delete a goal", "my/plan/learner/goals/{goal}/delete/"),
        Form(
            "new step",
            "my/plan/learner/goals/{goal}/steps/",
            {"text": "Call the office", "due_on": "2027-03-31", "uid": str(UUID(int=11))},
            hidden=frozenset({"uid"}),
        ),
        Form(
            "change a step",
            "my/plan/learner/goals/{goal}/steps/{step}/",
            {"text": "Call the office", "due_on": "2027-03-31", "state": "doing"},
            hidden=frozenset({"state"}),
        ),
        Form(
            "mark a step",
            "my/plan/learner/goals/{goal}/steps/{step}/mark/",
            {"state": "done"},
            hidden=frozenset({"state"}),
        ),
        Form("move a step", "my/plan/learner/goals/{goal}/steps/{step}/move/", {"to": "0"}, hidden=frozenset({"to"})),
        Form("delete a step", "my/plan/learner/goals/{goal}/steps/{step}/delete/"),
        Form("make a calendar address", "my/calendar/address/"),
        Form("switch the calendar address off", "my/calendar/address/off/"),
        Form(
            "reflection in the booklet",
            "kits/record/lesson/{lesson}/{reflection}/answer/?to=booklet",
            {"text": "My week", "how": "screen", "client_id": str(UUID(int=12)), "base": ""},
            hidden=frozenset({"how", "client_id", "base"}),
        ),
        Form("empty the booklet", "my/booklet/learner/empty/", {"sure": "on"}, hidden=frozenset({"sure"})),
        Form("delete an answer", "kits/record/lesson/{lesson}/{reflection}/delete/"),
    ]


@pytest.mark.parametrize("choice", ["%00", "%FF", "9" * 3_000, "", "%3Cscript%3Ealert"])
def test_an_odd_self_check_of_a_visitor_shows_the_lesson(world, visitor, choice):
    line = next(line for line in kit_outline("en", "learner").lessons if line.key == world["lesson_q"])
    page = visitor.get(f"{line.url}?check={world['question']}&choice={choice}")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert visitor.get(f"{line.url}?check={choice}").status_code == 200


@pytest.mark.parametrize("value", ["%00", "%FF", "9" * 3_000, "%3Cscript%3Ealert", "%E2%80%AE"])
@pytest.mark.parametrize("name", ["q", "country", "audience", "topic", "kind", "language", "page", "other"])
def test_an_odd_choice_in_the_library_shows_it(loaded_hub, visitor, name, value):
    page = visitor.get(f"/en/library/?{name}={value}")
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_answers_sent_by_a_machine_are_slowed_down_with_her_words_kept(world, send, learner):
    for _ in range(courses.answer_views.ANSWERS_PER_MINUTE):
        allow(f"answer:{learner.pk}", limit=courses.answer_views.ANSWERS_PER_MINUTE, seconds=60)
    form = next(form for form in TestForms.forms if form.name == "reflection")
    response = send(form, text="The words of a minute")
    assert response.status_code == 429
    assert "too many attempts" in response.content.decode()
    assert "The words of a minute" in response.content.decode()
    assert not Answer.objects.exists()
