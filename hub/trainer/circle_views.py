"""Making a circle, its code, its messages, and its end."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses import cohort_work, cohorts
from courses.enrolment_words import NotAllowed
from courses.record_views import see_other
from hub.accounts.access import posted
from hub.accounts.card_views import drawn_address
from hub.lib.limits import allow
from hub.trainer.access import get_circle, get_member, kit_of, trainer_page
from hub.trainer.actions import change_circle, make_circle
from hub.trainer.forms import CircleForm, CloseForm, CodeForm, NewCircleForm, NoticeForm
from hub.trainer.texts import texts_to_copy

CHANGED = ["title", "languages", "capacity", "opens_at", "closes_at"]
CIRCLES_PER_DAY = 20
NOTICES_PER_DAY = 20
DAY = 86_400


def too_many(form):
    form.add_error(None, _("There were too many attempts. Please wait a few minutes and try again."))


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_page
def new(request):
    if request.user.organisation is None or request.user.organisation.closed_at:
        raise Http404
    form = NewCircleForm(posted(request), initial={"languages": [translation.get_language()]})
    if form.is_valid():
        if allow(f"circles:{request.user.pk}", limit=CIRCLES_PER_DAY, seconds=DAY):
            made = make_circle(organisation=request.user.organisation, by=request.user, **form.cleaned_data)
            messages.success(request, _("The circle is made. Here is its code."))
            return see_other(reverse("trainer:code", args=[made.pk]))
        too_many(form)
    context = {"form": form, "zone": timezone.get_current_timezone_name()}
    return render(request, "trainer/new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_page
def change(request, cohort_id):
    circle = get_circle(request, cohort_id)
    form = CircleForm(posted(request), initial={name: getattr(circle, name) for name in CHANGED})
    if form.is_valid():
        try:
            change_circle(cohort=circle, **form.cleaned_data)
        except NotAllowed as no:
            form.add_error("capacity", str(no))
        else:
            messages.success(request, _("Changed. It holds from now on."))
            return see_other(reverse("trainer:circle", args=[circle.pk]))
    context = {"circle": circle, "form": form, "zone": timezone.get_current_timezone_name()}
    return render(request, "trainer/settings.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_page
def code(request, cohort_id):
    circle = get_circle(request, cohort_id)
    form = CodeForm(posted(request))
    if form.is_valid():
        renews = form.cleaned_data["act"] == "renew"
        (cohorts.renew_code if renews else cohorts.close_code)(cohort=circle)
        messages.success(
            request,
            _("This is the new code. The one before no longer works.")
            if renews
            else _("Nobody can join with the code any more. Slips still work."),
        )
        return see_other(reverse("trainer:code", args=[circle.pk]))
    return show_code(request, circle, form)


def show_code(request, circle, form):
    readable = cohorts.readable_code(circle.code)
    with translation.override(circle.languages[0] if circle.languages else translation.get_language()):
        address = request.build_absolute_uri(reverse("circle_join", args=[readable])) if readable else ""
    context = {"circle": circle, "form": form, "code": readable, "address": address, "kit": kit_of(circle)}
    context |= {"drawn": drawn_address(address) if address else "", "why": cohorts.hindrance(circle)}
    return render(request, "trainer/code.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_page
def close(request, cohort_id):
    circle = get_circle(request, cohort_id)
    form = CloseForm(posted(request))
    if form.is_valid():
        cohorts.close_cohort(cohort=circle)
        messages.success(request, _("The circle is closed. The names are deleted, the numbers are kept."))
        return see_other(reverse("trainer:circle", args=[circle.pk]))
    return render(request, "trainer/close.html", {"circle": circle, "form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@trainer_page
def notices(request, cohort_id):
    circle = get_circle(request, cohort_id)
    form = NoticeForm(posted(request))
    if form.is_valid():
        if allow(f"circle-notices:{request.user.pk}", limit=NOTICES_PER_DAY, seconds=DAY):
            cohort_work.announce(cohort=circle, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your message stands under My learning of all members."))
            return see_other(reverse("trainer:messages", args=[circle.pk]))
        too_many(form)
    context = {"circle": circle, "form": form, "notices": circle.notices.order_by("-made_at", "-pk")[:20]}
    context["texts"] = texts_to_copy(circle)
    return render(request, "trainer/messages.html", context, status=422 if form.is_bound else 200)


@require_POST
@trainer_page
def member(request, cohort_id, member_id):
    """Take somebody out of the circle."""
    found = get_member(request, cohort_id, member_id)
    cohorts.remove(membership=found)
    messages.success(request, _("She is no longer in the circle, and was told so. Her kit goes on."))
    return see_other(reverse("trainer:circle", args=[cohort_id]))
