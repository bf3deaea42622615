"""In the editor: a file of questions is looked at, shown, and only then imported; banks and kits are taken out.

Between the two steps the file lies in the cache for half an hour, under a name that only its sender knows.
"""

import secrets

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from courses.models import QuestionBank
from courses.questions.exchange import SUFFIXES, carry_out, export_questions, plan_import
from courses.questions.exchange_forms import ExportForm, ImportForm
from courses.questions.from_rows import in_words
from courses.questions.items import Faults, base
from courses.questions.kinds import KINDS
from courses.questions.rights import BankPolicy

KEPT_SECONDS = 1_800
POLICY = BankPolicy(QuestionBank)


def need_right(request, action):
    if not POLICY.user_has_permission(request.user, action):
        raise PermissionDenied


def page(request, name, title, status=200, **context):
    """A page of the editor with its way back."""
    banks = {"url": reverse(QuestionBank.snippet_viewset.get_url_name("list")), "label": _("Question banks")}
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, banks, {"url": "", "label": title}]
    context |= {"header_title": title, "page_title": title, "breadcrumbs_items": crumbs, "header_icon": "help"}
    return render(request, f"courses/editor/{name}.html", context, status=status)


@require_http_methods(["GET", "POST"])
def start_import(request):
    need_right(request, "add")
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_bound and form.is_valid():
        token = secrets.token_urlsafe(16)
        kept = {name: form.cleaned_data[name] for name in ("data", "title", "language")}
        cache.set(cache_key(request, token), kept, KEPT_SECONDS)
        return redirect("question_import", token=token)
    titles = QuestionBank.objects.order_by("title").values_list("title", flat=True).distinct()
    status = 422 if form.is_bound else 200
    return page(request, "question_import_start", _("Import questions"), status, form=form, titles=titles)


@require_http_methods(["GET", "POST"])
def finish_import(request, token):
    """What the file holds against what the bank holds now; a POST imports it."""
    need_right(request, "add")
    kept = cache.get(cache_key(request, token))
    if kept is None:
        messages.warning(request, _("This file was here for half an hour and is gone. Please choose it again."))
        return redirect("question_import_start")
    try:
        plan = plan_import(kept["data"], title=kept["title"], language=kept["language"])
    except Faults:  # it was sound when it came in; the hub has changed since
        return redirect("question_import_start")
    if request.method == "POST":
        carry_out(plan)
        cache.delete(cache_key(request, token))
        return tell_imported(request, plan)
    return page(
        request,
        "question_import",
        _("Import questions"),
        plan=plan,
        table=rows_for(plan, kept["language"]),
        **words_for(plan),
    )


def cache_key(request, token):
    return f"question-import:{request.user.pk}:{token}"


def tell_imported(request, plan):
    count = len(plan.questions)
    text = ngettext(
        "%(count)d question imported into “%(bank)s”.", "%(count)d questions imported into “%(bank)s”.", count
    )
    messages.success(request, text % {"count": count, "bank": plan.title})
    return redirect(QuestionBank.snippet_viewset.get_url_name("list"))


def rows_for(plan, language):
    """A line of the table for each question; what names no language is in `language`."""
    states = {"new": _("new"), "changed": _("changed"), "same": _("as it is")}
    return [
        {
            "line": item.line,
            "kind": kind_name(item.kind),
            "text": Truncator(in_words(base(item.prompt or item.body))).chars(160),
            "state": states[state],
            "languages": sorted(item.languages() or [language]),
            "notes": item.notes,
        }
        for item, state in plan.questions
    ]


def kind_name(kind):
    label = KINDS[kind].block.label if kind in KINDS else {"reflection": _("Reflection"), "text": _("Text")}[kind]
    return capfirst(str(label))


def words_for(plan):
    return {"new": plan.count("new"), "changed": plan.count("changed"), "same": plan.count("same")}


@require_GET
def export(request):
    """The form; with a format chosen, the file."""
    need_right(request, "view")
    form = ExportForm(request.GET) if "format" in request.GET else ExportForm()
    if form.is_bound and form.is_valid():
        arguments = form.arguments()
        suffix = SUFFIXES[arguments["format"]]
        content_type = "application/xml" if suffix == "xml" else "text/plain; charset=utf-8"
        response = HttpResponse(export_questions(**arguments), content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="questions.{suffix}"'
        return response
    return page(request, "question_export", _("Export questions"), 422 if form.is_bound else 200, form=form)
