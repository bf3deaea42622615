"""One workflow for each language: what a translator submits, the reviewers of that language publish or send back.

Whoever may publish need not submit. A home page that has a workflow already keeps it, and one that was switched off stays off.
"""

from django.contrib.auth.models import Group
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask


def ensure_workflow(locale, reviewers):
    """`reviewers` are the names of the groups that may approve in this language."""
    workflow, new = Workflow.objects.get_or_create(name=f"Translation and review ({locale.language_code})")
    task, _new = GroupApprovalTask.objects.get_or_create(name=f"Review ({locale.language_code})")
    task.groups.add(*Group.objects.filter(name__in=reviewers))
    if new:
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    if workflow.active:
        assign(workflow, Page.objects.filter(depth=2, locale=locale, workflowpage=None))


def assign(workflow, homes):
    WorkflowPage.objects.bulk_create([WorkflowPage(page=home, workflow=workflow) for home in homes])
