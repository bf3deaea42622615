"""Threads, replies, changes, drafts and previews. Whatever keeps her text from being sent, it stays in the form."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forums import actions, script_answers
from forums.about import about_what
from forums.access import get_forum, get_own_post, get_thread
from forums.forms import PostForm, ThreadForm, post_number, sent
from forums.languages import NAMES
from forums.models import POST_LENGTH, TITLE_LENGTH, Thread
from forums.quotes import quote_of, render_post
from forums.reading import keep_draft, mark_of, unsent_thread
from forums.safety import said_before, why_held
from hub.accounts.access import member_required, wants_json
from hub.lib.limits import allow
from hub.lib.text import clean_text

POSTS_PER_TEN_MINUTES = 10
PREVIEWS_PER_MINUTE = 30
DRAFTS_PER_MINUTE = 40


@require_http_methods(["GET", "POST"])
@member_required
def new_thread(request, slug):
    seat = get_forum(request, slug)
    draft = unsent_thread(request.user, seat.forum) if request.method == "GET" else {}
    rules = {"forum": seat.forum, "announces": seat.moderates}
    form = ThreadForm(sent(request), **_files(request), **rules, initial=draft | _begun(request))
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
    held = _why_held(form, seat.forum)
    thread = actions.start_thread(
        forum=seat.forum,
        author=request.user,
        alias=seat.alias,
        title=form.cleaned_data["title"],
        kind=form.cleaned_data["kind"],
        about_key=about.key if about else None,
        tags=form.cleaned_data.get("tags", []),
        held=held,
        **form.writing(),
    )
    _say_that_it_waits(request, held)
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
    if request.method == "GET" and thread.closed_since and not seat.moderates:
        return redirect(thread)  # which says so; there is no text of hers to keep yet
    answerable = thread.posts.filter(hidden=False, held="")
    draft = mark_of(thread)[1] if request.method == "GET" else ""
    begun = {"body": draft} | _quoted(request, answerable)
    form = PostForm(sent(request), **_files(request), posts=answerable, initial=begun)
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
    writing["held"] = _why_held(form, thread.forum)
    try:
        post = actions.reply(thread=thread, author=request.user, alias=seat.alias, **writing)
    except actions.ThreadLocked:
        thread.locked = True
        return _write_page(request, page, refused=seat.refusal(thread), status=403)
    if wants_json(request):
        return script_answers.sent(request, seat, thread, post)
    _say_that_it_waits(request, post.held)
    return redirect(post)


def _say_that_it_waits(request, held):
    if held:
        messages.info(
            request, _("Thank you. A moderator looks at it first; you see it here already. Your words are safe.")
        )


def _quoted(request, answerable):
    """What the form starts with: the post she answers (?to=) or quotes (?quote=); nothing if there is no such post."""
    wanted = post_number(request.GET.get("quote") or request.GET.get("to"))
    post = answerable.filter(pk=wanted).first() if wanted else None
    if not post:
        return {}
    quoting = "quote" in request.GET and post.source
    return {"in_reply_to": post.pk, "body": f"{quote_of(post)}\n\n" if quoting else ""}


@require_http_methods(["GET", "POST"])
@member_required
def edit(request, post_id):
    seat, post = get_own_post(request, post_id)
    begun = {"body": post.source, "language": post.language}
    form = PostForm(sent(request), **_files(request), post=post, initial=begun)
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
    if form.adds_pictures() and _why_held(form, seat.forum):
        later = _("A moderator looks at your pictures first. Please send this one with a new post.")
        return _write_page(request, page, refused=later, status=403)
    writing = {name: form.writing()[name] for name in ("source", "html", "language", "pictures")}
    actions.edit_post(post=post, **writing)
    return redirect(post)


def _files(request):
    """What the places for pictures in a form need."""
    too_large = getattr(request, "files_too_large", ())
    return {"files": request.FILES or None, "owner": request.user, "too_large": too_large}


def _why_held(form, forum):
    how = {"html": str(form.html), "by_program": form.by_program(), "with_picture": form.adds_pictures()}
    return why_held(user=form.owner, forum=forum, **how)


def _not_yet(request, page, refused):
    """The writing page again, unless the form is sent, allowed and right. Her text is in it, whatever the reason."""
    form = page["form"]
    if request.method == "GET":
        return _write_page(request, page, refused=refused)
    if "draft" in request.POST and "post" not in page and (kept := _keep_draft(request, page)):
        return kept
    valid = form.is_valid()
    form.keep_pictures()
    if not valid:
        return _write_page(request, page, status=422)
    if "preview" in request.POST:
        return _preview_page(request, page)
    if refused:
        return _write_page(request, page, refused=refused, status=403)
    if "post" not in page and (same := _said_before(request, page)):
        said = _("You have just sent these words. You find them in “%(thread)s”. Change something to send them again.")
        form.add_error("body", said % {"thread": same.thread})
        return _write_page(request, page, status=422)
    if "post" not in page and form.other_language():
        return _write_page(request, page | _question(form, "language_is"), status=422)
    if not allow(f"post:{request.user.pk}", limit=POSTS_PER_TEN_MINUTES, seconds=600):
        slow = _("You have written many posts in a short time. Please send this one again in ten minutes.")
        return _write_page(request, page, refused=slow, status=429)
    return None


def _said_before(request, page):
    written = page["form"].cleaned_data
    same = {"source": written["body"], "client_id": written["client_id"]}
    return said_before(user=request.user, thread=page.get("thread"), **same)


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
    return _write_page(request, page | _question(page["form"], "preview"), preview=page["form"].html)


def may_preview(user):
    return allow(f"preview:{user.pk}", limit=PREVIEWS_PER_MINUTE, seconds=60)


def _question(form, asked_by):
    """What forums/other_language.html asks when her words are in another language than she chose; her answer comes as `asked_by`."""
    other, chosen = form.other_language(), form.cleaned_data["language"]
    named = {"other": NAMES[other], "other_code": other} if other else {}
    return named | {"chosen": NAMES[chosen], "chosen_code": chosen, "asked_by": asked_by}


def _write_page(request, page, *, refused="", preview="", status=200):
    page |= {"refused": refused, "preview": preview}
    if wants_json(request):
        return script_answers.not_sent(request, page, status=status)
    return render(request, "forums/write.html", page, status=status)


@require_POST
@member_required
def erase_versions(request, post_id):
    _seat, post = get_own_post(request, post_id)
    actions.erase_versions(post=post)
    messages.success(request, _("The older versions of your post are deleted."))
    return redirect(post)


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
        words = {"html": str(render_post(form.cleaned_data["body"]))}
        ask = _question(form, "preview") if "language" in form.cleaned_data else {}
        return JsonResponse(words | {"ask": render_to_string("forums/other_language.html", ask).strip()})
    return JsonResponse({"errors": form.errors["body"]}, status=422)
