"""Whether and when she is reminded by mail."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.record_views import see_other
from hub.accounts.access import member_required, posted
from hub.learning.reminder_forms import ReminderForm
from hub.notifications.models import Reminder
from hub.notifications.queries import confirmed_address
from hub.notifications.reminders import choose_reminder


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def reminder(request):
    row = Reminder.objects.filter(user=request.user).first()
    ended = bool(row and row.due_at is None)
    address = confirmed_address(request.user)
    shown = {"when": row.when if row and not ended else ""}
    form = ReminderForm(posted(request), initial=shown, can_get=bool(address and settings.SENDS_MAIL))
    if form.is_valid():
        choose_reminder(user=request.user, when=form.cleaned_data["when"])
        messages.success(request, _("Your choice is kept."))
        return see_other(reverse("reminder"))
    context = {"form": form, "address": address, "can_send": settings.SENDS_MAIL, "ended": ended}
    return render(request, "reminder.html", context, status=422 if form.errors else 200)
