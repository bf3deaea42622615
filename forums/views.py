"""Reading and writing in forums, for members; open_views.py says what visitors read. Every page says `noindex`."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forums import actions, open_views
from forums.about import about_what
from forums.access import get_forum, get_post, get_thread
from forums.closing import why_closed
from forums.forms import JoinForm, PostForm, ReportForm, SwitchForm, post_number, sent
from forums.languages import choice_in
from forums.models import SpaceAlias, Thread
from forums.names import suggest_names
from forums.news import topic_of
from forums.open_views import open_to_visitors
from forums.openings import openings_for
from forums.queries import PostLine, forums_with_last_post, posts_of, staff_roles, threads_of
from forums.reading import (
    mark_new,
    mark_of,
    mark_read,
    marks_on,
    reading_marks,
    with_all_read,
)
from forums.safety import note_visit
from forums.tag_views import keeps_tags
from forums.tags import tags_of
from hub.accounts.access import member_required
from hub.accounts.roles import can_moderate
from hub.lib.limits import allow
from hub.lib.paging import PAGE_SIZE, key_page, page_request
from hub.notifications.actions import see_news

REPORTS_PER_DAY = 20
MOST_PINNED = 10


@require_GET
@open_to_visitors(open_views.index)
def index(request):
    forums = list(with_all_read(forums_with_last_post().readable_by(request.user), request.user))
    context = {"forums": forums, "moderates": can_moderate(request.user), "opened": any(f.public for f in forums)}
    return render(request, "forums/index.html", context)


@require_GET
@member_required
def rules(request):
    return render(request, "forums/rules.html")


@require_GET
@open_to_visitors(open_views.forum)
def forum(request, slug):
    seat = get_forum(request, slug)
    if seat.moderates:
        note_visit([seat.forum])
    where, tags, tag = page_request(request.GET), tags_of(seat.forum.pk), request.GET.get("tag")
    tag = tag if tag in tags else ""
    threads, reads = threads_of(seat).tagged(tag), choice_in(seat.forum)
    page = key_page(
        reads.only(threads.unpinned()),
        key="last_post_id",
        after=where.get("after"),
        before=where.get("before"),
        descending=True,
    )
    pinned = list(threads.pinned().order_by("-last_post_id")[:MOST_PINNED]) if page.previous is None else []
    shown = [*pinned, *page.rows]
    for line in shown:
        line.forum, line.all_read_id = seat.forum, seat.forum.all_read_id
    mark_new(shown, reading_marks(request.user, shown))
    context = {"seat": seat, "forum": seat.forum, "pinned": pinned, "page": page}
    context["openings"] = [] if shown else openings_for(seat.forum)
    context |= {"tags": tags, "tag": tag, "keeps_tags": keeps_tags(seat), "reads": reads}
    return render(request, "forums/forum.html", context)


@require_GET
@open_to_visitors(open_views.thread)
def thread(request, slug, thread_id):
    seat, thread = get_thread(request, thread_id)
    if thread.forum.slug != slug:  # it was moved; what names a post of it leads there still
        query = request.GET.urlencode()
        return redirect(f"{thread.get_absolute_url()}{'?' if query else ''}{query}")
    mark, draft = mark_of(thread)
    seen_id = mark.seen_id
    where, reads = page_request(request.GET), choice_in(thread)
    page = key_page(posts_of(thread, seat), key="pk", build=PostLine, **_place(where, seen_id, thread))
    mark_posts(request.user, page, seen_id)
    for post in page:
        post.folded = reads.folds(post.language) and not post.is_own and post.pk != where.get("at")
    if thread.kind == Thread.Kind.QUESTION:
        mark_answer(page, thread, seat.asked(thread))
    if page.rows and page.rows[-1].pk > seen_id:
        mark_read(user=request.user, thread=thread, last_post_id=page.rows[-1].pk)
    see_news(request.user, topic_of(thread.pk))
    context = {
        "seat": seat,
        "thread": thread,
        "page": page,
        "form": PostForm(initial={"body": draft}),
        "draft": draft,
        "refusal": seat.refusal(thread),
        "following": mark.following,
        "has_new": thread.last_post_id > seen_id > 0,
        "accepted": accepted_answer(thread) if page.previous is None else None,
        "about": about_what(thread.about_key, thread.forum),
        "owns": seat.owns(thread),
        "reads": reads,
        "closed": why_closed(thread),
        "vocabulary": tags_of(thread.forum_id),
    }
    return render(request, "forums/thread.html", context)


def mark_posts(user, page, seen_id, *, older=None):
    """What the page says beside each post; "new since" only to one who was here before. `older`: those she may have marked, if not all."""
    roles = staff_roles({post.author_id for post in page if post.author_id})
    marks = marks_on(user, page.rows if older is None else older)
    unread = (post.pk for post in page if post.pk > seen_id and post.author_id != user.pk)
    first_new = next(unread, None) if seen_id else None
    for post in page:
        post.role = roles.get(post.author_id)
        post.first_new = post.pk == first_new
        post.is_own = post.author_id == user.pk
        post.set_marks(marks.get(post.pk, set()))


def mark_answer(page, thread, asked):
    for post in page:
        post.accepted = post.pk == thread.accepted_id
        post.may_accept = asked and post.alias_id != thread.alias_id


def accepted_answer(thread):
    """The answer that helped, while it can be read."""
    post = thread.accepted
    return post if post and post.source and not post.hidden else None


def _place(where, seen_id, thread):
    """The part of the thread asked for, as arguments of key_page. A short thread is shown whole, whichever post is asked for."""
    if where.get("unread"):
        return {"after": seen_id}
    if where.get("at"):
        if thread.post_count <= PAGE_SIZE // 2:
            return {}
        return {"after": where["at"] - 1}
    return {"after": where.get("after"), "before": where.get("before"), "last": bool(where.get("last"))}


@require_POST
@member_required
def warning_read(request, slug):
    """She has read what a moderator wrote to her."""
    seat = get_forum(request, slug)
    SpaceAlias.objects.filter(user=request.user, forum=seat.forum).update(warning="")
    return redirect(seat.forum)


@require_POST
@member_required
def accept(request, post_id):
    """She who asked, or a moderator, says which answer helped, or takes that back."""
    seat, post = get_post(request, post_id)
    if not seat.asked(post.thread) or post.alias_id == post.thread.alias_id:
        raise PermissionDenied
    form = SwitchForm(request.POST)
    if form.is_valid() and post.source and not post.hidden:
        actions.accept_answer(thread=post.thread, post=post if form.cleaned_data["on"] else None)
    return redirect(post.thread)


@require_http_methods(["GET", "POST"])
@member_required
def join(request, slug):
    seat = get_forum(request, slug)
    if seat.alias:
        return redirect(_after_join(request, seat.forum))
    form = JoinForm(
        sent(request), user=request.user, forum=seat.forum, initial={"name": request.GET.get("name", "")[:40]}
    )
    if form.is_valid():
        alias = actions.join_forum(user=request.user, forum=seat.forum, name=form.cleaned_data["name"])
        if alias:
            return redirect(_after_join(request, seat.forum))
        form.add_error("name", _("This alias is taken, or very close to one. Please choose another one."))
    context = {
        "forum": seat.forum,
        "form": form,
        "suggestions": suggest_names(seat.forum.keys_in_use),
        "thread": post_number(request.GET.get("thread")),
    }
    return render(request, "forums/join.html", context, status=422 if form.is_bound else 200)


def _after_join(request, forum):
    """Back to the thread she came from, if it is one of this forum."""
    number = post_number(request.GET.get("thread"))
    if number and Thread.objects.filter(forum=forum, pk=number).exists():
        return reverse("forums:thread", args=[forum.slug, number])
    return forum.get_absolute_url()


@require_http_methods(["GET", "POST"])
@member_required
def report(request, post_id):
    seat, post = get_post(request, post_id)
    form = ReportForm(sent(request))
    context = {"seat": seat, "post": post, "thread": post.thread, "form": form}
    if not form.is_valid():
        return render(request, "forums/report.html", context, status=422 if form.is_bound else 200)
    if not allow(f"report:{request.user.pk}", limit=REPORTS_PER_DAY, seconds=86_400):
        context["refused"] = _("You have sent many reports today. Please send this one again tomorrow.")
        return render(request, "forums/report.html", context, status=429)
    actions.report_post(post=post, reporter=request.user, **form.cleaned_data)
    messages.success(request, _("Thank you. A moderator will look at this post. Nobody else sees your report."))
    return redirect(post.thread)
