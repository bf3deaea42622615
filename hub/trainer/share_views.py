"""Answers that women chose to show to those who hold their circle, and what is written to them about it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses import sharing
from courses.models import SharedAnswer
from courses.record_views import see_other
from hub.accounts.access import posted
from hub.lib.paging import key_page, page_request
from hub.trainer.access import get_circle, kit_of, trainer_page
from hub.trainer.forms import CommentForm


def lesson_titles(cohort):
    kit = kit_of(cohort)
    return {lesson.key: lesson.title for lesson in kit.lessons} if kit else {}


@require_safe
@trainer_page
def shared(request, cohort_id):
    circle = get_circle(request, cohort_id)
    where = page_request(request.GET)
    rows = sharing.shared_with(circle)
    page = key_page(rows, key="pk", descending=True, after=where.get("after"), before=where.get("before"))
    titles = lesson_titles(circle)
    shown = [(row, titles.get(row.answer.lesson_key, "")) for row in page.rows]
    return render(request, "trainer/shared.html", {"circle": circle, "page": page, "rows": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_page
def share(request, cohort_id, share_id):
    """One of them with what was written about it; sent, a comment."""
    circle = get_circle(request, cohort_id)
    row = get_object_or_404(sharing.shared_with(circle), pk=share_id)
    form = CommentForm(posted(request))
    if form.is_valid():
        try:
            sharing.comment(cohort=circle, share_id=row.pk, by=request.user, **form.cleaned_data)
        except SharedAnswer.DoesNotExist:
            raise Http404 from None
        messages.success(request, _("She reads it beside her answer, and is told."))
        return see_other(reverse("trainer:share", args=[circle.pk, row.pk]))
    context = {"circle": circle, "row": row, "lesson": lesson_titles(circle).get(row.answer.lesson_key, "")}
    return render(request, "trainer/share.html", context | {"form": form}, status=422 if form.errors else 200)
