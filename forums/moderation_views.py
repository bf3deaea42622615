"""The moderators' pages: a thread's switches, one post with all that is known of it, the queue and the log."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from forums.access import get_post, get_thread, require_moderator
from forums.forms import ActForm, ThreadActForm, sent
from forums.models import Act, Forum
from forums.moderation import acts_on_post, acts_on_thread, moderate_post, moderate_thread
from forums.moving import NamesMeet, homes_for, move_thread
from forums.queries import moderation_log, open_reports, posts_that_wait
from forums.review import cases_of
from forums.safety import note_visit
from hub.accounts.access import member_required
from hub.accounts.roles import can_moderate
from hub.lib.paging import key_page, page_request


@require_http_methods(["GET", "POST"])
@member_required
def thread(request, slug, thread_id):
    seat, thread = get_thread(request, thread_id)
    require_moderator(seat)
    homes = homes_for(thread, request.user)
    form = ThreadActForm(sent(request), acts=acts_on_thread(thread, movable=homes.exists()), homes=homes)
    if form.is_valid() and _act_on_thread(form, thread=thread, moderator=request.user, alias=seat.alias):
        messages.success(request, _("Done. It is in the log."))
        return redirect(thread)
    context = {"seat": seat, "thread": thread, "form": form, "back": thread.get_absolute_url()}
    return render(request, "forums/moderate.html", context, status=422 if form.is_bound else 200)


def _act_on_thread(form, **who):
    """Whether it was done; if not, the form says why."""
    values = dict(form.cleaned_data)
    to = values.pop("to", None)
    if values["act"] != Act.MOVE:
        return moderate_thread(**values, **who)
    try:
        return move_thread(to=to, reason=values["reason"], **who)
    except NamesMeet:
        form.add_error("to", _("A name in this thread is also one in that forum. Two people could look like one."))


@require_http_methods(["GET", "POST"])
@member_required
def post(request, post_id):
    seat, post = get_post(request, post_id)
    require_moderator(seat)
    form = ActForm(sent(request), acts=acts_on_post(post))
    if form.is_valid():
        moderate_post(post=post, moderator=request.user, alias=seat.alias, **form.cleaned_data)
        messages.success(request, _("Done. It is in the log."))
        back = {"queue": "forums:queue", "waiting": "forums:waiting"}
        name = next((name for name in back if name in request.GET), None)
        return redirect(f"{reverse(back[name])}#review" if name else post)
    context = {
        "seat": seat,
        "thread": post.thread,
        "post": post,
        "form": form,
        "versions": post.versions.order_by("-pk"),
        "reports": post.reports.filter(handled_at=None).order_by("pk"),
        "back": post.get_absolute_url(),
    }
    return render(request, "forums/moderate.html", context, status=422 if form.is_bound else 200)


@require_GET
@member_required
def queue(request):
    """Open reports, the oldest first, each post once."""
    return _moderators_list(request, open_reports(), "forums/queue.html", cases=cases_of)


@require_GET
@member_required
def waiting(request):
    """Posts that nobody else sees before a moderator lets them through, the oldest first."""
    return _moderators_list(request, posts_that_wait(), "forums/waiting.html", cases=cases_of)


@require_GET
@member_required
def log(request):
    return _moderators_list(request, moderation_log(), "forums/log.html", descending=True)


def _moderators_list(request, rows, template, *, descending=False, cases=list):
    if not can_moderate(request.user):
        raise PermissionDenied
    note_visit(Forum.objects.only("moderator_seen_at"))
    where = page_request(request.GET)
    page = key_page(rows, key="pk", after=where.get("after"), before=where.get("before"), descending=descending)
    return render(request, template, {"page": page, "cases": cases(page.rows)})
