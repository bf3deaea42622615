"""The trainer's room: the next session first, then her circles; and a circle with its members."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses import cohort_rows
from hub.accounts.roles import can_manage_people
from hub.lib.paging import page_request
from hub.trainer.access import get_circle, get_kit, held, kit_of, trainer_page
from hub.trainer.queries import all_circles, circles_of, next_session, run_sheet


@require_safe
@trainer_page
def room(request):
    circles = circles_of(request.user)
    coming = next_session([circle.pk for circle in circles if not circle.closed_at])
    context = {
        "open": [circle for circle in circles if not circle.closed_at],
        "closed": [circle for circle in circles if circle.closed_at],
        "coming": coming,
        "run_sheet": run_sheet(coming.number) if coming else None,
        "all": all_circles() if can_manage_people(request.user) else [],
        "may_make": bool(request.user.organisation_id),
    }
    return render(request, "trainer/room.html", context)


@require_safe
@trainer_page
def circle(request, cohort_id):
    cohort = get_object_or_404(held(request.user), pk=cohort_id)
    if cohort.closed_at:
        return render(request, "trainer/closed.html", {"circle": cohort, "kit": kit_of(cohort)})
    where = page_request(request.GET)
    rows, before, after = cohort_rows.page_of(cohort, after=where.get("after"), before=where.get("before"))
    coming = next_session([cohort.pk])
    counts = cohort_rows.counts(cohort)
    context = {
        "circle": cohort,
        "kit": kit_of(cohort),
        "rows": rows,
        "before": before,
        "after": after,
        "counts": [(cohort_rows.COUNTED[state], number) for state, number in counts.items()],
        "members": sum(counts.values()),
        "coming": coming,
        "run_sheet": run_sheet(coming.number) if coming else None,
    }
    return render(request, "trainer/circle.html", context)


@require_safe
@trainer_page
def questions(request, cohort_id):
    cohort = get_circle(request, cohort_id)
    found = cohort_rows.results(cohort, get_kit(cohort))
    context = {"circle": cohort, "results": found, "smallest": cohort_rows.SMALLEST_GROUP}
    return render(request, "trainer/questions.html", context)
