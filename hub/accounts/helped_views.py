"""Two people help her back in: their pages under staff/help/, hers under accounts/."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hub.accounts import helped, recovery
from hub.accounts.access import member_required, posted, staff_page
from hub.accounts.helped_mail import tell_by_mail
from hub.accounts.roles import can_help_back
from hub.accounts.staff_forms import AgreeForm, HelpedForm, HelpForm, HelpSettingForm
from hub.lib.limits import allow

DAY, HOUR = 86_400, 3_600
STARTS_PER_HELPER, STARTS_PER_NAME, AGREED_PER_HELPER, NAMES_PER_REQUEST = 10, 3, 10, 5


# The two helpers -------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@staff_page(can_help_back)
@sensitive_post_parameters()
def help_back(request):
    form = HelpForm(posted(request))
    status = 422 if form.errors else 200
    if form.is_valid():
        if may_start(request.user, form.cleaned_data["username"]):
            helped.start_help(username=form.cleaned_data["username"], actor=request.user)
            messages.success(request, _("Your request is kept. Now a second person of your organisation must agree."))
            return redirect("staff_help")
        form.add_error(None, _("There were too many requests today. Please try again tomorrow."))
        status = 429
    context = {
        "form": form,
        "waiting": helped.waiting_for(request.user),
        "mine": helped.started_by(request.user),
    }
    return render(request, "staff/help.html", context, status=status)


def may_start(user, name):
    """Counted alike for names of somebody and of nobody."""
    return allow(f"help-start:{user.pk}", limit=STARTS_PER_HELPER, seconds=DAY) and allow(
        f"help-name:{helped.name_digest(name)}", limit=STARTS_PER_NAME, seconds=DAY
    )


@require_http_methods(["GET", "POST"])
@staff_page(can_help_back)
@sensitive_post_parameters()
def agree(request, request_id):
    """The second person hears the user name from the woman herself; then the code is shown, this once."""
    found = get_object_or_404(helped.waiting_for(request.user), pk=request_id)
    form = AgreeForm(posted(request))
    if not form.is_valid():
        return show_agree(request, found, form, status=422 if form.errors else 200)
    if not may_agree(request.user, found):
        form.add_error(None, _("There were too many attempts. Please begin again with a new request tomorrow."))
        return show_agree(request, found, form, status=429)
    if not helped.is_named(found, form.cleaned_data["username"]):
        form.add_error("username", _("This is not the name the first person wrote. Please ask her again."))
        return show_agree(request, found, form, status=422)
    code = helped.agree(request=found, actor=request.user)
    return render(request, "staff/help_code.html", {"code": code}, status=200 if code else 409)


def may_agree(user, found):
    return allow(f"help-agree:{user.pk}", limit=AGREED_PER_HELPER, seconds=DAY) and allow(
        f"help-request:{found.pk}", limit=NAMES_PER_REQUEST, seconds=DAY
    )


def show_agree(request, found, form, *, status):
    return render(request, "staff/help_agree.html", {"found": found, "form": form}, status=status)


@require_POST
@staff_page(can_help_back)
def end(request, request_id):
    rows = helped.waiting().filter(organisation=request.user.organisation)
    helped.end_request(request=get_object_or_404(rows, pk=request_id), actor=request.user)
    messages.success(request, _("The request is stopped."))
    return redirect("staff_help")


# She herself -----------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
def use_code(request):
    form = HelpedForm(posted(request))
    status = 422 if form.errors else 200
    if form.is_valid():
        address = get_adapter().get_client_ip(request)
        if not allow(f"helped-address:{address}", limit=30, seconds=HOUR):
            form.add_error(None, get_adapter().validation_error("too_many_login_attempts"))
            status = 429
        elif found := spend(form):
            return enter(request, found)
        else:
            status = 422
    return render(request, "account/helped.html", {"form": form}, status=status)


def spend(form):
    data = form.cleaned_data
    try:
        found = helped.use_code(username=data["username"], code=data["code"], passphrase=data["password1"])
    except helped.SamePassphrase:
        form.add_error("password1", _("This is the passphrase you had. Please choose another one."))
        return None
    if found is None:
        form.add_error(None, _("This user name and this code do not fit together, or the code is no longer good."))
    return found


def enter(request, found):
    """Sign her in, past her second step if she has one, and lead on to her new card."""
    tell_by_mail(found)
    seed = recovery.new_seed()
    helped.add_card(user=found.user, seed=seed)
    response = perform_login(request, Login(user=found.user, redirect_url=reverse("recovery_card")))
    request.session["recovery_seed"] = seed
    return response


@require_POST
@member_required
def stop(request):
    """She is in, and wants no code about."""
    helped.stop_help(user=request.user)
    messages.success(request, _("Stopped. No code of theirs opens your account."))
    return redirect("account_events")


@require_http_methods(["GET", "POST"])
@never_cache
@member_required
def setting(request):
    form = HelpSettingForm(posted(request), initial={"allowed": request.user.helped_recovery})
    if form.is_valid():
        helped.allow_help(user=request.user, allowed=form.cleaned_data["allowed"])
        messages.success(request, _("Your choices are kept."))
        return redirect("account_home")
    return render(request, "account/help_setting.html", {"form": form})
