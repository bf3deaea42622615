"""What editors should look at: the report on a language, and one page with its measures in every language."""

import csv

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Page

from courses.checks.findings import KINDS
from courses.checks.texts import kind_of
from hub.editor.checks import findings_of, measures_of, report
from hub.editor.unsaved import take_in
from hub.lib.wording import fold

PER_PAGE = 50


class ReportForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    kind = forms.ChoiceField(
        label=gettext_lazy("About"), required=False, choices=[("", gettext_lazy("everything")), *KINDS.items()]
    )
    q = forms.CharField(label=gettext_lazy("Words of the page’s title"), required=False, max_length=80)

    def rows(self):
        wanted = fold(self.cleaned_data["q"])
        kind = self.cleaned_data["kind"]
        rows = report(self.cleaned_data["language"])
        return [row for row in rows if (not kind or row.kind == kind) and (not wanted or wanted in fold(row.page))]


@require_GET
def show_report(request):
    """Every finding in one language; with `format=csv` as a table to take along."""
    form = ReportForm({"language": own_language(request.user), **request.GET.dict()})
    rows = form.rows() if form.is_valid() else []
    if request.GET.get("format") == "csv":
        return as_csv(rows)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    context = {"form": form, "rows": shown, "count": len(rows), "query": query_of(request)}
    return editor_page(request, "checks", _("Checks"), 200 if form.is_valid() else 422, **context)


def own_language(user):
    return user.language if user.language in dict(settings.LANGUAGES) else "en"


def query_of(request):
    query = request.GET.copy()
    query.pop("p", None)
    query.pop("format", None)
    return query.urlencode()


def as_csv(rows):
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="checks.csv"'
    response.write("\ufeff")
    table = csv.writer(response)
    table.writerow([_("About"), _("Page"), _("Where on the page"), _("What to look at"), _("Address")])
    table.writerows([[row.kind_words, row.page, row.place, row.message, row.url] for row in rows])
    return response


def editor_page(request, name, title, status=200, crumbs=(), **context):
    """A page of the editor with its way back."""
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, *crumbs, {"url": "", "label": title}]
    context = {"header_icon": "glasses"} | context
    context |= {"header_title": title, "page_title": title, "breadcrumbs_items": crumbs}
    return render(request, f"editor/{name}.html", context, status=status)


@require_GET
def show_page(request, page_id):
    """One page: its measures in every language, and what to look at."""
    page = get_page(request, page_id).get_latest_revision_as_object()
    crumbs = [{"url": reverse("editor_checks"), "label": _("Checks")}]
    return editor_page(request, "checks_page", page.title, crumbs=crumbs, **page_context(page))


@require_POST
def measure_unsaved(request, page_id):
    """The same for what stands in her editor and is not saved yet, as a piece of the side panel. Nothing is written."""
    page = get_page(request, page_id).get_latest_revision_as_object()
    take_in(page, request)
    return render(request, "editor/checks_now.html", page_context(page))


def get_page(request, page_id):
    """A page of ours that she may change, or 404 and 403."""
    page = get_object_or_404(Page.objects.select_related("locale"), pk=page_id).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return get_object_or_404(Page, pk=0) if kind_of(page) is None else page


def page_context(page):
    return {"page": page, "measures": measures_of(page), "rows": findings_of(page), "kinds": KINDS}
