"""/<lang>/staff/kits/: the terms of a kit, questions to answer, invitations. Trainers answer; coordinators set the terms too."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses import desk, enrolments
from courses.enrolment_forms import DecisionForm, InvitationsForm, TermsForm
from courses.enrolments import NotAllowed, State
from courses.models import Enrolment
from courses.record_views import see_other
from courses.terms import NAMES, make_invitations
from hub.accounts.access import posted, staff_page
from hub.accounts.roles import can_manage_people, can_see_staff_pages
from hub.lib.limits import allow

NAMES_A_PAGE = 20
INVITATIONS_PER_DAY = 40  # times the form, each time up to 50 codes


def get_kit(kit_key):
    kit = desk.kit_of(get_language(), kit_key)
    if kit is None:
        raise Http404
    return kit


def not_hers(user):
    """Keys of the kits whose questions others answer; none for who manages people."""
    return set() if can_manage_people(user) else desk.not_hers(user)


def get_kit_to_answer(request, kit_key):
    if kit_key in not_hers(request.user):
        raise Http404
    return get_kit(kit_key)


@require_safe
@staff_page(can_see_staff_pages)
def kits(request):
    waiting, others = desk.waiting_answers(), not_hers(request.user)
    rows = [(kit, 0 if kit.key in others else waiting.get(kit.key, 0)) for kit in desk.kits_of(get_language())]
    return render(request, "courses/desk/kits.html", {"rows": rows})


@require_safe
@staff_page(can_see_staff_pages)
def kit(request, kit_key):
    found = get_kit(kit_key)
    terms, code, changed_at = desk.terms_of(kit_key)
    answers = kit_key not in not_hers(request.user)
    context = {
        "kit": found,
        "terms": terms,
        "way": dict(TermsForm.base_fields["way"].choices)[terms.way],
        "code": code,
        "changed_at": changed_at,
        "counts": desk.counts_of(kit_key),
        "answers": answers,
        "requests": desk.requests_of(kit_key) if answers else [],
        "sets_terms": can_manage_people(request.user),
        "zone": timezone.get_current_timezone_name(),
    }
    return render(request, "courses/desk/kit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(can_manage_people)
def terms(request, kit_key):
    found = get_kit(kit_key)
    present, code, _changed_at = desk.terms_of(kit_key)
    initial = {name: getattr(present, name) for name in NAMES} | {"kit_code": code}
    form = TermsForm(posted(request), initial=initial)
    if form.is_valid() and set_terms(request, form, kit_key):
        messages.success(request, _("The terms are set. They hold from now on."))
        return see_other(reverse("desk:kit", args=[kit_key]))
    context = {"kit": found, "form": form, "zone": timezone.get_current_timezone_name()}
    return render(request, "courses/desk/terms.html", context, status=422 if form.is_bound else 200)


def set_terms(request, form, kit_key):
    given = {name: form.cleaned_data[name] for name in NAMES}
    try:
        return enrolments.set_terms(kit_key=kit_key, by=request.user, code=form.cleaned_data["kit_code"], **given)
    except NotAllowed as no:
        form.add_error("capacity", str(no))


@require_safe
@staff_page(can_see_staff_pages)
def people(request, kit_key):
    context = {
        "kit": get_kit_to_answer(request, kit_key),
        "page": Paginator(desk.named(kit_key), NAMES_A_PAGE).get_page(page_number(request)),
    }
    return render(request, "courses/desk/people.html", context)


def page_number(request):
    return request.GET.get("page", "")[:9]


@require_POST
@staff_page(can_see_staff_pages)
def decide(request, kit_key, enrolment_id):
    """Say yes or no to a question, or end the enrolment of somebody who gave the organisation a name."""
    get_kit_to_answer(request, kit_key)
    enrolment = get_object_or_404(Enrolment.objects.exclude(called=""), pk=enrolment_id, kit_key=kit_key)
    form = DecisionForm(request.POST)
    back = see_other(reverse("desk:people" if request.POST.get("act") == "remove" else "desk:kit", args=[kit_key]))
    if not form.is_valid():
        messages.error(request, _("Please choose one of the buttons."))
        return back
    try:
        after = getattr(enrolments, form.cleaned_data["act"])(enrolment=enrolment, by=request.user)
    except NotAllowed:
        messages.warning(request, _("This is settled already, or the kit has ended."))
        return back
    messages.success(request, said(after.state))
    return back


def said(state):
    return {
        State.ACTIVE: _("She is enrolled. She sees it under My learning."),
        State.WAITING: _("All places are taken: she stands on the waiting list."),
        State.REFUSED: _("She sees at the kit that there was no place for her this time."),
        State.REMOVED: _("Her enrolment has ended. What she wrote stays hers."),
    }[state]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(can_see_staff_pages)
def invitations(request, kit_key):
    found = get_kit(kit_key)
    form = InvitationsForm(posted(request))
    if form.is_valid() and may_invite(request, form):
        context = {"kit": found, "codes": make_invitations(kit_key=kit_key, by=request.user, **form.cleaned_data)}
        address = request.build_absolute_uri(reverse("courses:join"))
        return render(
            request, "courses/desk/invitations_made.html", context | {"address": address, **form.cleaned_data}
        )
    context = {"kit": found, "form": form, "made": desk.invitations_of(kit_key)}
    return render(request, "courses/desk/invitations.html", context, status=422 if form.is_bound else 200)


def may_invite(request, form):
    if allow(f"kit-invitations:{request.user.pk}", limit=INVITATIONS_PER_DAY, seconds=86_400):
        return True
    form.add_error(None, _("There were too many attempts. Please wait a few minutes and try again."))
    return False
