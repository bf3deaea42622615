"""Her circles: joining by a code, all that her trainer sees of her, leaving."""

from django.contrib import messages
from django.db.models import Exists
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses import cohorts
from courses.cohorts import NameTaken
from courses.enrolment_words import NotAllowed, why_not
from courses.models import CohortSlip, Membership
from courses.queries import kit_by_key
from courses.record_views import see_other
from hub.accounts.access import member_required, posted
from hub.learning.circle_forms import LeaveForm, MemberForm
from hub.learning.circles import circle_page, example_rows
from hub.lib.limits import allow, give_back

CODES_PER_HOUR = 10
HOUR = 3600
State = Membership.State


def get_membership(request, cohort_id):
    inside = Membership.objects.filter(user=request.user, state__in=[State.MEMBER, State.WAITING])
    found = get_object_or_404(inside.select_related("cohort__organisation"), cohort=cohort_id)
    found.user = request.user
    return found


def slip_for(user, cohort_id):
    """The slip of a list that named her user name, while she has not used it, is not in the circle and it is open."""
    inside = Membership.objects.filter(user=user, cohort=cohort_id, state__in=[State.MEMBER, State.WAITING])
    slips = CohortSlip.objects.filter(cohort=cohort_id, cohort__closed_at=None, user=user, used_at=None)
    return slips.filter(~Exists(inside), expires_at__gt=timezone.now()).select_related("cohort__organisation").first()


def kit_of(cohort):
    return kit_by_key(get_language(), cohort.kit_key) or kit_by_key("en", cohort.kit_key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def join(request, code):
    """What the circle is, what her trainer would see, and the two things she chooses. A wrong code counts as an attempt."""
    limit = f"kit-code:{request.user.pk}"
    if not allow(limit, limit=CODES_PER_HOUR, seconds=HOUR):
        words = _("There were too many attempts. Please wait a few minutes and try again.")
        return render(request, "circles/refused.html", {"words": words}, status=429)
    found = cohorts.by_code(code)
    if found is None:
        return render(request, "circles/refused.html", {"words": why_not("wrong code")}, status=404)
    give_back(limit, seconds=HOUR)
    return join_circle(request, *found)


def join_circle(request, circle, slip):
    hers = Membership.objects.filter(cohort=circle, user=request.user).first()
    if hers and hers.state in {State.MEMBER, State.WAITING}:
        return see_other(reverse("circle", args=[circle.pk]))
    if reason := cohorts.hindrance(circle, slip):
        return render(request, "circles/refused.html", {"words": why_not(reason)}, status=403)
    form = MemberForm(posted(request), initial={"display_name": slip.display_name if slip else ""})
    if form.is_valid() and joined(request.user, circle, slip, form):
        messages.success(request, _("Welcome. This page shows all that your trainer sees of you."))
        return see_other(reverse("circle", args=[circle.pk]))
    name = form["display_name"].value() or _("Your name")
    context = {"circle": circle, "kit": kit_of(circle), "form": form, "rows": example_rows(name[:40])}
    context["is_full"] = cohorts.is_full(circle)
    return render(request, "circles/join.html", context, status=422 if form.is_bound else 200)


def joined(user, circle, slip, form):
    try:
        return cohorts.join(user=user, cohort=circle, slip=slip, **form.cleaned_data)
    except NameTaken:
        taken(form)
    except NotAllowed as no:
        form.add_error(None, str(no))


def taken(form):
    form.add_error("display_name", _("Somebody in the circle is called so already. Please choose another name."))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def circle(request, cohort_id):
    """Her page of a circle; sent, it changes her name or whether her progress is shown."""
    if slip := slip_for(request.user, cohort_id):
        return join_circle(request, slip.cohort, slip)
    hers = get_membership(request, cohort_id)
    shown = {"display_name": hers.display_name, "shows_progress": "1" if hers.shows_progress else "0"}
    form = MemberForm(posted(request), initial=shown)
    if form.is_valid() and changed(request.user, hers.cohort, form):
        messages.success(request, _("Changed. Your trainer sees it so from now on."))
        return see_other(reverse("circle", args=[cohort_id]))
    context = circle_page(hers) | {"form": form, "kit": kit_of(hers.cohort)}
    return render(request, "circles/circle.html", context, status=422 if form.is_bound else 200)


def changed(user, circle, form):
    try:
        return cohorts.change_membership(user=user, cohort=circle, **form.cleaned_data)
    except NameTaken:
        taken(form)
    except NotAllowed as no:
        form.add_error(None, str(no))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def leave(request, cohort_id):
    hers = get_membership(request, cohort_id)
    form = LeaveForm(posted(request))
    if form.is_valid():
        cohorts.leave(user=request.user, cohort=hers.cohort)
        messages.success(request, _("You have left the circle. Your name in it is deleted; your kit goes on."))
        return see_other(reverse("my_learning"))
    context = {"circle": hers.cohort, "form": form}
    return render(request, "circles/leave.html", context, status=422 if form.is_bound else 200)
