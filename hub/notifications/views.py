"""What is new for her, and how she wants to be told of it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hub.accounts.access import member_required, posted
from hub.accounts.helped_mail import news_at_sign_in
from hub.accounts.models import User
from hub.lib.paging import LARGEST_KEY, page_request
from hub.notifications import actions
from hub.notifications.forms import ClearForm, MailForm
from hub.notifications.letter import user_of_token
from hub.notifications.models import Notification, Preference
from hub.notifications.queries import confirmed_address, news_page, own_choices


@never_cache
@require_GET
@member_required
def news(request):
    where = page_request(request.GET)
    page, lines = news_page(request.user, after=where.get("after"), before=where.get("before"))
    about_account = [] if page.previous else news_at_sign_in(request.user)
    return render(request, "notifications/news.html", {"page": page, "lines": lines, "about_account": about_account})


@require_GET
@member_required
def open_one(request, news_id):
    """To what it is about; with it, what stands in the same line of the list is read."""
    row = get_object_or_404(Notification.objects.shown(), pk=min(news_id, LARGEST_KEY), user=request.user)
    if row.read_at is None:
        actions.mark_read(user=request.user, **({"topic": row.topic} if row.topic else {"pk": row.pk}))
    return HttpResponseRedirect(row.path if row.path.startswith("/") else f"/{get_language()}/{row.path}")


@require_POST
@member_required
def read_all(request):
    actions.mark_read(user=request.user)
    messages.success(request, _("Everything counts as read now."))
    return HttpResponseRedirect(reverse("news"), status=303)


@never_cache
@require_http_methods(["GET", "POST"])
@member_required
def mail_settings(request):
    row = Preference.objects.filter(user=request.user, scope="").first()
    form = MailForm(posted(request), instance=row or Preference())
    if form.is_valid():
        actions.choose_mail(user=request.user, **form.cleaned_data)
        messages.success(request, _("Your choices are kept."))
        return redirect("news_settings")
    context = {
        "form": form,
        "address": confirmed_address(request.user),
        "can_send": settings.SENDS_MAIL,
        "choices": own_choices(request.user),
    }
    return render(request, "notifications/settings.html", context, status=422 if form.errors else 200)


@require_POST
@member_required
def clear_choice(request):
    """A forum or a thread is again as she chose for the whole hub."""
    form = ClearForm(request.POST)
    if form.is_valid():
        Preference.objects.filter(user=request.user, pk=form.cleaned_data["choice"]).exclude(scope="").delete()
    return HttpResponseRedirect(reverse("news_settings"), status=303)


@csrf_exempt  # the signed address is what allows it; the mail programme that sends one click has no cookie of ours (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """No mail any more, without signing in. A look at the address alone does nothing: programmes look at links too."""
    user_id = user_of_token(token)
    if user_id is None or not User.objects.filter(pk=user_id).exists():
        return render(request, "notifications/stop.html", {"unknown": True}, status=404)
    if request.method == "POST":
        actions.stop_mail(user_id=user_id)
    return render(request, "notifications/stop.html", {"done": request.method == "POST"})
