"""Quotes know the post they are from, so that they go when it goes.

A quote begins with a line that names its post, and goes on as long as the lines are quoted as deep:

    > #123
    > the words of post 123
"""

import re

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from forums.models import Post, PostVersion, Quote, Thread
from forums.translations import forget_translations
from hub.lib.sanitise import render_markdown

MARK = re.compile(r"( {0,3}(?:> ?)+)#([0-9]{1,18})\s*")
DEPTH = re.compile(r" {0,3}((?:> ?)+)")


def quote_of(post):
    """The Markdown that quotes a whole post. It names no alias: that is taken from a member who leaves."""
    lines = [f"#{post.pk}", *post.source.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def render_post(source, mark=None):
    """The HTML of a post; each quote begins with a link to the post it is from. `mark` as in hub.lib.sanitise."""
    return render_markdown("\n".join(_linked(line) for line in source.split("\n")), mark)


def _linked(line):
    mark = MARK.fullmatch(line)
    return "{0}[#{1}](?at={1}#post-{1})".format(*mark.groups()) if mark else line


def posts_quoted_in(source):
    """The numbers in all marks, of posts that may exist or not."""
    return {int(mark[2]) for line in source.split("\n") if (mark := MARK.fullmatch(line))}


def without_quotes(source, gone, language):
    """`source` with the quotes of the posts `gone` (numbers) emptied: one line in their place says so."""
    with translation.override(language):
        # Translators: stands where a quote of a post was that nobody can read any more.
        said = gettext("(withdrawn)")
    kept, inside = [], 0
    for line in source.split("\n"):
        if inside and depth_of(line) >= inside:
            continue
        inside = 0
        mark = MARK.fullmatch(line)
        if mark and int(mark[2]) in gone:
            inside, line = depth_of(line), mark[1] + said
        kept.append(line)
    return "\n".join(kept)


def depth_of(line):
    found = DEPTH.match(line)
    return found[1].count(">") if found else 0


def settle_quotes(*, thread, source, html, language):
    """The words to store and the ids of the posts of `thread` they quote. What cannot be read any more is not quoted again,
    also from a draft or a form that was open before. One query, none without a quote.
    The thread is locked by the caller."""
    numbers = posts_quoted_in(source)
    if not numbers:
        return source, html, []
    posts = list(Post.objects.filter(thread=thread, pk__in=numbers).only("source", "hidden"))
    gone = {post.pk for post in posts if post.hidden or not post.source}
    if gone:
        source = without_quotes(source, gone, language)
        html = str(render_post(source))
    return source, html, [post.pk for post in posts if post.pk not in gone]


def note_quotes(*, post, quoted):
    """Rows are never taken away by a change: an older version may still hold the quote."""
    if quoted:
        Quote.objects.bulk_create([Quote(post=post, quoted_id=pk) for pk in quoted], ignore_conflicts=True)


@transaction.atomic
def take_quotes_of(*, post):
    """Its words are gone, or hidden by a moderator: nobody reads them in quotes either."""
    lock_thread(post.thread_id)
    take_from_quotes([post.pk])


@transaction.atomic
def take_from_quotes(posts):
    """Empty all quotes of these posts, in others' posts and their older versions."""
    quotes = list(Quote.objects.filter(quoted__in=posts).values_list("post", "quoted"))
    if not quotes:
        return
    gone, quoting = {quoted for _post, quoted in quotes}, {post for post, _quoted in quotes}
    for model, rows in [
        (Post, list(Post.objects.select_for_update().filter(pk__in=quoting))),
        (PostVersion, list(PostVersion.objects.filter(post__in=quoting).select_related("post"))),
    ]:
        changed = [row for row in rows if _empty(row, gone, getattr(row, "post", row).language)]
        model.objects.bulk_update(changed, ["source", "html"], batch_size=100)
    forget_translations(posts=quoting)
    Quote.objects.filter(quoted__in=gone).delete()


def _empty(row, gone, language):
    """Whether anything changed."""
    source = without_quotes(row.source, gone, language)
    if source == row.source:
        return False
    row.source, row.html = source, str(render_post(source))
    return True


def lock_thread(pk):
    """Nobody quotes a post in the moment in which it goes, and none is added to a thread that is being closed or moved.
    Returns (forum, locked, closes_at) as they are now."""
    return Thread.objects.select_for_update().values_list("forum", "locked", "closes_at").get(pk=pk)
