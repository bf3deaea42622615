"""Mail about one forum or one thread, other than she chose for the whole hub."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forums.access import get_forum, get_thread
from forums.forms import sent
from forums.news import forum_scope, topic_of
from hub.accounts.access import member_required
from hub.notifications.actions import choose_mail_for, note_that_she_was_asked
from hub.notifications.forms import ScopeForm
from hub.notifications.queries import choice_for, confirmed_address


@require_http_methods(["GET", "POST"])
@member_required
def mail_about_forum(request, slug):
    seat = get_forum(request, slug)
    return _mail_page(request, seat, seat.forum, forum_scope(seat.forum.pk))


@require_http_methods(["GET", "POST"])
@member_required
def mail_about_thread(request, slug, thread_id):
    seat, thread = get_thread(request, thread_id)
    return _mail_page(request, seat, thread, topic_of(thread.pk))


def _mail_page(request, seat, subject, scope):
    form = ScopeForm(sent(request), initial={"how": choice_for(request.user, scope)})
    if form.is_valid():
        choose_mail_for(user=request.user, scope=scope, how=form.cleaned_data["how"])
        messages.success(request, _("Your choices are kept."))
        return redirect(subject)
    context = {"seat": seat, "subject": subject, "form": form, "address": confirmed_address(request.user)}
    return render(request, "forums/mail.html", context, status=422 if form.errors else 200)


def ask_once(request):
    """Quietly, when she first follows something: whether she wants mail too. Without an answer there is none."""
    if note_that_she_was_asked(user=request.user):
        words = _("What is new here will stand under “New for you”. Nothing is sent by e-mail unless you want it.")
        address = reverse("news_settings")
        messages.info(request, format_html('{} <a href="{}">{}</a>', words, address, _("By e-mail too?")))
