"""Speaking to somebody by her alias: `@Heron 27`, or `@[Heron 27]` where the words behind would be taken for a part of it.

Nobody is looked up. Whoever has the alias in the forum of the thread is told; but the post shows a mark only for those who have
written in the thread, whom everybody reads there anyway. So a mark never tells that an alias exists elsewhere.
"""

import re
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from forums.models import Post, SpaceAlias
from forums.names import fold_name, name_key
from forums.quotes import render_post
from hub.lib.sanitise import plain_texts

MOST_MENTIONS = 10  # of a post; more are words
LONGEST = 60  # characters of a text that may be an alias: 40, and some that count for nothing
MOST_WORDS = 6

# No letter or digit in front: an e-mail address speaks to nobody.
SIGN = re.compile(r"(?<![^\W_])@(?:\[(?P<framed>[^\[\]\n]{1,60})\]|(?=[^\W_]))")
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Named:
    """Words behind an @ that may be an alias: `key` as forums.names keeps it, from `start` to `end` of the text."""

    key: str
    words: str
    start: int
    end: int


def candidates(text):
    """For each @ of a text the aliases it may mean, the longest first."""
    for sign in SIGN.finditer(text):
        if framed := sign["framed"]:
            yield [_named(framed.strip(), sign.start(), sign.end())]
            continue
        line = text[sign.end() : sign.end() + LONGEST].split("\n")[0]
        ends = [word.end() for word in WORD.finditer(line)][:MOST_WORDS]
        yield [_named(line[:end], sign.start(), sign.end() + end) for end in reversed(ends)]


def _named(words, start, end):
    return Named(name_key(words), words, start, end)


def first_candidates(texts):
    """[(number of the text, candidates of one @)] of the first of a post."""
    found = [(number, some) for number, text in enumerate(texts) for some in candidates(text)]
    return found[:MOST_MENTIONS]


def aliases_named(thread, found):
    """{key: alias} of those that these words may mean, each with `is_here`: whether she has written in the thread. One statement."""
    keys = {named.key for _number, some in found for named in some if fold_name(named.words)}
    if not keys:
        return {}
    hers = Post.objects.filter(thread=thread, alias=OuterRef("pk"), hidden=False, held="").exclude(source="")
    known = Q(forum=thread.forum_id) | Q(Exists(hers)) if thread.moved_at else Q(forum=thread.forum_id)
    rows = SpaceAlias.objects.filter(known, name_key__in=keys, user__isnull=False)
    return {alias.name_key: alias for alias in rows.annotate(is_here=Exists(hers))}


def settle_mentions(*, thread, source, html):
    """The HTML to store, with a mark on each alias of the thread, and the ids of the users who are spoken to. At most one statement."""
    if "@" not in source:
        return html, set()
    texts = plain_texts(source)
    found = first_candidates(texts)
    aliases = aliases_named(thread, found)
    meant = [(number, named) for number, some in found if (named := _meant(some, aliases))]
    called = {aliases[named.key].user_id for _number, named in meant}
    marked = [(number, named) for number, named in meant if aliases[named.key].is_here]
    if marked:
        html = str(render_post(source, _marker(marked)))
    return html, called


def spoken_to(post):
    """The ids of the users whom a post speaks to."""
    return settle_mentions(thread=post.thread, source=post.source, html=post.html)[1]


def _meant(some, aliases):
    return next((named for named in some if named.key in aliases), None)


def _marker(marked):
    """What hub.lib.sanitise asks for each text in its turn: its parts, as (words, whether they are marked)."""

    def parts(number, text):
        at = 0
        for _number, named in (pair for pair in marked if pair[0] == number):
            yield text[at : named.start], False
            yield f"@{named.words}", True
            at = named.end
        yield text[at:], False

    return parts
