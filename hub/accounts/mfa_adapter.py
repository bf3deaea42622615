from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext_lazy as _

from hub.accounts.devices import device_in_words


class MfaAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code does not fit. Please wait for the next one and try again."),
    }

    def _get_user_identifier(self, user):
        return user.username  # never her e-mail address, on a screen that others may see

    def generate_authenticator_name(self, user, type):
        return device_in_words(context.request.headers.get("User-Agent"))[:60]
