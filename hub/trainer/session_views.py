"""The sessions of a circle: when and where, the session plan, who was present."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses import cohort_rows, cohort_work
from courses.enrolment_words import NotAllowed
from courses.models import Attendance
from courses.record_views import see_other
from courses.sheets import plan_html
from hub.accounts.access import posted
from hub.lib.paging import page_request
from hub.trainer.access import get_circle, get_session, trainer_page
from hub.trainer.forms import ABSENT, OPEN, PRESENT, AttendanceForm, SessionForm
from hub.trainer.queries import run_sheet, sessions_of

NAMES_ON_PAPER = 60
FIELDS = ["number", "starts_at", "minutes", "place", "link"]


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_page
def sessions(request, cohort_id):
    circle = get_circle(request, cohort_id)
    rows = list(sessions_of(circle))
    form = SessionForm(posted(request), initial={"number": rows[-1].number + 1 if rows else 1})
    if form.is_valid() and saved(circle, None, form):
        messages.success(request, _("The session is planned. Members see it under My learning."))
        return see_other(reverse("trainer:sessions", args=[circle.pk]))
    context = {"circle": circle, "rows": rows, "form": form, "zone": timezone.get_current_timezone_name()}
    return render(request, "trainer/sessions.html", context, status=422 if form.is_bound else 200)


def saved(circle, session, form):
    try:
        return cohort_work.save_session(cohort=circle, session=session, **form.cleaned_data)
    except NotAllowed as no:
        form.add_error("number", str(no))


@require_safe
@trainer_page
def session(request, cohort_id, session_id):
    """The session plan, large enough for a phone; printed, with a list for attendance."""
    circle, found = get_session(request, cohort_id, session_id)
    plan = run_sheet(found.number)
    rows, _before, after = cohort_rows.page_of(circle, size=NAMES_ON_PAPER)
    context = {"circle": circle, "session": found, "plan": plan, "rows": rows, "more": after}
    context["html"] = plan_html(plan) if plan else ""
    return render(request, "trainer/session.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_page
def change(request, cohort_id, session_id):
    circle, found = get_session(request, cohort_id, session_id)
    form = SessionForm(posted(request), initial={name: getattr(found, name) for name in FIELDS})
    if form.is_valid() and saved(circle, found, form):
        messages.success(request, _("Changed. Members see it under My learning."))
        return see_other(reverse("trainer:sessions", args=[circle.pk]))
    context = {"circle": circle, "session": found, "form": form, "zone": timezone.get_current_timezone_name()}
    return render(request, "trainer/session_change.html", context, status=422 if form.is_bound else 200)


@require_POST
@trainer_page
def delete(request, cohort_id, session_id):
    circle, found = get_session(request, cohort_id, session_id)
    found.delete()
    messages.success(request, _("The session is deleted, with what was entered about it."))
    return see_other(reverse("trainer:sessions", args=[circle.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_page
def attendance(request, cohort_id, session_id):
    circle, found = get_session(request, cohort_id, session_id)
    where = page_request(request.GET)
    rows, before, after = cohort_rows.page_of(circle, after=where.get("after"), before=where.get("before"))
    form = AttendanceForm(posted(request), rows=rows, initial=entered(found))
    if form.is_valid():
        cohort_work.enter_attendance(session=found, present=form.present())
        messages.success(request, _("Attendance is entered."))
        return see_other(request.get_full_path() if after else reverse("trainer:sessions", args=[circle.pk]))
    context = {"circle": circle, "session": found, "form": form, "rows": rows, "before": before, "after": after}
    return render(request, "trainer/attendance.html", context, status=422 if form.is_bound else 200)


def entered(session):
    rows = Attendance.objects.filter(session=session).values_list("membership_id", "present")
    return Initial({f"m-{pk}": PRESENT if was else ABSENT for pk, was in rows})


class Initial(dict):
    """What nobody has entered is shown as not entered."""

    def get(self, key, default=None):
        return super().get(key, OPEN)
