"""Who holds a circle: colleagues, substitutes, and handing it over. Coordinators may change it for circles of any partner."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses import cohorts
from courses.enrolment_words import NotAllowed
from courses.models import CohortTrainer
from courses.record_views import see_other
from hub.accounts.access import posted
from hub.trainer.access import get_circle_to_staff, trainer_page
from hub.trainer.forms import HandOverForm, TakeOutForm, TrainerForm
from hub.trainer.queries import colleagues, trainers_of


def show(request, circle, *, adding=None, handing=None):
    rows = trainers_of(circle)
    lead = next((row.user_id for row in rows if row.part == CohortTrainer.Part.LEAD), None)
    people = colleagues(circle)
    context = {
        "circle": circle,
        "rows": rows,
        "form": adding or handing,
        "adding": adding or TrainerForm(people=people.exclude(pk=lead), initial={"part": CohortTrainer.Part.CO}),
        "handing": handing or HandOverForm(people=people.exclude(pk=lead), auto_id="id_hand_%s"),
        "holds": any(row.user_id == request.user.pk for row in rows),
    }
    return render(request, "trainer/trainers.html", context, status=422 if adding or handing else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_page
def trainers(request, cohort_id):
    circle = get_circle_to_staff(request, cohort_id)
    if request.method != "POST":
        return show(request, circle)
    form = TrainerForm(posted(request), people=colleagues(circle))
    if not form.is_valid():
        return show(request, circle, adding=form)
    data = form.cleaned_data
    try:
        cohorts.add_trainer(cohort=circle, user=data["person"], part=data["part"], until=data["until"])
    except NotAllowed as no:
        form.add_error("person", str(no))
        return show(request, circle, adding=form)
    messages.success(request, _("She holds the circle too, and sees what you see."))
    return see_other(reverse("trainer:trainers", args=[circle.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_page
def hand_over(request, cohort_id):
    circle = get_circle_to_staff(request, cohort_id)
    if request.method != "POST":
        return see_other(reverse("trainer:trainers", args=[circle.pk]))
    form = HandOverForm(posted(request), people=colleagues(circle), auto_id="id_hand_%s")
    if not form.is_valid():
        return show(request, circle, handing=form)
    cohorts.hand_over(cohort=circle, **form.cleaned_data)
    messages.success(request, _("The circle is handed over."))
    return see_other(reverse("trainer:room"))


@require_POST
@trainer_page
def take_out(request, cohort_id):
    """A colleague no longer holds the circle."""
    circle = get_circle_to_staff(request, cohort_id)
    form = TakeOutForm(request.POST)
    row = form.is_valid() and circle.trainers.filter(user=form.cleaned_data["person"]).select_related("user").first()
    if not row:
        messages.error(request, _("Please choose one of the buttons."))
    elif row.part == CohortTrainer.Part.LEAD:
        messages.warning(request, _("The one who leads the circle hands it over first."))
    else:
        cohorts.remove_trainer(cohort=circle, user=row.user)
        messages.success(request, _("She no longer holds the circle, and sees no name in it."))
    return see_other(
        reverse("trainer:trainers", args=[circle.pk]) if request.user != (row and row.user) else reverse("trainer:room")
    )
