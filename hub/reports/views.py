"""/<lang>/reports/: the figures of a time, as a page, as files and on paper; their targets; and what they mean."""

from django.contrib import messages
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hub.accounts.access import posted, staff_page
from hub.accounts.events import Kind, note
from hub.accounts.roles import can_manage_people
from hub.lib.limits import allow
from hub.lib.redirects import see_other
from hub.reports import exports
from hub.reports.access import can_count_slips, reports_page
from hub.reports.actions import set_targets
from hub.reports.charts import chart_of
from hub.reports.figures import FIGURES
from hub.reports.forms import PeriodForm, TakeForm, TargetsForm, half_choices
from hub.reports.models import Target
from hub.reports.periods import half_year, today
from hub.reports.queries import counted_until, figure_lines, first_day, month_tables
from hub.reports.rounding import BASE
from hub.reports.tables import filled_tables

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES_PER_DAY = 50


@require_safe
@reports_page
def overview(request, *, viewer):
    form = PeriodForm(request.GET, first_day=first_day())
    if not form.is_bound or form.is_valid():
        context = shown(viewer, form) | {"counts_slips": can_count_slips(request.user)}
        return render(request, "reports/overview.html", context)
    return render(request, "reports/overview.html", {"form": form, "viewer": viewer}, status=422)


@require_safe
@reports_page
def annex(request, *, viewer):
    """The same numbers for paper."""
    form = PeriodForm(request.GET, first_day=first_day())
    if form.is_bound and not form.is_valid():
        return see_other(f"{reverse('reports:overview')}?{urlencode(form.query)}")
    context = shown(viewer, form)
    context["by_month"] = month_tables([line for line, _chart in context["lines"]])
    return render(request, "reports/annex.html", context)


def shown(viewer, form):
    period = form.chosen
    return {
        "viewer": viewer,
        "form": form,
        "period": period,
        "until": counted_until(),
        "is_running": period.end >= today(),
        "lines": [(line, chart_of(line)) for line in figure_lines(viewer, period)],
        "tables": filled_tables(viewer, period),
        "rounding": exports.rounding_note(),
    }


@require_POST
@reports_page
def take(request, *, viewer):
    """A file to take along; that it was taken is kept in the log."""
    form, kind = PeriodForm({"period": ""} | request.POST.dict(), first_day=first_day()), TakeForm(request.POST)
    if not kind.is_valid():
        form.add_error(None, _("Please choose one of the two kinds of file."))
    if not form.is_valid():
        return render(request, "reports/overview.html", {"form": form, "viewer": viewer}, status=422)
    if not allow(f"figures:{request.user.pk}", limit=FILES_PER_DAY, seconds=86_400):
        form.add_error(None, _("There were too many attempts. Please wait a few minutes and try again."))
        return render(request, "reports/overview.html", {"form": form, "viewer": viewer}, status=429)
    period, file = form.chosen, kind.cleaned_data["kind"]
    about = {"actor": request.user, "organisation": request.user.organisation}
    note(user=None, kind=Kind.FIGURES_TAKEN, detail=f"{period.key} {file}", **about)
    return file_of(viewer, period, file)


def file_of(viewer, period, kind):
    head = exports.notes(period, counted_until())
    parts = exports.sections(figure_lines(viewer, period), filled_tables(viewer, period))
    name = f"figures-{period.key.lower()}.{kind}"
    if kind == "xlsx":
        return FileResponse(exports.xlsx_file(head, parts), as_attachment=True, filename=name, content_type=XLSX)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    lines = exports.csv_lines(head, parts, get_language())
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=disposition)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(can_manage_people)
def targets(request):
    """The targets of one half-year, named by `half`."""
    period = chosen_half(request.GET.get("half"))
    year, half = period.halves[0]
    stored = dict(Target.objects.filter(year=year, half=half).values_list("figure", "number"))
    form = TargetsForm(posted(request), initial=stored)
    if form.is_valid():
        set_targets(year=year, half=half, numbers=form.cleaned_data)
        messages.success(request, _("The targets are kept. They stand beside the figures."))
        return see_other(f"{reverse('reports:overview')}?{urlencode({'period': period.key})}")
    context = {"form": form, "period": period, "halves": half_choices()}
    return render(request, "reports/targets.html", context, status=422 if form.is_bound else 200)


def chosen_half(key):
    found = next((period for period in half_choices() if period.key == key), None)
    if key and found is None:
        raise Http404
    return found or half_year(today())


@require_safe
@reports_page
def meaning(request, *, viewer):
    """What the numbers mean."""
    context = {"figures": FIGURES.values(), "base": BASE, "rounding": exports.rounding_note(), "viewer": viewer}
    return render(request, "reports/meaning.html", context)
