"""Approving a review publishes: it asks what publishing asks, in the page editor, on the first page and in its window."""

import json

from django.urls import reverse
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowAction
from wagtail.models import Task

from hub.editor.asking import SURE, ask, half_translated, is_sure, question, sent_fields
from hub.editor.publishing import said_of, stale_pages

stock_action = WorkflowAction.post
stock_perform = EditView.perform_workflow_action


def apply():
    """Wagtail has no hook before an approval."""
    WorkflowAction.post = action_after_asking
    EditView.perform_workflow_action = perform_after_asking


def publishes(page, action):
    """Whether this answer to a review is its last one."""
    if action != "approve":
        return False
    state = page.current_workflow_state
    others = Task.objects.filter(workflow_tasks__workflow=state.workflow, active=True)
    others = others.exclude(pk=state.current_task_state.task_id)
    return not others.exclude(task_states__in=state.successful_task_states).exists()


def action_after_asking(view, request, *args, **kwargs):
    """The buttons on the first page of the editor; with a comment they are in a window, and so is the question."""
    if is_sure(request) or not publishes(view.object, view.action_name):
        return stock_action(view, request, *args, **kwargs)
    halves, stale = half_translated([view.object]), stale_pages([view.object])
    if not halves and not stale:
        return stock_action(view, request, *args, **kwargs)
    fields = sent_fields(request)
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        context = {"halves": halves, "stale_pages": stale, "action": request.path, "fields": [*fields, (SURE, "1")]}
        context["title"] = question(halves)
        return render_modal_workflow(request, "editor/ask_window.html", None, context, json_data={"step": "action"})
    return ask(request, halves, action=request.path, fields=fields, back=view.redirect_url, stale=stale)


def perform_after_asking(view):
    """The button in the page editor: what she changed there is kept as a draft while she reads."""
    stale = said_of([view.form.instance]) if publishes(view.page, view.workflow_action) else []
    if not stale:
        return stock_perform(view)
    task_state = view.page.current_workflow_task_state
    if view.has_content_changes:
        saved = view.save_action()
        if saved.status_code != 302:
            return saved
    action = reverse("wagtailadmin_pages:workflow_action", args=[view.page.pk, "approve", task_state.pk])
    fields = [("comment", comment_of(view.request)), ("next", explorer(view.page))]
    return ask(view.request, [], action=action, fields=fields, back=view.get_edit_url(), stale=stale)


def comment_of(request):
    """What she wrote in the window before; that form has checked it."""
    return json.loads(request.POST.get("workflow-action-extra-data", "{}")).get("comment", "")


def explorer(page):
    return reverse("wagtailadmin_explore", args=[page.get_parent().pk])
