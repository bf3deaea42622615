"""/<lang>/my/certificates/<kit>/: her certificate of a kit she has completed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses.certificates import actions
from courses.certificates.codes import readable
from courses.models import Certificate, CertificateFile, Completion
from courses.queries import kit_by_key
from courses.record_views import see_other
from hub.accounts.access import member_required, posted
from hub.certificates.badge import baked
from hub.certificates.forms import AskForm, DeleteForm, ShownForm, StepForm
from hub.certificates.sheet import paper_context
from hub.certificates.tasks import make_certificates
from hub.certificates.words import words_of_kit
from hub.lib.limits import allow
from hub.notifications.actions import see_news

ASKED_PER_DAY = 10
DAY = 86_400
TYPES = {"pdf": "application/pdf", "json": "application/ld+json", "png": "image/png", "svg": "image/svg+xml"}


def get_completion(request, kit_key):
    """Her completion of a whole kit, with the outline of the kit in her language or in English."""
    found = get_object_or_404(Completion, user=request.user, kit_key=kit_key, key=kit_key)
    found.kit = kit_by_key(get_language(), kit_key) or kit_by_key("en", kit_key)
    if found.kit is None:
        raise Http404
    return found


def get_certificate(request, kit_key):
    """Hers that is in force."""
    return get_object_or_404(Certificate.objects.in_force(), user=request.user, kit_key=kit_key)


@never_cache
@require_safe
@member_required
def certificate(request, kit_key):
    newest = Certificate.objects.newest(request.user, kit_key)
    if newest is None:
        get_completion(request, kit_key)
        return see_other(reverse("certificate_ask", args=[kit_key]))
    see_news(request.user, f"certificate:{newest.pk}")
    return show_certificate(request, newest)


def show_certificate(request, found, form=None):
    form = form or ShownForm(initial={"page_on": found.page_on, "shown": found.shown})
    context = {
        "certificate": found,
        "kit": kit_by_key(get_language(), found.kit_key) or kit_by_key("en", found.kit_key),
        "code": readable(found.code),
        "form": form,
        "may_ask": actions.may_ask(found),
    }
    return render(request, "certificates/certificate.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def ask(request, kit_key):
    """The first, or another one instead of the one she has; she can look at it before it is made."""
    completion = get_completion(request, kit_key)
    newest = Certificate.objects.newest(request.user, kit_key)
    if not actions.may_ask(newest):
        return show_certificate(request, newest)
    form, step = AskForm(posted(request), initial=first_values(request, newest)), StepForm(posted(request))
    if not (form.is_valid() and step.is_valid()):
        return show_ask(request, completion, newest, form)
    if step.cleaned_data["step"] != "make":
        return show_ask(request, completion, newest, form, preview=preview_of(completion, form))
    if not allow(f"certificates:{request.user.pk}", limit=ASKED_PER_DAY, seconds=DAY):
        form.add_error(None, _("You have asked for many certificates today. Please ask again tomorrow."))
        return show_ask(request, completion, newest, form, status=429)
    actions.ask(
        **what_it_says(completion), **form.cleaned_data, user=request.user, instead_of=step.cleaned_data["instead_of"]
    )
    make_certificates.enqueue()
    return see_other(reverse("certificate", args=[kit_key]))


def first_values(request, newest):
    if newest and newest.state == Certificate.State.ISSUED:
        return {name: getattr(newest, name) for name in ("name", "language", "second_language", "shown")}
    language = get_language()
    return {"language": language, "second_language": "" if language == "en" else "en"}


def what_it_says(completion):
    return {
        "kit_key": completion.kit_key,
        "completed_on": timezone.localdate(completion.completed_at),
        "hours": completion.kit.hours,
        "words": words_of_kit(completion.kit),
    }


def preview_of(completion, form):
    """What she would get, without a code."""
    return paper_context(Certificate(**what_it_says(completion), **form.cleaned_data), completion.kit.audience)


def show_ask(request, completion, newest, form, *, preview=None, status=None):
    context = {"kit": completion.kit, "form": form, "newest": newest, **(preview or {}), "has_preview": bool(preview)}
    return render(request, "certificates/ask.html", context, status=status or (422 if form.errors else 200))


@never_cache
@require_http_methods(["POST"])
@member_required
def choose_shown(request, kit_key):
    found = get_certificate(request, kit_key)
    form = ShownForm(posted(request))
    if not form.is_valid():
        return show_certificate(request, found, form)
    actions.choose_shown(certificate=found, **form.cleaned_data)
    messages.success(request, _("Saved. The page behind the code follows at once."))
    return see_other(reverse("certificate", args=[kit_key]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def delete(request, kit_key):
    found = Certificate.objects.newest(request.user, kit_key)
    if found is None:
        raise Http404
    form = DeleteForm(posted(request))
    if form.is_valid():
        actions.delete(user=request.user, kit_key=kit_key)
        messages.success(request, _("The certificate is deleted."))
        return see_other(reverse("my_learning"))
    return render(
        request, "certificates/delete.html", {"certificate": found, "form": form}, status=422 if form.errors else 200
    )


@never_cache
@require_safe
@member_required
def file(request, kit_key, kind):
    """The paper, or the badge as data or as a picture that carries it. The name of the file says nothing."""
    if kind not in TYPES:
        raise Http404
    rows = CertificateFile.objects.filter(certificate__in=Certificate.objects.in_force())
    found = get_object_or_404(rows, certificate__user=request.user, certificate__kit_key=kit_key)
    if kind == "pdf":
        content = bytes(found.pdf)
    else:
        content = found.credential.encode() if kind == "json" else baked(found.credential, kind)
    headers = {"Content-Disposition": f'attachment; filename="document.{kind}"'}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)
