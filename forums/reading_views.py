"""Following, keeping, thanking, and her own lists. What she does here is seen by nobody else; a thank-you counts without a name."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from forums import reading
from forums.access import as_key, get_forum, get_post, get_thread
from forums.forms import SwitchForm
from forums.models import Block, Forum, PostMark, SpaceAlias
from forums.news_views import ask_once
from forums.queries import PostLine, posts_of
from forums.safety import block_alias
from hub.accounts.access import member_required, wants_json
from hub.lib.limits import allow
from hub.lib.paging import key_page, page_request

MARKS_PER_MINUTE = 60


def see_other(url):
    return HttpResponse(status=303, headers={"Location": url})


@require_POST
@member_required
def read_all(request):
    reading.mark_all_read(user=request.user, forums=list(Forum.objects.readable_by(request.user)))
    messages.success(request, _("Everything counts as read now."))
    return see_other("../")


@require_POST
@member_required
def read_forum(request, slug):
    seat = get_forum(request, slug)
    reading.mark_all_read(user=request.user, forums=[seat.forum])
    messages.success(request, _("Everything in this forum counts as read now."))
    return see_other(seat.forum.get_absolute_url())


@require_POST
@member_required
def follow_forum(request, slug):
    seat = get_forum(request, slug)
    form = SwitchForm(request.POST)
    if form.is_valid():
        reading.follow_forum(user=request.user, forum=seat.forum, on=form.cleaned_data["on"])
        if form.cleaned_data["on"]:
            ask_once(request)
    return see_other(seat.forum.get_absolute_url())


@require_POST
@member_required
def follow_thread(request, slug, thread_id):
    _seat, thread = get_thread(request, thread_id)
    form = SwitchForm(request.POST)
    if form.is_valid():
        reading.follow_thread(user=request.user, thread=thread, on=form.cleaned_data["on"])
        if form.cleaned_data["on"]:
            ask_once(request)
    return see_other(thread.get_absolute_url())


@require_POST
@member_required
def mark(request, post_id, kind):
    """Keep a post for herself, or say thank you. For the script: the buttons of the post anew."""
    seat, post = get_post(request, post_id)
    form = SwitchForm(request.POST)
    may = (
        post.source
        and not post.hidden
        and not post.held
        and (kind == PostMark.Kind.KEPT or post.author_id != request.user.pk)
    )
    if form.is_valid() and may and allow(f"mark:{request.user.pk}", limit=MARKS_PER_MINUTE, seconds=60):
        reading.mark_post(user=request.user, post=post, kind=kind, on=form.cleaned_data["on"])
    if not wants_json(request):
        return see_other(post.get_absolute_url())
    line = PostLine(*posts_of(post.thread, seat).get(pk=post.pk))
    line.is_own = post.author_id == request.user.pk
    line.set_marks(reading.marks_on(request.user, [post]).get(post.pk, set()))
    context = {"post": line, "LANGUAGE_CODE": get_language()}
    return JsonResponse({"html": render_to_string("forums/post_marks.html", context, request)})


# Her lists -------------------------------------------------------------------------------------


def one_page(request, rows, key="pk"):
    where = page_request(request.GET)
    return key_page(rows, key=key, after=where.get("after"), before=where.get("before"), descending=True)


@require_GET
@member_required
def mine(request):
    return render(request, "forums/my_posts.html", {"page": one_page(request, reading.posts_by(request.user))})


@require_GET
@member_required
def kept(request):
    return render(request, "forums/kept.html", {"page": one_page(request, reading.kept_by(request.user))})


@require_GET
@member_required
def followed(request):
    page = one_page(request, reading.followed_by(request.user), key="last_post_id")
    reading.mark_new(page.rows, reading.reading_marks(request.user, page.rows))
    return render(request, "forums/followed.html", {"page": page})


@require_POST
@member_required
def block(request, alias_id):
    """Not to read an alias any more, or to read it again; back to where she is."""
    alias = get_object_or_404(SpaceAlias.objects.select_related("forum"), pk=as_key(alias_id))
    seat = get_forum(request, alias.forum.slug)
    form = SwitchForm(request.POST)
    if form.is_valid() and alias.user_id != request.user.pk:
        block_alias(user=request.user, alias=alias, on=form.cleaned_data["on"])
        said = _("You will not be shown what this alias writes. Nobody learns of it.")
        messages.success(request, said if form.cleaned_data["on"] else _("You read this alias again."))
    return see_other(seat.forum.get_absolute_url())


@require_GET
@member_required
def blocked(request):
    rows = Block.objects.filter(user=request.user).select_related("alias__forum")
    return render(request, "forums/blocked.html", {"page": one_page(request, rows)})
