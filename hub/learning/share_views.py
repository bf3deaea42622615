"""What she shows to those who hold her circle, answer by answer."""

from contextlib import suppress

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses import sharing
from courses.enrolment_words import NotAllowed
from courses.models import Answer, Membership
from courses.record_views import see_other
from hub.accounts.access import member_required, posted
from hub.learning.circle_views import get_membership, kit_of

WRONG = gettext_lazy("Please choose one of the buttons.")


class ShareForm(forms.Form):
    version = forms.UUIDField(error_messages={"required": WRONG, "invalid": WRONG})
    shown = forms.BooleanField(required=False)


def get_inside(request, cohort_id):
    """Her place in an open circle; who waits in line shares nothing yet."""
    hers = get_membership(request, cohort_id)
    if hers.state != Membership.State.MEMBER or hers.cohort.closed_at:
        raise Http404
    return hers


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def shared(request, cohort_id):
    hers = get_inside(request, cohort_id)
    form = ShareForm(posted(request))
    if form.is_valid() and changed(hers, form):
        messages.success(
            request,
            _("Your trainers can read this now, and write to you about it.")
            if form.cleaned_data["shown"]
            else _("Taken back. Your trainers no longer see it."),
        )
        return see_other(reverse("circle_shared", args=[cohort_id]))
    kit = kit_of(hers.cohort)
    titles = {lesson.key: lesson.title for lesson in kit.lessons} if kit else {}
    context = {"circle": hers.cohort, "kit": kit, "form": form, "pages": sharing.pages_of(hers, titles)}
    return render(request, "circles/shared.html", context, status=422 if form.errors else 200)


def changed(membership, form):
    version = form.cleaned_data["version"]
    if not form.cleaned_data["shown"]:
        sharing.stop_sharing(membership=membership, client_id=version)
        return True
    with suppress(Answer.DoesNotExist, NotAllowed):
        return sharing.share(membership=membership, client_id=version)
    form.add_error(
        "version", _("You have changed or deleted this meanwhile. Please look again at what you would share.")
    )
