"""Lessons done on paper, for a whole group on one screen: ticks and one day, never a word of hers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from courses import cohort_rows, cohort_work
from courses.cohort_work import paper_marks
from courses.models import Membership
from courses.record_views import see_other
from hub.accounts.access import posted
from hub.lib.paging import page_request
from hub.trainer.access import get_circle, get_kit, trainer_page
from hub.trainer.forms import PaperForm


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_page
def paper(request, cohort_id):
    circle = get_circle(request, cohort_id)
    kit = get_kit(circle)
    module = module_asked_for(kit, request.GET.get("module", ""))
    keys = {lesson.key for lesson in kit.lessons}
    form = PaperForm(posted(request), lesson_keys=keys, initial={"done_on": timezone.localdate()})
    if form.is_valid():
        data = form.cleaned_data
        outcome = cohort_work.enter_paper(
            cohort=circle,
            by=request.user,
            done_on=data["done_on"],
            shown=data["was"] | data["tick"],
            ticked=data["tick"],
        )
        say(request, *outcome)
        return see_other(f"{reverse('trainer:paper', args=[circle.pk])}?module={module.number}")
    return show(request, circle, kit, module, form)


def module_asked_for(kit, number):
    """The module of this number, else the first; 404 while the kit has none."""
    if not kit.modules:
        raise Http404
    return next((line for line in kit.modules if str(line.number) == number), kit.modules[0])


def show(request, circle, kit, module, form):
    where = page_request(request.GET)
    rows, before, after = cohort_rows.page_of(circle, after=where.get("after"), before=where.get("before"))
    members = Membership.objects.filter(pk__in=[row.pk for row in rows]).in_bulk()
    marks = paper_marks(circle, members)
    was = {f"{pk}:{key}" for pk, key in marks}
    ticked = set(form.data.getlist("tick")) if form.is_bound else was
    context = {
        "circle": circle,
        "kit": kit,
        "module": module,
        "form": form,
        "lines": [(row, cells(row, module, marks, ticked)) for row in rows],
        "was": [f"{row.pk}:{line.key}" for row in rows for line in module.lessons if (row.pk, line.key) in marks],
        "before": before,
        "after": after,
    }
    return render(request, "trainer/paper.html", context, status=422 if form.is_bound else 200)


def cells(row, module, marks, ticked):
    """[(LessonLine, value of its box, whether it is ticked, PaperMark or None)]"""
    values = [(line, f"{row.pk}:{line.key}") for line in module.lessons]
    return [(line, value, value in ticked, marks.get((row.pk, line.key))) for line, value in values]


def say(request, entered, gone, refused):
    if entered:
        words = ngettext("%(count)d lesson is entered.", "%(count)d lessons are entered.", entered)
        messages.success(request, words % {"count": entered})
    if gone:
        words = ngettext("%(count)d tick is taken back.", "%(count)d ticks are taken back.", gone)
        messages.success(request, words % {"count": gone})
    if refused:
        words = ngettext(
            "For %(count)d woman nothing could be entered: she is not enrolled in the kit now.",
            "For %(count)d women nothing could be entered: they are not enrolled in the kit now.",
            len(refused),
        )
        messages.warning(request, words % {"count": len(refused)})
    if not (entered or gone or refused):
        messages.info(request, _("Nothing was changed."))
