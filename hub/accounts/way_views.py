"""The ways in beside the passphrase: a code by e-mail, and passkeys. The flows are allauth's; the answers are ours."""

import time
from functools import wraps

from allauth.account import views as account_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as mfa_views
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn_views
from allauth.mfa.webauthn.internal import auth, flows
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from hub.accounts.access import member_required
from hub.accounts.roles import needs_second_factor
from hub.accounts.views import PastCodes, Refused422, with_next
from hub.accounts.way_forms import RenamePasskeyForm


def mail_required(view):
    """Without a mail server there is no such page."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not settings.SENDS_MAIL:
            raise Http404
        return never_cache(view)(request, *args, **kwargs)

    return checked


class RequestCodeView(PastCodes, Refused422, account_views.RequestLoginCodeView):
    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}

    def form_valid(self, form):
        if form._user is None:
            get_adapter().write_to_nobody("account/email/login_code", form.cleaned_data["email"])
        return super().form_valid(form)

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if form.has_error("email", "too_many_login_attempts"):
            response.status_code = 429
        return response


class PasswordChangeView(Refused422, account_views.PasswordChangeView):
    """Who just came in by a code or a passkey may have forgotten the passphrase, so that it is not asked for."""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"forgotten": came_without_passphrase(self.request)}


def came_without_passphrase(request):
    """Whether she signed in by a code or a passkey within the last quarter of an hour."""
    records = get_authentication_records(request, request.user)
    others = [record for record in records if record["method"] == "code" or record.get("passwordless")]
    return bool(others) and time.time() - others[-1]["at"] < 15 * 60


class ConfirmCodeView(Refused422, account_views.ConfirmLoginCodeView):
    def _verify_form_valid(self, form):
        self.request.session["own_device"] = form.cleaned_data["own_device"]  # known before her device is marked
        response = super()._verify_form_valid(form)
        form.remember_device(self.request.session)
        return response


class LoginPasskeyView(PastCodes, webauthn_views.LoginWebAuthnView):
    """GET as JSON gives the browser its question; POST takes the answer."""

    def form_valid(self, form):
        self.request.session["own_device"] = form.cleaned_data["own_device"]
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        response = flows.perform_passwordless_login(self.request, authenticator, login)
        form.remember_device(self.request.session)
        return response

    def form_invalid(self, form):
        for error in form.errors.get("credential", []):
            messages.error(self.request, error)
        return redirect(with_next(reverse("account_login"), get_next_redirect_url(self.request)))


class SecondStepView(Refused422, mfa_views.AuthenticateView):
    """What she has set up is offered: the code of an app, a passkey, or both."""

    def get_context_data(self, **kwargs):
        types = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        has = {"has_passkey": Authenticator.Type.WEBAUTHN in types, "has_code": types - {Authenticator.Type.WEBAUTHN}}
        return super().get_context_data(**kwargs) | has


class ReauthenticatePasskeyView(webauthn_views.ReauthenticateWebAuthnView):
    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class AddPasskeyView(Refused422, webauthn_views.AddWebAuthnView):
    """A passkey opens the account by itself, so that the device has to ask for its PIN, a finger or a face."""

    def get_context_data(self, **kwargs):
        options = auth.begin_registration(self.request.user, True)
        context = super(webauthn_views.AddWebAuthnView, self).get_context_data(**kwargs)
        return context | {"js_data": {"creation_options": options}}

    def form_valid(self, form):
        if needs_second_factor(self.request.user):
            return super().form_valid(form)
        # As at sign-up: without codes for a second step, which she does not have.
        flows.signup_authenticator(
            self.request, self.request.user, form.cleaned_data["name"], form.cleaned_data["credential"]
        )
        return redirect("mfa_list_webauthn")


class RenamePasskeyView(Refused422, webauthn_views.EditWebAuthnView):
    form_class = RenamePasskeyForm

    def get_form_class(self):
        return self.form_class


request_code = mail_required(RequestCodeView.as_view())
confirm_code = mail_required(ConfirmCodeView.as_view())
login_passkey = never_cache(LoginPasskeyView.as_view())
password_change = member_required(PasswordChangeView.as_view())
second_step = SecondStepView.as_view()
reauthenticate_passkey = member_required(ReauthenticatePasskeyView.as_view())
list_passkeys = never_cache(member_required(webauthn_views.list_webauthn))
add_passkey = never_cache(member_required(AddPasskeyView.as_view()))
rename_passkey = member_required(RenamePasskeyView.as_view())
remove_passkey = member_required(webauthn_views.remove_webauthn)
