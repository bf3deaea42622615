"""Taking a list out of the hub: each woman on it is told."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from courses import cohort_rows, cohort_work
from hub.accounts.access import posted
from hub.lib.limits import allow
from hub.trainer import lists
from hub.trainer.access import get_circle, trainer_page
from hub.trainer.circle_views import DAY, too_many
from hub.trainer.forms import ListForm

LISTS_PER_DAY = 10
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_page
def take_out(request, cohort_id):
    circle = get_circle(request, cohort_id)
    form = ListForm(posted(request))
    if form.is_valid():
        if allow(f"circle-lists:{request.user.pk}", limit=LISTS_PER_DAY, seconds=DAY):
            cohort_work.note_list(cohort=circle, by=request.user)
            return file_of(circle, form.cleaned_data["kind"])
        too_many(form)
    context = {"circle": circle, "form": form, "heading": lists.heading(), "columns": lists.columns()}
    return render(request, "trainer/list.html", context, status=422 if form.is_bound else 200)


def file_of(circle, kind):
    rows = cohort_rows.all_rows(circle)
    content, mime = (lists.as_xlsx(rows), XLSX) if kind == "xlsx" else (lists.as_csv(rows), "text/csv; charset=utf-8")
    # The name says nothing to whoever looks into the downloads.
    name = f"list-{timezone.localdate():%Y-%m-%d}.{kind}"
    return HttpResponse(content, content_type=mime, headers={"Content-Disposition": f'attachment; filename="{name}"'})
