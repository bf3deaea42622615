"""Her ways into a kit and out of it: the button, the code, the question to the organisation, the invitation."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses import actions, enrolments, reading
from courses.cohorts import by_code, readable_code
from courses.enrolment_forms import AskForm, CodeForm
from courses.enrolments import NotAllowed, State
from courses.forms import LeaveForm
from courses.models import Enrolment, KitPage
from courses.pieces import page_pieces
from courses.queries import kit_by_key, kit_record
from courses.record_views import get_kit, my_learning, see_other
from courses.terms import fold_code, kit_of_code
from courses.views import show_kit
from hub.accounts.access import member_required, posted
from hub.lib.limits import allow

CODES_PER_HOUR = 10
ASKED_PER_HOUR = 10
UNDECIDED = {State.INVITED, State.REQUESTED, State.WAITING}


def refuse(request, kit, *, status=422, **box):
    """The kit's page with what was typed and why it was not taken."""
    pieces = page_pieces(kit.pk, lambda: KitPage.objects.get(pk=kit.pk))
    return show_kit(request, kit, pieces, status=status, **box)


def too_many():
    return _("There were too many attempts. Please wait a few minutes and try again.")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def enrol(request, kit_key):
    kit = get_kit(kit_key)
    if request.method != "POST":  # a refusal has this address: she chose another language there, or came back
        return see_other(kit.url)
    try:
        enrolment = enrolments.enrol(user=request.user, kit_key=kit.key)
    except NotAllowed as no:
        return refuse(request, kit, refusal=str(no))
    return go_on(request, kit, enrolment)


def go_on(request, kit, enrolment):
    """Into the lesson to go on with; or to the kit's page, which says her number in line."""
    if enrolment.state != State.ACTIVE:
        return see_other(kit.url)
    record = kit_record(request.user, kit.key)
    step = reading.next_step(kit, record.done, record.last_lesson_key)
    return see_other(step.url if step else kit.url)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def give_code(request, kit_key):
    kit = get_kit(kit_key)
    if request.method != "POST":
        return see_other(kit.url)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return refuse(request, kit, form=form)
    if not allow(f"kit-code:{request.user.pk}", limit=CODES_PER_HOUR, seconds=3600):
        form.add_error(None, too_many())
        return refuse(request, kit, form=form, status=429)
    try:
        enrolment = enrolments.give_code(user=request.user, kit_key=kit.key, code=form.cleaned_data["kit_code"])
    except NotAllowed as no:
        form.add_error("kit_code" if no.reason == "wrong code" else None, str(no))
        return refuse(request, kit, form=form)
    return go_on(request, kit, enrolment)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def ask(request, kit_key):
    kit = get_kit(kit_key)
    if request.method != "POST":
        return see_other(kit.url)
    form = AskForm(request.POST)
    if not form.is_valid():
        return refuse(request, kit, form=form)
    if not allow(f"kit-ask:{request.user.pk}", limit=ASKED_PER_HOUR, seconds=3600):
        form.add_error(None, too_many())
        return refuse(request, kit, form=form, status=429)
    try:
        enrolments.ask(user=request.user, kit_key=kit.key, **form.cleaned_data)
    except NotAllowed as no:
        form.add_error(None, str(no))
        return refuse(request, kit, form=form)
    messages.success(request, _("The organisation has your question. You find the answer here and under My learning."))
    return see_other(kit.url)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def join(request):
    """One page for every code on paper: a personal invitation, or the code of a kit."""
    form = CodeForm(posted(request))
    if not form.is_valid():
        return show_join(request, form)
    if not allow(f"kit-code:{request.user.pk}", limit=CODES_PER_HOUR, seconds=3600):
        form.add_error(None, too_many())
        return show_join(request, form, status=429)
    code = form.cleaned_data["kit_code"]
    if by_code(code):
        return see_other(reverse("circle_join", args=[readable_code(fold_code(code))]))
    try:
        enrolment = take_code(request.user, code)
    except NotAllowed as no:
        form.add_error("kit_code", str(no))
        return show_join(request, form)
    kit = kit_by_key(get_language(), enrolment.kit_key)
    return see_other(kit.url if kit else my_learning())


def show_join(request, form, status=None):
    status = status or (422 if form.is_bound else 200)
    return render(request, "courses/join.html", {"form": form}, status=status)


def take_code(user, code):
    kit_key = kit_of_code(code)
    if kit_key:
        return enrolments.give_code(user=user, kit_key=kit_key, code=code)
    return enrolments.hand_in(user=user, code=code)


@require_POST
@member_required
def withdraw(request, kit_key):
    """Take a question back, step out of the waiting line, decline an invitation."""
    kit = get_kit(kit_key)
    if Enrolment.objects.for_kit(request.user, kit_key).filter(state__in=UNDECIDED).exists():
        enrolments.leave(user=request.user, kit_key=kit_key)
        messages.success(request, _("Done. Nothing is kept of it but the date."))
    return see_other(kit.url)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def leave(request, kit_key):
    kit = kit_by_key(get_language(), kit_key)
    if not Enrolment.objects.for_kit(request.user, kit_key).exists():
        raise Http404
    form = LeaveForm(posted(request))
    if not form.is_valid():
        return render(request, "courses/leave.html", {"kit": kit, "form": form}, status=422 if form.is_bound else 200)
    erase = form.cleaned_data["record"] == LeaveForm.ERASE
    actions.leave_kit(user=request.user, kit_key=kit_key, erase=erase)
    messages.success(
        request,
        _("You have left the kit, and everything you did in it is erased.")
        if erase
        else _("You have left the kit. What you did in it is kept for you."),
    )
    return see_other(my_learning())
