"""/<lang>/certificates/…: whether a certificate is good, for whoever has its code or the file of its badge.

Open to everybody and kept by nobody: no cache, no search engine. Who guesses is stopped; a right code is not counted.
"""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses.certificates.actions import LIST_LENGTH
from courses.certificates.codes import fold, is_well_formed, readable
from courses.models import Certificate
from courses.record_views import see_other
from hub.accounts.access import posted
from hub.certificates.badge import check, did_document, signed_list
from hub.certificates.forms import CodeForm, FileForm
from hub.certificates.words import shown_of
from hub.lib.address import client_address, household
from hub.lib.badges import Refused
from hub.lib.limits import allow, give_back

TRIES_PER_HOUR = 60
FILES_PER_HOUR = 60
HOUR = 3600
State = Certificate.State


def quiet(view):
    return never_cache(require_safe(view))


@quiet
def typed(request):
    """The field for a code. It is sent by GET, so that it needs no cookie, and leads to the address of the code."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return see_other(reverse("certificate_page", args=[readable(form.cleaned_data["code"])]))
    return render(request, "certificates/check.html", {"form": form}, status=422 if form.errors else 200)


@quiet
def page(request, code):
    """Good, withdrawn, replaced, switched off or not there: in one statement."""
    limit = f"certificate-code:{household(client_address(request))}"
    if not allow(limit, limit=TRIES_PER_HOUR, seconds=HOUR):
        return answer(request, "too_many", status=429)
    code = fold(code)
    if not is_well_formed(code):
        return answer(request, "typo", status=404)
    found = Certificate.objects.filter(code=code).first()
    if found is None:
        return answer(request, "unknown", code, status=404)
    give_back(limit, seconds=HOUR)
    return answer(request, verdict_on(found), code, found)


def verdict_on(certificate):
    """What is no longer good cannot be hidden by switching the page off."""
    if certificate.state != State.ISSUED:
        return certificate.state
    return "good" if certificate.page_on else "off"


def answer(request, verdict, code="", certificate=None, status=200):
    shown = shown_of(certificate, get_language()) if verdict == "good" else []
    context = {"verdict": verdict, "code": readable(code), "certificate": certificate, "shown": shown}
    return render(request, "certificates/page.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sent(request):
    """The file of a badge: taken, or refused with the reason. Nothing of it is kept."""
    form = FileForm(posted(request), request.FILES or None)
    limit = f"certificate-file:{household(client_address(request))}"
    if request.method == "POST" and not allow(limit, limit=FILES_PER_HOUR, seconds=HOUR):
        form.add_error(None, _("There were too many attempts. Please wait a few minutes and try again."))
        return render(request, "certificates/check_file.html", {"form": form}, status=429)
    if "badge" in getattr(request, "files_too_large", ()):
        form.add_error("badge", _("This file is too large to be a badge of ours."))
    if not form.is_valid():
        return render(request, "certificates/check_file.html", {"form": form}, status=422 if form.errors else 200)
    return render(request, "certificates/check_file.html", {"form": FileForm(), **said_of(form.cleaned_data["badge"])})


def said_of(content):
    try:
        code = check(content)
    except Refused as refused:
        return {"verdict": refused.reason}
    found = Certificate.objects.in_force().filter(code=code).first()
    return {"verdict": "good", "code": readable(code), "page_on": bool(found and found.page_on)}


# For machines --------------------------------------------------------------------------------------


@require_safe
@cache_control(max_age=300)
def did(request):
    """`did:web`: the public keys of the hub."""
    return JsonResponse(did_document(), content_type="application/did+json")


@require_safe
@cache_control(max_age=300)
def status_list(request, number):
    if number * LIST_LENGTH >= 2**31:
        raise Http404
    return HttpResponse(signed_list(number), content_type="application/vc+jwt")
