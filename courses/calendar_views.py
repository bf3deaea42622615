"""Days in her calendar: a file to take, and a private address that her calendar asks without a session."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses import calendar
from courses.models import CalendarFeed
from hub.accounts.access import member_required
from hub.lib.limits import allow
from hub.lib.redirects import see_other

FETCHES_PER_HOUR = 30  # a calendar asks every few hours, a person tries a few times


@require_safe
@member_required
def show(request):
    return show_calendar(request)


def show_calendar(request, key=None):
    address = request.build_absolute_uri(reverse("calendar_feed", args=[key])) if key else ""
    context = {
        "feed": CalendarFeed.objects.filter(user=request.user).first(),
        "step_count": calendar.reminders_of(request.user).count(),
        "word": calendar.word(),
        "address": address,
        "webcal": f"webcal://{address.partition('://')[2]}",
    }
    return render(request, "courses/plan/calendar.html", context)


@require_safe
@member_required
def take_file(request):
    # The name says nothing to whoever looks into her downloads.
    headers = {"Content-Disposition": 'attachment; filename="reminders.ics"'}
    return as_calendar(calendar.calendar_file(calendar.reminders_of(request.user)), headers=headers)


def as_calendar(data, headers=()):
    headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", **dict(headers)}
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def renew_feed(request):
    """The new address is on this answer and nowhere else: it is in no session, and no link leads to it."""
    if request.method != "POST":  # she chose another language there, or came back
        return see_other(reverse("booklet:calendar"))
    return show_calendar(request, calendar.renew_feed(user=request.user))


@require_POST
@member_required
def stop_feed(request):
    calendar.stop_feed(user=request.user)
    return see_other(reverse("booklet:calendar"))


@require_safe
@sensitive_variables("key")
def feed(request, key):
    """For calendars: no session, no cookie. An address that was renewed or never was gives 404 with nothing in it."""
    found = calendar.feed_of_key(key)
    if found is None:
        return as_plain(404)
    if not allow(f"calendar:{found.pk}", limit=FETCHES_PER_HOUR, seconds=3600):
        return as_plain(429)
    with translation.override(found.user.language):
        return as_calendar(calendar.calendar_file(calendar.reminders_of(found.user)))


def as_plain(status):
    headers = {"Cache-Control": "private, no-store"} | ({"Retry-After": "3600"} if status == 429 else {})
    return HttpResponse(status=status, content_type="text/plain; charset=utf-8", headers=headers)
