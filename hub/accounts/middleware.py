import re
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from hub.accounts.access import wants_json
from hub.accounts.roles import needs_second_factor

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# Where a person without her second factor may still go: to set it up, to sign out, to leave.
OPEN_WITHOUT = {"accounts", "leave", "help"}  # first part of an address, behind the language
# Where she may go who came with a sign-in card: to choose a passphrase of her own, to see others, to sign out, to leave, to help.
OPEN_WITH_A_CARD = re.compile(r"/[a-z-]+/(accounts/(own-passphrase|passphrases|logout)|leave|help)/")


class PersonMiddleware:
    """Her time zone, and the second factor of those whose role asks for one.

    Visitors carry no session cookie and pay nothing here; for members the session, read anyway, says it all.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path_info.startswith("/health/"):
            timezone.deactivate()
            return self.get_response(request)
        timezone.activate(ZoneInfo(request.session.get("time_zone", "UTC")))
        if passphrase_due(request):
            return refuse_until_own(request)
        if second_factor_missing(request) and not may_go_without(request.path_info):
            return redirect("mfa_activate_totp")
        if request.path_info.startswith("/editor/") and request.user.is_authenticated:
            speak_hers(request)
        return self.get_response(request)


def speak_hers(request):
    """Addresses of the editor name no language, and Wagtail asks her profile, which she lacks until she first saves one."""
    if translation.check_for_language(request.user.language):
        translation.activate(request.user.language)
        request.LANGUAGE_CODE = translation.get_language()


def passphrase_due(request):
    """Whether somebody else has seen her passphrase, and this is not one of the few addresses that stay open."""
    if OPEN_WITH_A_CARD.fullmatch(request.path_info):
        return False
    return request.user.is_authenticated and request.user.must_change_passphrase


def refuse_until_own(request):
    if wants_json(request):
        return JsonResponse({"error": "passphrase_due"}, status=403)
    return redirect("account_own_passphrase")


def may_go_without(path):
    _, language, first, *_rest = [*path.split("/"), "", ""]
    return language != "editor" and first in OPEN_WITHOUT


def second_factor_missing(request):
    """Whether this session was made by signing in, and its person still lacks the second factor her role asks for.

    The session remembers what was true at sign-in, and is told when a role is granted (hub.accounts.sessions). Where it
    matters most, in the editor and at every POST, it is asked again.
    """
    due = request.session.get("second_factor_due")
    if due is None or not (due or asks_again(request)):
        return False
    missing = (
        request.user.is_authenticated and needs_second_factor(request.user) and not has_second_factor(request.user)
    )
    if missing != due:
        request.session["second_factor_due"] = missing
    return missing


def asks_again(request):
    return request.method == "POST" or request.path_info.startswith("/editor/")


def has_second_factor(user):
    """Once set up, no sign-in passes without it."""
    return Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()
