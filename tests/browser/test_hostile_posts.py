"""A thread with every hostile text there is, opened in a real browser under the policy of the page: no script of theirs runs."""

from uuid import uuid4

import pytest

from forums.counting import recount
from forums.models import Post, Thread
from forums.pictures import keep_picture, settle_pictures
from forums.quotes import render_post
from hub.lib.pictures import read_picture
from hub.lib.text import clean_text
from tests.forums.bad_posts import CALL, HOSTILE, NAUGHTY
from tests.forums.test_pictures import photo

PAGE = 20
ELEMENTS = "script, iframe, object, embed, form, input, style, math, [onerror], [onload], svg:not(.alias-mark)"
SEEN = "[window.__xss, window.policyViolations, document.title, location.href]"


@pytest.fixture
def thread(settled_hub):
    """All of them, 20 to a page, after the two posts of settled_hub; each with itself as the words of a picture too."""
    first = Post.objects.select_related("thread").get(pk=settled_hub["post"])
    html = [(text, str(render_post(clean_text(text)))) for text in [*HOSTILE, *NAUGHTY]]
    same = {"thread": first.thread, "alias": first.alias, "author": first.author, "language": "hu"}
    rows = [Post(**same, source=clean_text(text), html=shown, client_id=uuid4()) for text, shown in html]
    Post.objects.bulk_create(rows)
    with_picture = Post.objects.filter(thread=first.thread).last()
    row = keep_picture(owner=with_picture.author, picture=read_picture(photo()))
    settle_pictures(post=with_picture, pictures=[(row, f'"><img src=x onerror={CALL}>')])
    Thread.objects.filter(pk=first.thread_id).update(title=f"<script>{CALL}</script>\"'><img src=x onerror={CALL}>")
    recount(first.thread)
    return first.thread


def test_nothing_of_it_runs(open_window, thread, moderator):
    window = open_window()
    window.sign_in(moderator)
    page = window.page
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    path, shown = thread.get_absolute_url(), 0
    while path:
        assert window.go(path).status == 200
        shown += page.locator("article.post").count()
        page.eval_on_selector_all("details", "all => all.forEach(details => { details.open = true })")
        page.locator(".post-body").last.scroll_into_view_if_needed()
        found = page.evaluate(SEEN)
        assert found[:2] == [None, []]
        assert CALL not in found[2]
        assert page.locator(f"article.post :is({ELEMENTS})").count() == 0
        following = page.locator("a[rel=next]")
        path = following.get_attribute("href") if following.count() else None
        path = f"{thread.get_absolute_url()}{path}" if path else None
    assert shown == thread.posts.count() >= 100
    assert dialogs == []
    picture = page.locator(".post-picture img").last
    picture.scroll_into_view_if_needed()  # it is loaded when it comes near the screen
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=picture.element_handle())


def test_none_of_their_links_runs_anything(open_window, thread, moderator):
    """As the browser reads their addresses, which is not always as the server does."""
    window = open_window()
    window.sign_in(moderator)
    page = window.page
    addresses = []
    for number in range(0, thread.posts.count(), PAGE):
        last = thread.posts.order_by("pk")[number].pk
        window.go(f"{thread.get_absolute_url()}?at={last}")
        addresses += page.eval_on_selector_all(".post-body a", "links => links.map(link => [link.protocol, link.rel])")
    assert {protocol for protocol, _rel in addresses} <= {"http:", "https:", "mailto:"}
    assert {rel for _protocol, rel in addresses if rel} == {"nofollow ugc noopener noreferrer"}
