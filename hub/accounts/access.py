"""Who is let in, and what happens to the words of someone who is not."""

import re
from functools import wraps
from urllib.parse import urlsplit

from allauth.account.internal.flows.logout import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from hub.accounts.known import forget_device

SECRET_FIELDS = frozenset(
    {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code", "digits", "next"}
    | {"ticket", "credential"}
)
LONG_FIELDS = frozenset({"body", "note", "text"})
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LEFT_BEHIND = '"cookies", "storage"'
EVERYTHING = '"cache", "cookies", "storage"'


def member_required(view):
    """Members only. A visitor who reads is sent to sign in; one who writes finds her words again on `kept.html`."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if wants_json(request):
            return JsonResponse({"error": "signed_out"}, status=401)
        if request.method in {"GET", "HEAD"}:
            return redirect_to_login(request.get_full_path())
        return keep_words(request)

    return checked


def staff_page(can):
    """For members of whom `can` (a function of hub.accounts.roles) says yes; for other members there is no such page."""

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            if not can(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        return never_cache(member_required(checked))

    return decorate


def posted(request):
    """The data for a form: an empty POST is refused like any other, a GET leaves the form unbound."""
    return request.POST if request.method == "POST" else None


def wants_json(request):
    accept = request.headers.get("Accept", "")
    return "application/json" in accept and "text/html" not in accept


def csrf_failure(request, reason=""):
    """settings.CSRF_FAILURE_VIEW: a page left open too long, or signed in anew in another tab."""
    if wants_json(request):
        error = "expired" if request.user.is_authenticated else "signed_out"
        return JsonResponse({"error": error}, status=403 if request.user.is_authenticated else 401)
    return keep_words(request)


def keep_words(request):
    """Show a form that could not be taken, with all she wrote, and send it again on one click.

    Only a form that came from our own pages can be sent again: another site must not write on her behalf.
    """
    words = [
        {"name": name, "value": value, "long": is_long(name, value), "ours": is_ours(name, value)}
        for name, values in request.POST.lists()
        if name not in SECRET_FIELDS
        for value in values
    ]
    context = {
        "words": words,
        "had_secrets": bool(SECRET_FIELDS.difference({"csrfmiddlewaretoken", "next"}).intersection(request.POST)),
        "can_resend": came_from_us(request),
    }
    return render(request, "kept.html", context, status=403)


def is_long(name, value):
    """Whether she wrote it in a field of several lines, so that it gets one again, however short it is."""
    return name in LONG_FIELDS or len(value) > 60 or "\n" in value


def is_ours(name, value):
    """What no hand wrote: it is sent again, and not shown."""
    return not value or name == "language" or bool(UUID.fullmatch(value))


def came_from_us(request):
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(source).netloc == request.get_host()


def leave_quickly(request, response):
    """Called by the view of "Leave this page": on a phone that others use, leaving also signs out and wipes."""
    if request.session.get("own_device") is False:
        logout(request, show_message=False)
        forget_device(response)
        # "cache" is left out: clearing it takes a browser seconds, and no page of such a session was kept.
        response["Clear-Site-Data"] = LEFT_BEHIND
    return response


def sign_out_everything(request, response):
    """End the session and wipe the device."""
    logout(request, show_message=False)
    request.session.flush()
    forget_device(response)
    response["Clear-Site-Data"] = EVERYTHING
    return response
