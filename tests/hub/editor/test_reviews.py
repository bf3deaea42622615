"""Translation, review, publication: what a translator submits, the reviewer of her language publishes."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.models import Locale, Page, Workflow

from hub.accounts.roles import ensure_roles
from tests.hub.editor.trees import everything_of, lesson_of, make_trees


@pytest.fixture
def trees(db):
    return make_trees()


@pytest.fixture
def anna(trees, make_user):
    """Translates into Hungarian; has an address, so that she is written to."""
    return make_user("anna", "translator-hu", email="anna@example.org", language="hu")


@pytest.fixture
def reviewer(trees, make_user):
    """Reviews Hungarian; her account is in Swedish."""
    return make_user("reviewer", "editor-hu", email="reviewer@example.org", language="sv")


def submit(person):
    lesson = lesson_of("hu")
    state = lesson.get_workflow().start(lesson, person)
    return state.current_task_state


def decide(client, task, act, comment=""):
    path = f"/editor/pages/workflow/action/{lesson_of('hu').pk}/{act}/{task.pk}/"
    return client.post(path, {"comment": comment, "sure": "1"})


def test_each_home_has_the_workflow_of_its_language(trees):
    for code, tree in trees.items():
        workflow = lesson_of(code).get_workflow()
        assert workflow.name == f"Translation and review ({code})"
        groups = workflow.tasks[0].specific.groups.values_list("name", flat=True)
        assert set(groups) == {f"editor-{code}", "coordinator", "administrator"}
        assert tree.home.workflowpage.workflow == workflow


def test_a_workflow_that_was_switched_off_or_replaced_stays_so(trees):
    Workflow.objects.get(name="Translation and review (hu)").deactivate()
    other = Workflow.objects.create(name="Ours")
    greek = Page.objects.get(pk=trees["el"].home.pk).workflowpage
    greek.workflow = other
    greek.save()
    ensure_roles()
    assert lesson_of("hu").get_workflow().name != "Translation and review (hu)"
    assert lesson_of("el").get_workflow() == other


@pytest.mark.parametrize("role", ["editor-hu", "coordinator", "administrator"])
def test_a_reviewer_publishes_what_was_submitted(
    trees, anna, role, make_user, sign_in, django_capture_on_commit_callbacks
):
    lesson = lesson_of("hu")
    lesson.title = "Az ő tempója"
    lesson.save_revision(user=anna)
    task = submit(anna)
    with django_capture_on_commit_callbacks(execute=True):
        decide(sign_in(make_user("person", role)), task, "approve")
    assert (lesson_of("hu").title, lesson_of("hu").live) == ("Az ő tempója", True)


def test_while_in_review_the_translator_changes_nothing(trees, anna, sign_in):
    submit(anna)
    client, tree, before = sign_in(anna), trees["hu"], everything_of("hu")
    string = tree.translation.source.stringsegment_set.first()
    path = f"/editor/localize/translate/{tree.translation.pk}/strings/{string.pk}/edit/"
    assert client.put(path, "value=x", content_type="application/x-www-form-urlencoded").status_code == 403
    answer = client.post(f"/editor/pages/{lesson_of('hu').pk}/edit/", {"action": "publish", "sure": "1"}, follow=True)
    with translation.override("hu"):
        refusal = gettext("This page is locked or waits for review. Nothing was changed.")
    assert refusal in answer.content.decode()
    assert client.post(f"/editor/localize/translate/{tree.translation.pk}/disable/").status_code == 403
    assert everything_of("hu") == before
    assert client.get(f"/editor/localize/translate/{tree.translation.pk}/preview/").status_code == 200, (
        "but she reads it"
    )


def test_a_translator_neither_approves_nor_rejects_her_own(trees, anna, sign_in):
    task, before = submit(anna), everything_of("hu")
    client = sign_in(anna)
    for act in ("approve", "reject"):
        decide(client, task, act)
        assert everything_of("hu") == before


def test_mails_go_to_the_reviewers_of_the_language_each_in_her_own(trees, anna, reviewer, make_user, mailoutbox):
    make_user("greek", "editor-el", email="greek@example.org")
    submit(anna)
    assert [mail.to for mail in mailoutbox] == [["reviewer@example.org"]]
    assert "Hej reviewer" in mailoutbox[0].body, "Swedish, as her account"


def test_what_is_sent_back_goes_to_the_translator_with_the_reason(trees, anna, reviewer, sign_in, mailoutbox):
    task = submit(anna)
    mailoutbox.clear()
    decide(sign_in(reviewer), task, "reject", comment="Please see the glossary.")
    assert [mail.to for mail in mailoutbox] == [["anna@example.org"]]
    assert "Please see the glossary." in mailoutbox[0].body
    assert lesson_of("hu").current_workflow_state.status == "needs_changes"


def test_an_editor_publishes_without_a_review(trees, reviewer, sign_in, django_capture_on_commit_callbacks):
    lesson_of("hu").unpublish()
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(reviewer).post(f"/editor/pages/{lesson_of('hu').pk}/edit/", {"action": "publish", "sure": "1"})
    assert lesson_of("hu").live


def test_tidy_publishes_and_withdraws_on_time(trees):
    lesson = lesson_of("hu", "small-two")
    lesson.unpublish()
    now = timezone.now()
    lesson.go_live_at = now - timedelta(minutes=1)
    lesson.save_revision(approved_go_live_at=now - timedelta(minutes=1))
    leaving = lesson_of("hu", "small-three")
    Page.objects.filter(pk=leaving.pk).update(expire_at=now - timedelta(minutes=1))
    call_command("tidy")
    assert (lesson_of("hu", "small-two").live, lesson_of("hu", "small-three").live) == (True, False)


# Who did what --------------------------------------------------------------------------------------------------


def test_the_report_of_who_did_what_shows_her_language_and_the_coordinator_all(trees, make_user, sign_in):
    for code in ("el", "hu"):
        lesson = lesson_of(code)
        lesson.title = f"Seen in {code}"
        lesson.save_revision(user=make_user(f"hand-{code}"), log_action=True).publish()
    for role, seen in [("editor-hu", {"hu"}), ("translator-el", {"el"}), ("coordinator", {"el", "hu"})]:
        text = sign_in(make_user(role, role)).get("/editor/reports/site-history/").content.decode()
        assert {code for code in ("el", "hu") if f"Seen in {code}" in text} == seen, role
        assert {code for code in ("el", "hu") if f"hand-{code}" in text} == seen, role


def test_a_new_language_gets_groups_and_workflow_by_the_command(trees):
    locale = Locale.objects.create(language_code="sv")
    Page.get_first_root_node().add_child(
        instance=type(trees["hu"].home)(title="sv", slug="sv", lead="x", locale=locale)
    )
    call_command("ensure_roles")
    assert Page.objects.get(slug="sv").get_workflow().name == "Translation and review (sv)"
