"""Threads and posts: the database finds which have the words, the rows themselves say which of them she may read."""

from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from forums.models import Block, Forum, Post, SpaceAlias, Thread
from hub.accounts.models import User
from hub.accounts.roles import can_moderate
from hub.lib.stemming import fold_word, forms, words_of
from hub.search.text import plain, snippet

NEWEST = 2000  # so many matches are looked at
LATEST = 30_000  # rows
TABLES = {Post: ("search_postwords", "post_id"), Thread: ("search_threadwords", "thread_id")}


def matching(model, alternatives):
    """The newest ids that have a form of every group, for any of the alternatives; the same on each database."""
    alternatives = [groups for groups in alternatives if groups]
    if not alternatives:
        return []
    look = in_fts5 if connection.vendor == "sqlite" else in_vectors
    return look(*TABLES[model], alternatives)


def in_fts5(table, key, alternatives):
    sql = f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH %s ORDER BY rowid DESC LIMIT {NEWEST}"
    return first_column(sql, expression(alternatives, '"', " OR ", " AND "))


def in_vectors(table, key, alternatives):
    """PostgreSQL takes a word that it knows nothing of for a frequent one, and reads a million rows from the newest on to meet it.

    So it is asked for the latest first, by that way; a word that is rare among them is rare, and all of it comes from the index.
    """
    words = expression(alternatives, "'", " | ", " & ")
    having = f"SELECT {key} FROM {table} WHERE vector @@ %s::tsquery"
    latest = f"{having} AND {key} > (SELECT max({key}) FROM {table}) - {LATEST} ORDER BY {key} DESC LIMIT {NEWEST}"
    enough = f"(SELECT count(*) FROM latest) = {NEWEST}"
    return first_column(
        f"WITH latest AS MATERIALIZED ({latest}) SELECT {key} FROM latest WHERE {enough} "
        f"UNION ALL ({having} AND NOT {enough} ORDER BY {key} + 0 DESC LIMIT {NEWEST})",
        words,
        words,
    )


def first_column(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def expression(alternatives, quote, either, both):
    """Forms are letters and digits and nothing else, so that none of them can be taken for a sign."""

    def group(forms):
        return "(" + either.join(f"{quote}{form}{quote}" for form in sorted(forms)) + ")"

    return either.join("(" + both.join(map(group, groups)) + ")" for groups in alternatives)


# Who may read what -------------------------------------------------------------------------------------


@dataclass
class Reader:
    """Somebody who searches, and what she may read: as the pages of the forums have it."""

    user: User

    @cached_property
    def forums(self):
        """Plain ids: as a part of the statement about posts they would let a database read the whole table. One statement."""
        if not self.user.is_authenticated:
            return list(Forum.objects.filter(public=True).values_list("pk", flat=True))
        forums = Forum.objects.readable_by(self.user)
        if not can_moderate(self.user):
            hers, now = SpaceAlias.objects.filter(user=self.user), timezone.now()
            forums = forums.exclude(pk__in=hers.filter(banned_until__gt=now).values("forum"))
            forums = forums.exclude(Exists(hers.filter(hub_banned_until__gt=now)))
        return list(forums.values_list("pk", flat=True))

    def threads(self):
        return Thread.objects.filter(self.may_read()).exclude(title="").exclude(alias__in=self.blocked())

    def posts(self):
        found = Post.objects.filter(self.may_read("thread__"), hidden=False, held="").exclude(source="")
        return found.exclude(Q(alias__in=self.blocked()) | Q(thread__alias__in=self.blocked()))

    def may_read(self, thread=""):
        conditions = {"hidden": False, "held": False, "forum__in": self.forums}
        if not self.user.is_authenticated:
            conditions |= {"created_at__gte": F(f"{thread}forum__public_since"), "moved_at": None}
        return Q(**{f"{thread}{name}": value for name, value in conditions.items()})

    def blocked(self):
        return Block.objects.filter(user=self.user.pk).values("alias")


# What was found ----------------------------------------------------------------------------------------


def among(model, readable, query):
    """Of what she may read, what has all that was asked for, in one of the ways to say it; if nothing has, the words that say most."""
    found = matching(model, query.groups()) or matching(model, query.groups_of_rarest())
    return readable().filter(pk__in=found) if found else model.objects.none()


def find_threads(query, reader):
    """Ids of threads: those with more of the words in the title first, then those in her language, then the newest."""
    rows = among(Thread, reader.threads, query)
    asked = query.forms(query.language)

    def place(row):
        _pk, title, language, last = row
        in_title = sum(fold_word(word) in asked for word, *_place in words_of(title))
        return -in_title, language != query.language, -last

    return [row[0] for row in sorted(rows.values_list("pk", "title", "language", "last_post_id"), key=place)]


def find_posts(query, reader):
    """Ids of posts among the newest that match: those in her language first, then the newest."""
    rows = among(Post, reader.posts, query)
    ordered = sorted(rows.values_list("pk", "language"), key=lambda row: (row[1] != query.language, -row[0]))
    return [pk for pk, _language in ordered]


def show_threads(pks, query):
    """Threads with a snippet of their first post, in this order."""
    posts = Post.objects.filter(thread=OuterRef("pk"), hidden=False, held="").order_by("pk")
    first = {f"first_{name}": Subquery(posts.values(name)[:1]) for name in ("html", "language")}
    found = Thread.objects.select_related("forum", "alias").annotate(**first).in_bulk(pks)
    for thread in found.values():
        language = thread.first_language or thread.language
        thread.snippet = snippet(plain(thread.first_html or ""), language, query.forms(language))
        thread.marked = snippet(thread.title, thread.language, query.forms(thread.language))
        thread.is_meant = has_all(thread.title, thread.language, query)
    return [found[pk] for pk in pks if pk in found and is_marked(found[pk])]


def has_all(title, language, query):
    """Whether every word that she wrote stands in a title."""
    there = {form for word, *_place in words_of(title) for form in forms(word, language)}
    return all(not there.isdisjoint(forms(word, language)) for word in query.written)


def show_posts(pks, query):
    found = Post.objects.select_related("thread__forum", "alias").in_bulk(pks)
    for post in found.values():
        post.marked, post.snippet = "", snippet(plain(post.html), post.language, query.forms(post.language))
    return [found[pk] for pk in pks if pk in found and is_marked(found[pk])]


def is_marked(row):
    """Words that were edited away are not shown, and do not bring the post up while the index does not know yet."""
    return "<mark>" in f"{row.marked}{row.snippet}"
