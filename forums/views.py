"""Reading and writing in forums. Members only; every page says `noindex`."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forums import actions
from forums.about import about_what
from forums.access import get_forum, get_own_post, get_post, get_thread
from forums.forms import JoinForm, PostForm, ReportForm, SwitchForm, ThreadForm, post_number, sent
from forums.models import POST_LENGTH, TITLE_LENGTH, Thread
from forums.names import suggest_names
from forums.queries import PostLine, forums_with_last_post, posts_of, staff_roles, threads_of
from forums.reading import (
    keep_draft,
    mark_new,
    mark_of,
    mark_read,
    marks_on,
    reading_marks,
    unsent_thread,
    with_all_read,
)
from hub.accounts.access import member_required, wants_json
from hub.accounts.roles import can_moderate
from hub.lib.limits import allow
from hub.lib.paging import key_page, page_request
from hub.lib.sanitise import render_markdown
from hub.lib.text import clean_text

POSTS_PER_TEN_MINUTES = 10
REPORTS_PER_DAY = 20
PREVIEWS_PER_MINUTE = 30
DRAFTS_PER_MINUTE = 40
MOST_PINNED = 10


@require_GET
@member_required
def index(request):
    forums = with_all_read(forums_with_last_post(), request.user)
    return render(request, "forums/index.html", {"forums": forums, "moderates": can_moderate(request.user)})


@require_GET
@member_required
def rules(request):
    return render(request, "forums/rules.html")


@require_GET
@member_required
def forum(request, slug):
    seat = get_forum(request, slug)
    where = page_request(request.GET)
    threads = threads_of(seat)
    page = key_page(
        threads.unpinned(), key="last_post_id", after=where.get("after"), before=where.get("before"), descending=True
    )
    pinned = list(threads.pinned().order_by("-last_post_id")[:MOST_PINNED]) if page.previous is None else []
    shown = [*pinned, *page.rows]
    for line in shown:
        line.all_read_id = seat.forum.all_read_id
    mark_new(shown, reading_marks(request.user, shown))
    return render(request, "forums/forum.html", {"seat": seat, "forum": seat.forum, "pinned": pinned, "page": page})


@require_GET
@member_required
def thread(request, slug, thread_id):
    seat, thread = get_thread(request, thread_id)
    if thread.forum.slug != slug:
        return redirect(thread)
    mark, draft = mark_of(request.user, thread)
    seen_id = mark.seen_id
    page = key_page(posts_of(thread), key="pk", build=PostLine, **_place(page_request(request.GET), seen_id))
    _mark_posts(request.user, page, seen_id)
    if thread.kind == Thread.Kind.QUESTION:
        _mark_answer(page, thread, seat.asked(thread))
    if page.rows and page.rows[-1].pk > seen_id:
        mark_read(user=request.user, thread=thread, last_post_id=page.rows[-1].pk)
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
    }
    return render(request, "forums/thread.html", context)


def _mark_posts(user, page, seen_id):
    """What the page says beside each post; "new since" only to one who was here before."""
    roles = staff_roles({post.author_id for post in page if post.author_id})
    marks = marks_on(user, page.rows)
    first_new = next((post.pk for post in page if post.pk > seen_id), None) if seen_id else None
    for post in page:
        post.role = roles.get(post.author_id)
        post.first_new = post.pk == first_new
        post.is_own = post.author_id == user.pk
        post.set_marks(marks.get(post.pk, set()))


def _mark_answer(page, thread, asked):
    for post in page:
        post.accepted = post.pk == thread.accepted_id
        post.may_accept = asked and post.alias_id != thread.alias_id


def accepted_answer(thread):
    """The answer that helped, while it can be read."""
    post = thread.accepted
    return post if post and post.source and not post.hidden else None


def _place(where, seen_id):
    """The part of the thread asked for, as arguments of key_page."""
    if where.get("unread"):
        return {"after": seen_id}
    if where.get("at"):
        return {"after": where["at"] - 1}
    return {"after": where.get("after"), "before": where.get("before"), "last": bool(where.get("last"))}


@require_http_methods(["GET", "POST"])
@member_required
def new_thread(request, slug):
    seat = get_forum(request, slug)
    draft = unsent_thread(request.user, seat.forum) if request.method == "GET" else {}
    form = ThreadForm(sent(request), announces=seat.moderates, initial=draft | _begun(request))
    about = about_what(form["about"].value(), seat.forum)
    page = {
        "seat": seat,
        "form": form,
        "heading": _("Start a thread"),
        "back": seat.forum.get_absolute_url(),
        "about": about,
        "draft": draft,
    }
    if answer := _not_yet(request, page, seat.refusal()):
        return answer
    thread = actions.start_thread(
        forum=seat.forum,
        author=request.user,
        alias=seat.alias,
        title=form.cleaned_data["title"],
        kind=form.cleaned_data["kind"],
        about_key=about.key if about else None,
        **form.writing(),
    )
    return redirect(thread)


def _begun(request):
    """What a link to the form has filled in: a first question to take up, the lesson it is about."""
    begun = {name: request.GET.get(name, "") for name in ("title", "about")}
    begun = {"title": clean_text(begun["title"])[: TITLE_LENGTH[1]], "about": begun["about"][:36]}
    return {name: value for name, value in begun.items() if value}


@require_http_methods(["GET", "POST"])
@member_required
def reply(request, slug, thread_id):
    seat, thread = get_thread(request, thread_id)
    if request.method == "GET" and thread.locked and not seat.moderates:
        return redirect(thread)  # which says so; there is no text of hers to keep yet
    answerable = thread.posts.filter(hidden=False)
    draft = mark_of(request.user, thread)[1] if request.method == "GET" else ""
    form = PostForm(sent(request), posts=answerable, initial={"body": draft} | _quoted(request, answerable))
    page = {
        "seat": seat,
        "form": form,
        "thread": thread,
        "heading": str(thread),
        "back": thread.get_absolute_url(),
        "draft": form.initial.get("body") == draft != "",
    }
    if answer := _not_yet(request, page, seat.refusal(thread)):
        return answer
    writing = form.writing() | {"in_reply_to": form.cleaned_data["in_reply_to"], "despite_lock": seat.moderates}
    try:
        post = actions.reply(thread=thread, author=request.user, alias=seat.alias, **writing)
    except actions.ThreadLocked:
        thread.locked = True
        return _write_page(request, page, refused=seat.refusal(thread), status=403)
    return redirect(post)


def _quoted(request, answerable):
    """What the form starts with: the post she answers (?to=) or quotes (?quote=); nothing if there is no such post."""
    wanted = post_number(request.GET.get("quote") or request.GET.get("to"))
    post = answerable.filter(pk=wanted).first() if wanted else None
    if not post:
        return {}
    lines = [f"> {line}".rstrip() for line in post.source.splitlines()] if "quote" in request.GET else []
    return {"in_reply_to": post.pk, "body": "\n".join([*lines, "", ""]) if lines else ""}


@require_http_methods(["GET", "POST"])
@member_required
def edit(request, post_id):
    seat, post = get_own_post(request, post_id)
    form = PostForm(sent(request), initial={"body": post.source, "language": post.language})
    page = {
        "seat": seat,
        "form": form,
        "post": post,
        "thread": post.thread,
        "heading": _("Change my post"),
        "back": post.get_absolute_url(),
        "versions": post.versions.count(),
    }
    if answer := _not_yet(request, page, seat.refusal(post.thread)):
        return answer
    writing = form.writing()
    actions.edit_post(post=post, source=writing["source"], html=writing["html"], language=writing["language"])
    return redirect(post)


def _not_yet(request, page, refused):
    """The writing page again, unless the form is sent, allowed and right. Her text is in it, whatever the reason."""
    form = page["form"]
    if request.method == "GET":
        return _write_page(request, page, refused=refused)
    if "draft" in request.POST and "post" not in page and (kept := _keep_draft(request, page)):
        return kept
    if not form.is_valid():
        return _write_page(request, page, status=422)
    if "preview" in request.POST:
        return _preview_page(request, page)
    if refused:
        return _write_page(request, page, refused=refused, status=403)
    if not allow(f"post:{request.user.pk}", limit=POSTS_PER_TEN_MINUTES, seconds=600):
        slow = _("You have written many posts in a short time. Please send this one again in ten minutes.")
        return _write_page(request, page, refused=slow, status=429)
    return None


def _keep_draft(request, page):
    """What she has not sent yet is kept, whatever is still missing in it; None when it is too long or too often."""
    form, thread = page["form"], page.get("thread")
    form.is_valid()
    source, title = form.data.get("body", ""), form.data.get("title", "")
    too_long = len(source) > POST_LENGTH or len(title) > TITLE_LENGTH[1]
    if too_long or not allow(f"draft:{request.user.pk}", limit=DRAFTS_PER_MINUTE, seconds=60):
        return JsonResponse({}, status=422) if wants_json(request) else None
    discarded = request.POST["draft"] == "0"
    source, title = ("", "") if discarded else (clean_text(source), clean_text(title))
    keep_draft(user=request.user, forum=page["seat"].forum, thread=thread, source=source, title=title)
    said = _("Your draft is kept. Only you can see it.") if source or title else _("Your draft is gone.")
    if wants_json(request):
        return JsonResponse({"message": said})
    messages.success(request, said)
    return redirect(page["back"])


def _preview_page(request, page):
    if not may_preview(request.user):
        refused = _("There were too many attempts. Please wait a few minutes and try again.")
        return _write_page(request, page, refused=refused, status=429)
    return _write_page(request, page, preview=page["form"].html)


def may_preview(user):
    return allow(f"preview:{user.pk}", limit=PREVIEWS_PER_MINUTE, seconds=60)


def _write_page(request, page, *, refused="", preview="", status=200):
    return render(request, "forums/write.html", page | {"refused": refused, "preview": preview}, status=status)


@require_POST
@member_required
def erase_versions(request, post_id):
    _seat, post = get_own_post(request, post_id)
    actions.erase_versions(post=post)
    messages.success(request, _("The older versions of your post are deleted."))
    return redirect(post)


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
def withdraw(request, post_id):
    seat, post = get_own_post(request, post_id)
    if request.method == "GET":
        return render(request, "forums/withdraw.html", {"seat": seat, "post": post, "thread": post.thread})
    actions.withdraw_post(post=post)
    messages.success(request, _("Your post is withdrawn. Nobody can read it any more."))
    return redirect(post if Thread.objects.filter(pk=post.thread_id, hidden=False).exists() else seat.forum)


@require_POST
@member_required
def preview(request):
    """The HTML of a text, for the script that shows it beside the field."""
    if not may_preview(request.user):
        return HttpResponse(status=429)
    form = PostForm(request.POST)
    if form.is_valid() or not form.has_error("body"):
        return JsonResponse({"html": str(render_markdown(form.cleaned_data["body"]))})
    return JsonResponse({"errors": form.errors["body"]}, status=422)


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
        "suggestions": suggest_names(),
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
