"""A moderator's list: each post once, with why it is here, what was written before it, and what was done about its alias."""

from dataclasses import dataclass, field

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from forums.models import ModerationEntry, Post, Report


@dataclass
class Case:
    """`before`: the post it answers, else the one before it in its thread. `acts`: lines of the log about its alias."""

    post: Post
    reports: list = field(default_factory=list)
    before: Post | None = None
    acts: int = 0


def cases_of(rows):
    """Cases of Reports or of Posts, in their order. Two or three statements, whatever their number."""
    cases = {}
    for row in rows:
        post = row.post if isinstance(row, Report) else row
        case = cases.setdefault(post.pk, Case(post))
        if isinstance(row, Report):
            case.reports.append(row)
    if cases:
        before, acts = posts_before(cases), acts_about({case.post.alias_id for case in cases.values()})
        for pk, case in cases.items():
            case.before, case.acts = before.get(pk), acts.get(case.post.alias_id, 0)
    return list(cases.values())


def posts_before(ids):
    """{id of a post: what it answers, or the post before it}; without what was withdrawn."""
    earlier = Post.objects.filter(thread=OuterRef("thread"), pk__lt=OuterRef("pk"), held="").order_by("-pk")
    found = Post.objects.filter(pk__in=ids).annotate(
        before=Coalesce(F("in_reply_to"), Subquery(earlier.values("pk")[:1]))
    )
    pairs = dict(found.exclude(before=None).values_list("pk", "before"))
    if not pairs:
        return {}
    posts = Post.objects.exclude(source="").select_related("alias").defer("author").in_bulk(set(pairs.values()))
    return {pk: posts[before] for pk, before in pairs.items() if before in posts}


def acts_about(alias_ids):
    """{id of an alias: how many lines of the log are about it}."""
    rows = ModerationEntry.objects.filter(target__in=alias_ids).order_by().values_list("target")
    return dict(rows.annotate(number=Count("pk")))
