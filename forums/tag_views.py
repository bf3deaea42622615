"""The tags of a forum, for moderators and editors; and the tags of one thread, for who began it and moderators."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forums.access import as_key, get_forum, get_thread
from forums.forms import sent
from forums.models import ForumTag
from forums.tag_forms import TagForm, TagsForm
from forums.tags import MOST_IN_A_FORUM, delete_tag, save_tag, tag_thread
from hub.accounts.access import member_required
from hub.accounts.roles import Role, has_role


def keeps_tags(seat):
    return seat.moderates or has_role(seat.user, Role.EDITOR)


def _forum_of_keeper(request, slug):
    seat = get_forum(request, slug)
    if not keeps_tags(seat):
        raise PermissionDenied
    return seat


@require_http_methods(["GET", "POST"])
@member_required
def of_forum(request, slug):
    seat = _forum_of_keeper(request, slug)
    tags = list(seat.forum.tags.order_by("pk"))
    new = ForumTag(forum=seat.forum)
    form = TagForm(sent(request), tag=new) if len(tags) < MOST_IN_A_FORUM else None
    if form and form.is_valid():
        save_tag(tag=new, **form.names())
        messages.success(request, _("The tag is kept."))
        return redirect("forums:tags", slug)
    context = {"seat": seat, "tags": tags, "form": form}
    return render(request, "forums/tags.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@member_required
def change(request, slug, tag_id):
    seat = _forum_of_keeper(request, slug)
    tag = get_object_or_404(ForumTag, forum=seat.forum, pk=as_key(tag_id))
    form = TagForm(sent(request), tag=tag)
    if form.is_valid():
        save_tag(tag=tag, **form.names())
        messages.success(request, _("The tag is kept."))
        return redirect("forums:tags", slug)
    context = {"seat": seat, "tag": tag, "form": form}
    return render(request, "forums/tag.html", context, status=422 if form.is_bound else 200)


@require_POST
@member_required
def delete(request, slug, tag_id):
    seat = _forum_of_keeper(request, slug)
    delete_tag(tag=get_object_or_404(ForumTag, forum=seat.forum, pk=as_key(tag_id)))
    messages.success(request, _("The tag is deleted. The threads stay."))
    return redirect("forums:tags", slug)


@require_http_methods(["GET", "POST"])
@member_required
def of_thread(request, slug, thread_id):
    seat, thread = get_thread(request, thread_id)
    if not (seat.moderates or seat.owns(thread)):
        raise PermissionDenied
    form = TagsForm(sent(request), forum=thread.forum, initial={"tags": thread.tag_slugs})
    if form.is_valid():
        tag_thread(thread=thread, slugs=form.cleaned_data["tags"])
        return redirect(thread)
    context = {"seat": seat, "thread": thread, "form": form}
    return render(request, "forums/thread_tags.html", context, status=422 if form.is_bound else 200)
