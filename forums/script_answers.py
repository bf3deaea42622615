"""What the script gets that sends a post without leaving the page: the same forms and posts as a page has, as pieces of it."""

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forums.forms import PostForm
from forums.languages import choice_in
from forums.models import Thread
from forums.queries import PostLine, posts_of
from forums.reading import mark_read
from forums.templatetags.forum_tags import post_card
from forums.views import mark_answer, mark_posts
from hub.lib.paging import key_page, page_request

FORM = "forums/post_form.html"


def not_sent(request, page, *, status):
    """Why, for above the form, and the form with all she wrote."""
    context = page | {"action": request.path, "LANGUAGE_CODE": get_language()}
    notes = render_to_string("forums/write_notes.html", context, request)
    return JsonResponse({"notes": notes, "form": render_to_string(FORM, context, request)}, status=status)


def sent(request, seat, thread, post):
    """The posts after the last one on her page (`after`), hers among them, and an empty form. Where more than a page lies between,
    only the address of hers."""
    after = page_request(request.POST).get("after")
    rows = posts_of(thread, seat)
    page = key_page(rows, key="pk", build=PostLine, after=after) if after else None
    if page is None or page.next or not any(line.pk == post.pk for line in page):
        return JsonResponse({"url": post.get_absolute_url()})
    mark_posts(request.user, page, 0, older=[line for line in page if line.author_id != request.user.pk])
    reads = choice_in(thread)
    for line in page:
        line.folded = reads.folds(line.language) and not line.is_own
    if thread.kind == Thread.Kind.QUESTION:
        mark_answer(page, thread, seat.asked(thread))
    mark_read(user=request.user, thread=thread, last_post_id=page.rows[-1].pk)
    context = {"form": PostForm(initial={"language": post.language}), "thread": thread, "seat": seat}
    context |= {"action": request.path, "LANGUAGE_CODE": get_language()}
    waits = _("Thank you. A moderator looks at it first; you see it here already. Your words are safe.")
    return JsonResponse(
        {
            "id": post.pk,
            "posts": "".join(post_card(line, seat.moderates, request.path) for line in page),
            "form": render_to_string(FORM, context, request),
            "said": waits if post.held else _("Your post is sent."),
        }
    )
