"""Threads and posts: the database finds which have the words, the rows themselves say which of them she may read."""

from django.db import connection
from django.db.models import F, Min
from django.utils import timezone

from forums.models import Block, Forum, Post, SpaceAlias, Thread
from hub.accounts.roles import can_moderate
from hub.lib.stemming import fold_word, words_of
from hub.search.text import plain, snippet

NEWEST = 2000  # so many matches are looked at
TABLES = {Post: ("search_postwords", "post_id"), Thread: ("search_threadwords", "thread_id")}


def matching(model, alternatives):
    """The newest ids that have a form of every group, for any of the alternatives. One statement, the same on each database."""
    table, key = TABLES[model]
    alternatives = [groups for groups in alternatives if groups]
    if not alternatives:
        return []
    if connection.vendor == "sqlite":
        sql = f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s ORDER BY rowid DESC LIMIT {NEWEST}"
        signs = '"', " OR ", " AND "
    else:
        sql = f"SELECT {key} FROM {table} WHERE vector @@ %s::tsquery ORDER BY {key} DESC LIMIT {NEWEST}"
        signs = "'", " | ", " & "
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression(alternatives, *signs)])
        return [row[0] for row in cursor.fetchall()]


def expression(alternatives, quote, either, both):
    """Forms are letters and digits and nothing else, so that none of them can be taken for a sign."""

    def group(forms):
        return "(" + either.join(f"{quote}{form}{quote}" for form in sorted(forms)) + ")"

    return either.join("(" + both.join(map(group, groups)) + ")" for groups in alternatives)


# Who may read what -------------------------------------------------------------------------------------


def readable_threads(user):
    """As the pages of the forums: a visitor reads open forums, a member hers, without those she is kept out of."""
    threads = Thread.objects.filter(hidden=False, held=False).exclude(title="")
    if not user.is_authenticated:
        return threads.filter(forum__public=True, created_at__gte=F("forum__public_since"), moved_at=None)
    threads = threads.filter(forum__in=Forum.objects.readable_by(user))
    if can_moderate(user):
        return threads
    now, hers = timezone.now(), SpaceAlias.objects.filter(user=user)
    if hers.filter(hub_banned_until__gt=now).exists():
        return threads.none()
    threads = threads.exclude(forum__in=hers.filter(banned_until__gt=now).values("forum"))
    return threads.exclude(alias__in=Block.objects.filter(user=user).values("alias"))


def readable_posts(user):
    posts = Post.objects.filter(hidden=False, held="", thread__in=readable_threads(user)).exclude(source="")
    if user.is_authenticated:
        posts = posts.exclude(alias__in=Block.objects.filter(user=user).values("alias"))
    return posts


# What was found ----------------------------------------------------------------------------------------


def find_threads(query, user):
    """Ids of threads: those with more of the words in the title first, then those in her language, then the newest."""
    rows = readable_threads(user).filter(pk__in=matching(Thread, [query.groups(), *query.synonyms()]))
    asked = query.forms(query.language)

    def place(row):
        _pk, title, language, last = row
        in_title = sum(fold_word(word) in asked for word, *_place in words_of(title))
        return -in_title, language != query.language, -last

    return [row[0] for row in sorted(rows.values_list("pk", "title", "language", "last_post_id"), key=place)]


def find_posts(query, user):
    """Ids of posts among the newest that match: those in her language first, then the newest."""
    rows = readable_posts(user).filter(pk__in=matching(Post, [query.groups(), *query.synonyms()]))
    ordered = sorted(rows.values_list("pk", "language"), key=lambda row: (row[1] != query.language, -row[0]))
    return [pk for pk, _language in ordered]


def show_threads(pks, query):
    """Threads with a snippet of their first post, in this order. Two statements."""
    found = Thread.objects.select_related("forum", "alias").in_bulk(pks)
    firsts = Post.objects.filter(thread__in=pks, hidden=False, held="").order_by("thread", "pk")
    texts = {}
    for post in firsts.filter(pk__in=first_posts(pks)).only("thread_id", "html", "language"):
        texts[post.thread_id] = post
    for thread in found.values():
        post = texts.get(thread.pk)
        thread.snippet = snippet(plain(post.html), post.language, query.forms(post.language)) if post else ""
        thread.marked = snippet(thread.title, thread.language, query.forms(thread.language))
    return [found[pk] for pk in pks if pk in found and is_marked(found[pk])]


def first_posts(pks):
    return Post.objects.filter(thread__in=pks).values("thread").annotate(first=Min("pk")).values("first")


def show_posts(pks, query):
    found = Post.objects.select_related("thread__forum", "alias").in_bulk(pks)
    for post in found.values():
        post.marked, post.snippet = "", snippet(plain(post.html), post.language, query.forms(post.language))
    return [found[pk] for pk in pks if pk in found and is_marked(found[pk])]


def is_marked(row):
    """Words that were edited away are not shown, and do not bring the post up while the index does not know yet."""
    return "<mark>" in f"{row.marked}{row.snippet}"
