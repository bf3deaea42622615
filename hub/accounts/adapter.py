"""allauth in our words and with our rules."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from hub.accounts.attempts import Attempt
from hub.accounts.helped_mail import news_at_sign_in
from hub.accounts.known import known_device, mark_device
from hub.accounts.names import fold_name
from hub.accounts.roles import needs_second_factor
from hub.lib.address import client_address
from hub.lib.mail import send_soon

SAID_BY_THE_PAGE = {
    "account/messages/logged_in.txt",
    "account/messages/logged_out.txt",
    "account/messages/login_code_sent.txt",
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This e-mail address is already in your account."),
        "enter_current_password": _("This is not your passphrase now. Please try again."),
        "incorrect_code": _("This code does not fit. Please wait for the next one and try again."),
        "incorrect_password": _("This is not your passphrase. Please try again."),
        "invalid_password_reset": _("This link has expired. Please ask for a new one."),
        "too_many_login_attempts": _("There were too many attempts. Please wait a few minutes and try again."),
        "rate_limited": _("There were too many attempts. Please wait a few minutes and try again."),
        "wait": _(
            "There were many attempts to sign in with this user name. Please wait ten seconds, then try again. "
            "A code from your card still opens the account at once."
        ),
        "username_password_mismatch": _(
            "This user name and this passphrase do not fit together. Please check both, or use a code from your card."
        ),
        "username_taken": _("This user name is taken. Please choose another one."),
    }

    def get_client_ip(self, request):
        return client_address(request)

    def pre_authenticate(self, request, **credentials):
        """Refuse before hashing; allauth's own rule would lock an account for everybody after five wrong passphrases."""
        self.attempt = attempt_of(request, credentials.get("username", ""))
        if refusal := self.attempt.refusal():
            raise self.validation_error({"too_many": "too_many_login_attempts"}.get(refusal, refusal))

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user:
            self.attempt.succeeded()
        return user

    def login(self, request, user):
        super().login(request, user)
        request.session.setdefault("own_device", False)
        # Its presence marks a session made by signing in; hub.accounts.middleware asks for the second factor by it.
        request.session["second_factor_due"] = needs_second_factor(user)
        request.session["time_zone"] = user.time_zone
        for sentence in news_at_sign_in(user):
            messages.warning(request, sentence)

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        if request.session.get("own_device"):
            mark_device(response, user.username)
        return response

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Nothing is said about signing in and out: the page says it by itself, and a name may be on the screen."""
        if message_template in SAID_BY_THE_PAGE:
            return
        super().add_message(request, level, message_template, message_context, extra_tags, message)

    def get_signup_redirect_url(self, request):
        return reverse("recovery_card")

    def get_password_change_redirect_url(self, request):
        return reverse("account_home")

    def get_logout_redirect_url(self, request):
        return reverse("wagtail_serve", args=[""])

    def format_email_subject(self, subject):
        return subject  # no name of the hub in a list of mails that others may see

    def send_mail(self, template_prefix, email, context):
        send_soon(self.write(template_prefix, email, context))

    def write(self, template_prefix, email, context):
        """A mail in the language of the account that it is about, else of the page."""
        owner = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
        person = context.get("user") or (owner and owner.user)
        with translation.override(person.language if person else translation.get_language()):
            return self.render_mail(template_prefix, email, {"request": self.request, "email": email} | context)

    def write_to_nobody(self, template_prefix, email):
        """The work of a mail without sending one, so that an unknown address takes as long as a known one."""
        self.write(template_prefix, email, {"code": self.generate_login_code()})

    def get_login_stages(self):
        ours = {"allauth.mfa.stages.AuthenticateStage": "hub.accounts.stages.SecondStepStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def can_delete_email(self, email_address):
        return True


def attempt_of(request, username):
    name = fold_name(username)
    if request.user.is_authenticated and request.user.folded_name == name:
        device = f"account:{request.user.pk}"  # she is asked again, within her own session
    else:
        device = known_device(request, name)
    return Attempt(name, client_address(request), device, request.POST.get("ticket", ""))
