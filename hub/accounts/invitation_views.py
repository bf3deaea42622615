"""The other end of an invitation: whoever holds its link, with or without an account."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from hub.accounts.access import keep_words, posted
from hub.accounts.invitations import Refused, find_invitation, refusal, take_up
from hub.accounts.middleware import has_second_factor
from hub.accounts.models import User
from hub.accounts.roles import can_see_staff_pages, needs_second_factor
from hub.accounts.staff_forms import TakeUpForm
from hub.lib.limits import allow

KEPT = "invitation"


@require_safe
@never_cache
def follow(request, token):
    """The secret leaves the address at once, so that neither history nor a glance at the screen keeps it."""
    request.session[KEPT] = token
    return redirect("invitation")


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
def invitation(request):
    found = find_invitation(request.session.get(KEPT, ""))
    if not request.user.is_authenticated:
        return keep_words(request) if request.method == "POST" else show_to_visitor(request, found)
    if reason := refusal(found, request.user):
        return render(request, "account/invitation_refused.html", {"reason": reason}, status=refused_status(request))
    form = TakeUpForm(None, user=request.user)
    if request.method == "POST":
        if not allow(f"take-up:{request.user.pk}", limit=10, seconds=600):
            return render(request, "429.html", status=429)
        form = TakeUpForm(posted(request), user=request.user)
        if form.is_valid():
            return accept(request)
    context = {"invitation": found, "form": form, "second_step": asks_second_step(found, request.user)}
    return render(request, "account/invitation.html", context, status=422 if form.errors else 200)


def refused_status(request):
    return 422 if request.method == "POST" else 200


def show_to_visitor(request, found):
    context = {"invitation": found, "reason": "" if found else refusal(None, request.user)}
    template = "account/invitation_welcome.html" if found else "account/invitation_refused.html"
    return render(request, template, context, status=200 if found else 404)


def asks_second_step(invitation, user):
    return invitation.group.name in {"moderator", "coordinator", "administrator"} and not has_second_factor(user)


def accept(request):
    try:
        take_up(token=request.session.get(KEPT, ""), user=request.user)
    except Refused as refused:
        return render(request, "account/invitation_refused.html", {"reason": refused}, status=422)
    del request.session[KEPT]
    messages.success(request, _("The role is yours. Thank you."))
    return HttpResponseRedirect(next_page(request))


def next_page(request):
    """The second step first, for whoever needs one now; then her new pages."""
    user = User.objects.get(pk=request.user.pk)  # without the groups remembered before
    if needs_second_factor(user) and not has_second_factor(user):
        if "second_factor_due" in request.session:
            request.session["second_factor_due"] = True
        return reverse("mfa_activate_totp")
    return reverse("staff_home" if can_see_staff_pages(user) else "account_home")
