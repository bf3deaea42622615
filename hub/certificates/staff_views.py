"""/<lang>/staff/certificates/: a coordinator withdraws a certificate whose code she was shown. She sees no list and no name."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.certificates import actions
from courses.record_views import see_other
from hub.accounts.access import posted, staff_page
from hub.accounts.roles import can_manage_people
from hub.certificates.forms import WithdrawForm
from hub.certificates.making import tell_her
from hub.lib.limits import allow

TRIES_PER_HOUR = 30


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(can_manage_people)
def withdraw(request):
    form = WithdrawForm(posted(request))
    if form.is_valid() and withdrawn(request.user, form):
        messages.success(request, _("The certificate is withdrawn. Its holder is told so, with the reason."))
        return see_other(reverse("staff_certificates"))
    return render(request, "certificates/withdraw.html", {"form": form}, status=422 if form.errors else 200)


def withdrawn(user, form):
    if not allow(f"withdraw-certificate:{user.pk}", limit=TRIES_PER_HOUR, seconds=3600):
        form.add_error(None, _("There were too many attempts. Please wait a few minutes and try again."))
        return False
    if not withdraw_and_tell(code=form.cleaned_data["certificate"], reason=form.cleaned_data["reason"]):
        form.add_error("certificate", _("No certificate with this code is in force."))
        return False
    return True


@transaction.atomic
def withdraw_and_tell(*, code, reason):
    found = actions.withdraw(code=code, reason=reason)
    if found:
        tell_her(found, "withdrawn")
    return found
