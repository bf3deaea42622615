"""allauth in our words and with our rules."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hub.accounts.roles import needs_second_factor


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
        "username_password_mismatch": _(
            "This user name and this passphrase do not fit together. Please check both, or use a code from your card."
        ),
        "username_taken": _("This user name is taken. Please choose another one."),
    }

    def login(self, request, user):
        super().login(request, user)
        # Its presence marks a session made by signing in; hub.accounts.middleware asks for the second factor by it.
        request.session["second_factor_due"] = needs_second_factor(user)
        request.session["time_zone"] = user.time_zone

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Nothing is said about signing in and out: the page says it by itself, and a name may be on the screen."""
        if message_template in {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}:
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

    def can_delete_email(self, email_address):
        return True
