"""The front door, the way out, and the pages for when something is missing or breaks."""

from django.conf import settings
from django.http import HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses import open_pages
from hub.accounts.access import leave_quickly
from hub.context import site_settings
from hub.models import HomePage


def choose_language(request):
    """`/`: on to the home page in her language: that of her account, else her browser's."""
    known = request.user.is_authenticated and request.user.language in dict(settings.LANGUAGES)
    language = request.user.language if known else get_language()
    response = redirect(f"/{'en' if language in site_settings()['hidden_languages'] else language}/")
    patch_cache_control(response, private=True)
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
def home(request):
    return open_pages.show(request, HomePage)


def leave(request):
    """Away at once, without telling the other site where she was; on a shared device she is signed out too."""
    response = redirect(site_settings()["exit_url"])
    response["Referrer-Policy"] = "no-referrer"
    response["Clear-Site-Data"] = '"cache"'
    patch_cache_control(response, no_store=True, private=True)
    leave_quickly(request, response)
    return response


def not_found(request, exception=None):
    return render(request, "404.html", status=404)


def forbidden(request, exception=None):
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def server_error(request):
    """Without request, user or settings from the database: one of them may be what broke."""
    try:
        page = render_to_string("500.html", {"hub": {"hub_name": settings.WAGTAIL_SITE_NAME}})
    except Exception:  # even the templates may be what broke
        page = '<!doctype html><html lang="en"><title>500</title><h1>500</h1><p><a href="/">←</a></p>'
    return HttpResponseServerError(page)
