"""Account pages. The flows are allauth's; here are the pages it lacks, and the status 422 for a refused form."""

from allauth.account import views as account_views
from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.stages import LoginByCodeStage
from allauth.account.utils import get_next_redirect_url
from allauth.core.ratelimit import respond_429
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from hub.accounts import recovery
from hub.accounts.access import member_required, posted, sign_out_everything, wants_json
from hub.accounts.actions import change_preferences, make_recovery_codes, recover_account
from hub.accounts.attempts import may_sign_up
from hub.accounts.forms import PreferencesForm, RecoverForm
from hub.accounts.middleware import has_second_factor
from hub.accounts.roles import can_see_staff_pages, group_names, role_words
from hub.accounts.stages import asks_second_step
from hub.accounts.suggestions import suggest_passphrase
from hub.lib.address import client_address, household
from hub.lib.limits import allow

HOUR = 3600


class Refused422:
    """A form that is shown again because something in it does not fit answers 422."""

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if response.status_code == 200:
            response.status_code = 422
        return response


def form_page(view_class):
    return type(view_class.__name__, (Refused422, view_class), {}).as_view()


class PastCodes:
    """A code that she asked for and does not have yet stands in the way of nothing."""

    def _redirect_to_pending_stage(self, request, stage):
        return None if stage.key == LoginByCodeStage.key else super()._redirect_to_pending_stage(request, stage)


class LoginView(PastCodes, Refused422, account_views.LoginView):
    """Refused for now is 429, so that whoever reads a log can tell it from a wrong passphrase."""

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, "wait") or form.has_error(NON_FIELD_ERRORS, "too_many_login_attempts"):
            response.status_code = 429
        return response


class SignupView(Refused422, account_views.SignupView):
    """Names are unique, so that a form for a new account tells which are taken: how many it tells one line is limited."""

    def dispatch(self, request, *args, **kwargs):
        if request.method == "POST" and not may_sign_up(address=client_address(request)):
            return respond_429(request)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            with transaction.atomic():
                response = super().form_valid(form)
                if self.user:
                    self.show_card()
                return response
        except IntegrityError:  # the same name from another tab, a moment earlier
            form.add_error("username", get_adapter().validation_error("username_taken"))
            return self.form_invalid(form)

    def show_card(self):
        seed = recovery.new_seed()
        make_recovery_codes(user=self.user, seed=seed)
        self.request.session["recovery_seed"] = seed

    def get_default_success_url(self):
        return reverse("recovery_card")

    def get_success_url(self):
        """The card first; it leads on to where she was going."""
        following = self.get_next_url()
        return with_next(reverse("recovery_card"), following)


def with_next(url, following):
    return f"{url}?{urlencode({'next': following})}" if following else url


@never_cache
@member_required
def account_home(request):
    form = PreferencesForm(posted(request), instance=request.user)
    if form.is_valid():
        change_preferences(user=request.user, **form.cleaned_data)
        request.session["time_zone"] = form.cleaned_data["time_zone"]
        messages.success(request, _("Your choices are kept."))
        return redirect("account_home")
    context = {
        "form": form,
        "codes_left": request.user.recovery_codes.count(),
        "own_device": request.session.get("own_device"),
        "passkeys": Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN).count(),
        "second_factor": has_second_factor(request.user),
        "roles": [role_words(name) for name in sorted(group_names(request.user))],
        "staff_pages": can_see_staff_pages(request.user),
        "second_factor_offered": asks_second_step(request.user),
    }
    return render(request, "account/home.html", context, status=422 if form.errors else 200)


@never_cache
def suggestions(request):
    """Five passphrases of words; as JSON one, for the form. They are drawn for this answer and kept nowhere."""
    if wants_json(request):
        return JsonResponse({"words": suggest_passphrase(get_language())})
    return render(
        request,
        "account/suggestions.html",
        {"suggestions": [suggest_passphrase(get_language()) for _number in range(5)]},
    )


@never_cache
def sign_out(request):
    """GET asks, POST signs out. A visitor is already out."""
    home = reverse("wagtail_serve", args=[""])
    if request.method == "POST":
        return sign_out_everything(request, HttpResponseRedirect(home))
    if not request.user.is_authenticated:
        return redirect(home)
    return render(request, "account/logout.html")


@never_cache
@member_required
def recovery_card(request):
    """The codes, as long as she has not said that she keeps them; else how many are left."""
    seed = request.session.get("recovery_seed")
    context = {
        "codes": recovery.codes_of(seed) if seed else [],
        "codes_left": request.user.recovery_codes.count(),
        "next": get_next_redirect_url(request) or "",
    }
    return render(request, "account/recovery_card.html", context)


@never_cache
@member_required
def recovery_text(request):
    seed = request.session.get("recovery_seed")
    if not seed:
        return redirect("recovery_card")
    text = "\r\n".join(recovery.codes_of(seed)) + "\r\n"
    # A file name that says nothing to whoever looks into her downloads.
    headers = {"Content-Disposition": 'attachment; filename="notes.txt"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


@require_POST
@member_required
def recovery_kept(request):
    """She has the card: from now on nobody can see it again, not even she."""
    request.session.pop("recovery_seed", None)
    return redirect(get_next_redirect_url(request) or "my_learning")


@member_required
@reauthentication_required
def recovery_new(request):
    """Only after the passphrase was given anew. The old card stops working."""
    if request.method == "POST":
        seed = recovery.new_seed()
        make_recovery_codes(user=request.user, seed=seed)
        request.session["recovery_seed"] = seed
        return redirect("recovery_card")
    return render(request, "account/recovery_new.html", {"codes_left": request.user.recovery_codes.count()})


@never_cache
@sensitive_post_parameters()
def recover(request):
    form = RecoverForm(posted(request))
    if request.method != "POST":
        return render(request, "account/recover.html", {"form": form})
    if not form.is_valid():
        return render(request, "account/recover.html", {"form": form}, status=422)
    if not may_try(request):
        form.add_error(None, get_adapter().validation_error("too_many_login_attempts"))
        return render(request, "account/recover.html", {"form": form}, status=429)
    data = form.cleaned_data
    if recover_account(username=data["username"], code=data["code"], passphrase=data["password1"]) is None:
        form.add_error(None, _("This user name and this code do not fit together, or the code was used before."))
        return render(request, "account/recover.html", {"form": form}, status=422)
    messages.success(request, _("Your new passphrase is set. You can sign in with it now. The code you used is spent."))
    return redirect("account_login")


def may_try(request):
    """Thirty attempts per address in an hour. None per name: codes of 80 bits cannot be guessed, and a limit per name
    would let anybody keep her out."""
    return allow(f"recover-address:{household(client_address(request))}", limit=30, seconds=HOUR)
