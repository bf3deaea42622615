"""Slips for a list of women: upload, look at each row, make all of them or none."""

import csv
import io
from secrets import token_urlsafe

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from courses.record_views import see_other
from hub.accounts.access import posted
from hub.lib.limits import allow
from hub.trainer import slips
from hub.trainer.access import get_circle, trainer_page
from hub.trainer.circle_views import DAY, too_many
from hub.trainer.lists import safe
from hub.trainer.tables import ENCODINGS, NotATable, name_of, read_table

ONCE = "slips_once"
MOST_BYTES = 1_000_000
LISTS_PER_DAY = 20


class UploadForm(forms.Form):
    table = forms.FileField(
        label=gettext_lazy("Your list, as a CSV file"),
        help_text=gettext_lazy(
            "The first line names the columns: “name”, and if you like “user name”. At most 200 rows. "
            "Nothing is kept of the file."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        max_length=255,
    )
    letters = forms.ChoiceField(
        label=gettext_lazy("Letters in the file"),
        choices=[("", gettext_lazy("Find out")), *ENCODINGS.items()],
        required=False,
    )

    def clean_table(self):
        file = self.cleaned_data["table"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(slips.TOO_MANY % {"most": slips.MOST_ROWS})
        return file


class RowsForm(forms.Form):
    """What the preview showed, sent back; it is looked at again."""

    rows = forms.CharField(widget=forms.HiddenInput)
    days = forms.IntegerField(label=gettext_lazy("Valid for how many days"), min_value=1, max_value=365, initial=30)

    def clean_rows(self):
        try:
            return slips.unpacked(self.cleaned_data["rows"])
        except (ValueError, RecursionError):
            raise forms.ValidationError(_("Please upload your list again.")) from None


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_page
def upload(request, cohort_id):
    circle = get_circle(request, cohort_id)
    form = UploadForm(posted(request), request.FILES if request.method == "POST" else None)
    if "table" in getattr(request, "files_too_large", ()):
        form.errors.clear()
        form.add_error("table", slips.TOO_MANY % {"most": slips.MOST_ROWS})
    if form.is_valid():
        try:
            return preview(request, circle, *looked_at(circle, form))
        except NotATable as no:
            form.add_error("table", str(no))
    return render(request, "trainer/slips.html", {"circle": circle, "form": form}, status=422 if form.is_bound else 200)


def looked_at(circle, form):
    """(rows with their errors, name of the encoding)"""
    content, letters = form.cleaned_data["table"].read(), form.cleaned_data["letters"]
    table = read_table(content, encoding=letters, most_rows=slips.MOST_ROWS + 1)
    return slips.checked(slips.rows_in(table), circle), name_of(table.encoding)


def preview(request, circle, rows, letters="", form=None, status=200):
    once = request.session[ONCE] = token_urlsafe(12)
    context = {
        "circle": circle,
        "rows": rows,
        "wrong": [row for row in rows if row.error],
        "letters": letters,
        "form": form or RowsForm(initial={"rows": slips.packed(rows), "days": 30}),
        "packed": slips.packed(rows),
        "once": once,
    }
    return render(request, "trainer/slips_preview.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_page
def make(request, cohort_id):
    """All slips at once. The page of slips may be loaded again, or the button pressed twice: neither makes a second set."""
    circle = get_circle(request, cohort_id)
    if request.method != "POST":
        return see_other(reverse("trainer:slips", args=[circle.pk]))
    form = RowsForm(request.POST)
    form.is_valid()
    if "rows" not in form.cleaned_data:
        return again(request, circle)
    rows = slips.checked(form.cleaned_data["rows"], circle)
    if form.is_valid() and may_make(request, form):
        made = slips.make_slips(cohort=circle, by=request.user, rows=rows, days=form.cleaned_data["days"])
        if made:
            return show_slips(request, circle, made, form.cleaned_data["days"])
        form.add_error(None, _("No slip was made: there is something wrong in the list. Please look at the rows."))
    return preview(request, circle, rows, form=form, status=422)


def again(request, circle):
    """What came back is not what a preview sent."""
    form = UploadForm({}, {})
    form.errors.clear()
    form.add_error("table", _("Please upload your list again."))
    return render(request, "trainer/slips.html", {"circle": circle, "form": form}, status=422)


def may_make(request, form):
    if request.session.pop(ONCE, None) != request.POST.get("once", ""):
        form.add_error(None, _("These slips were shown already and cannot be shown again."))
        return False
    if not allow(f"circle-slips:{request.user.pk}", limit=LISTS_PER_DAY, seconds=DAY):
        too_many(form)
        return False
    return True


def show_slips(request, circle, made, days):
    language = circle.languages[0] if circle.languages else translation.get_language()
    with translation.override(language):
        address = request.build_absolute_uri(reverse("courses:join"))
    context = {"circle": circle, "made": made, "days": days, "address": address, "language": language}
    return render(request, "trainer/slips_made.html", context)


@require_POST
@trainer_page
def errors(request, cohort_id):
    """What is wrong in the list, as a file: the same rows with a column more."""
    circle = get_circle(request, cohort_id)
    form = RowsForm(request.POST)
    form.is_valid()
    if "rows" not in form.cleaned_data:
        return again(request, circle)
    wrong = [row for row in slips.checked(form.cleaned_data["rows"], circle) if row.error]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_("Line"), _("Name"), _("User name"), _("What is wrong")])
    writer.writerows([row.number, *map(safe, (row.name, row.user_name, row.error))] for row in wrong)
    headers = {"Content-Disposition": 'attachment; filename="list-errors.csv"'}
    return HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
