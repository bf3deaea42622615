"""Approving a review publishes; it asks what publishing asks."""

import json

import pytest
from django.urls import reverse
from wagtail.models import GroupApprovalTask, WorkflowTask
from wagtail_localize.models import Translation

from courses.translation import freshness
from hub.accounts.roles import ensure_roles
from tests.hub.editor.test_publishing import draft, press_publish
from tests.hub.editor.translating import make_lessons, page

pytestmark = pytest.mark.django_db
COMMENT = "Read, and good."


@pytest.fixture
def lesson(db):
    """An English lesson with a changed title, in review."""
    make_lessons()
    freshness.recount()
    ensure_roles()
    lesson = page("other")
    draft(lesson, title="Lesson others")
    lesson.get_workflow().start(lesson, None)
    return page("other")


@pytest.fixture
def client(lesson, make_user, sign_in):
    return sign_in(make_user("editor-en", "editor-en"))


def approve(client, lesson, action="approve", headers=None, **data):
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[lesson.pk, action, lesson.current_workflow_task_state.pk]
    )
    return client.post(address, {"comment": COMMENT, "next": "/editor/"} | data, headers=headers)


def approve_in_the_editor(client, lesson, **changed):
    extra = json.dumps({"comment": COMMENT})
    pressed = {"action-workflow-action": "true", "workflow-action-name": "approve", "workflow-action-extra-data": extra}
    return press_publish(client, lesson, button=pressed, **changed)


def send_again(client, asked):
    return client.post(asked.context["action"], dict(asked.context["fields"]))


def approved_with():
    state = page("other").workflow_states.latest("created_at")
    return state.status, state.task_states.get().comment


def test_approving_on_the_first_page_asks_once_and_keeps_the_comment(
    client, lesson, django_capture_on_commit_callbacks
):
    asked = approve(client, lesson)
    assert "1 part will be behind" in asked.text
    assert (page("other").title, page("other").current_workflow_state.status) == ("Lesson other", "in_progress")
    with django_capture_on_commit_callbacks(execute=True):
        assert send_again(client, asked)["Location"] == "/editor/"
    assert page("other").title == "Lesson others"
    assert approved_with() == ("approved", COMMENT)


def test_in_the_window_for_a_comment_the_question_comes_in_the_window(client, lesson):
    asked = approve(client, lesson, headers={"x-requested-with": "XMLHttpRequest"}).json()
    assert asked["step"] == "action"
    assert "1 part will be behind" in asked["html"]
    assert f'name="comment" value="{COMMENT}"' in asked["html"]
    again = approve(client, lesson, headers={"x-requested-with": "XMLHttpRequest"}, sure="1").json()
    assert again == {"step": "success", "redirect": "/editor/"}


def test_approving_in_the_page_editor_keeps_what_she_changed_and_asks(
    client, lesson, django_capture_on_commit_callbacks
):
    asked = approve_in_the_editor(client, lesson, title="Lessons and others")
    assert [stale["title"] for stale in asked.context["stale_pages"]] == ["Lessons and others"]
    assert (page("other").title, page("other").current_workflow_state.status) == ("Lesson other", "in_progress")
    with django_capture_on_commit_callbacks(execute=True):
        assert send_again(client, asked)["Location"] == reverse("wagtailadmin_explore", args=[lesson.get_parent().pk])
    assert page("other").title == "Lessons and others"
    assert approved_with() == ("approved", COMMENT)


def test_in_the_page_editor_what_is_translated_nowhere_is_approved_at_once(
    client, lesson, django_capture_on_commit_callbacks
):
    Translation.objects.update(enabled=False)
    with django_capture_on_commit_callbacks(execute=True):
        assert approve_in_the_editor(client, lesson, title="Lessons and others").status_code == 302
    assert (page("other").title, approved_with()) == ("Lessons and others", ("approved", COMMENT))


def test_sending_it_back_asks_nothing(client, lesson):
    assert approve(client, lesson, action="reject")["Location"] == "/editor/"
    assert page("other").current_workflow_state.status == "needs_changes"


def test_only_the_last_of_two_reviews_asks(client, lesson, make_user):
    second = GroupApprovalTask.objects.create(name="A second look")
    second.groups.add(*lesson.current_workflow_task.specific.groups.all())
    WorkflowTask.objects.create(workflow=lesson.get_workflow(), task=second, sort_order=1)
    assert approve(client, lesson).status_code == 302
    assert page("other").title == "Lesson other"
    assert "1 part will be behind" in approve(client, page("other")).text


def test_a_translated_page_with_open_parts_is_asked_about_too(lesson, make_user, sign_in):
    greek = page("one", "el")
    greek.save_revision()
    greek.get_workflow().start(greek, None)
    asked = approve(sign_in(make_user("editor-el", "editor-el")), page("one", "el"))
    assert [half.missing for half in asked.context["halves"]] == [1]
    assert page("one", "el").current_workflow_state.status == "in_progress"


def test_who_may_not_approve_is_not_asked(lesson, make_user, sign_in):
    response = approve(sign_in(make_user("editor-el", "editor-el")), lesson)
    assert (response.status_code, response["Location"]) == (302, "/editor/")
    assert page("other").current_workflow_state.status == "in_progress"
