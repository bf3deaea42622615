"""What a visitor may read: threads of a forum that a coordinator has opened, from that day on. Nothing of it is kept by a shared cache."""

from functools import wraps

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from forums.access import as_key
from forums.feeds import atom_of, feed_key
from forums.models import Forum, Post, Thread
from forums.queries import staff_roles
from forums.tags import tags_of
from hub.accounts.access import member_required, wants_json
from hub.lib.paging import key_page, page_request

FEED_SECONDS = 300


def open_to_visitors(page):
    """`page(request, …)` is what a visitor gets, or None: then she is asked to sign in, as where nothing is open."""

    def decorate(view):
        members = member_required(view)

        @wraps(view)
        def checked(request, *args, **kwargs):
            visits = not request.user.is_authenticated and request.method in {"GET", "HEAD"} and not wants_json(request)
            answer = page(request, *args, **kwargs) if visits else None
            if answer is None:
                return members(request, *args, **kwargs)
            add_never_cache_headers(answer)  # what is withdrawn must be gone at once
            return answer

        return checked

    return decorate


def index(request):
    forums = list(Forum.objects.filter(public=True).order_by("pk"))
    return render(request, "forums/open_index.html", {"forums": forums}) if forums else None


def forum(request, slug):
    forum = Forum.objects.filter(public=True, slug=slug).first()
    if forum is None:
        return None
    where, tags, tag = page_request(request.GET), tags_of(forum.pk), request.GET.get("tag")
    tag = tag if tag in tags else ""
    place = {"after": where.get("after"), "before": where.get("before"), "descending": True}
    threads = Thread.objects.open_in(forum).tagged(tag).select_related("alias")
    page = key_page(threads, key="last_post_id", **place)
    for line in page:
        line.forum, line.has_new, line.seen_id = forum, False, 0
    return render(request, "forums/open_forum.html", {"forum": forum, "page": page, "tags": tags, "tag": tag})


def thread(request, slug, thread_id):
    forum = Forum.objects.filter(public=True, slug=slug).first()
    thread = Thread.objects.open_in(forum).filter(pk=as_key(thread_id)).first() if forum else None
    if thread is None:
        return None
    thread.forum = forum
    where = page_request(request.GET)
    after = where["at"] - 1 if where.get("at") else where.get("after")
    posts = Post.objects.filter(thread=thread, hidden=False, held="").select_related("alias", "in_reply_to__alias")
    page = key_page(posts, key="pk", after=after, before=where.get("before"), last=bool(where.get("last")))
    roles = staff_roles({post.author_id for post in page if post.author_id})
    for post in page:
        post.role = roles.get(post.author_id)
    return render(request, "forums/open_thread.html", {"thread": thread, "forum": forum, "page": page})


# Feed ------------------------------------------------------------------------------------------


def _feed_etag(request, slug):
    forum = get_object_or_404(Forum, public=True, slug=slug)
    key = feed_key(forum.pk, get_language(), request.get_host())
    request.feed = cache.get_or_set(key, lambda: atom_of(forum, request.build_absolute_uri), FEED_SECONDS)
    return request.feed[1]


@require_safe
@condition(etag_func=_feed_etag)
def feed(request, slug):
    """The newest threads of an open forum: titles and aliases."""
    headers = {"Cache-Control": f"public, max-age={FEED_SECONDS}", "X-Robots-Tag": "noindex"}
    return HttpResponse(request.feed[0], content_type=Atom1Feed.content_type, headers=headers)
