"""Lessons that speak of the same things: those that share the most of their rare words."""

from collections import defaultdict

from hub.lib.stamp import kept
from hub.search.models import Kind
from hub.search.places import places
from hub.search.shelf import shelf

NAMED = 3
RARE = 0.2  # a word in more than this share of the lessons joins none of them


def related_lessons(language, key):
    """Places of the lessons closest to one, in the language of the page. Nothing is asked of the database but once per content stamp."""
    return kept(f"related-lessons:{language}:{key}", lambda: build(language, str(key)))


def build(language, key):
    index, open_now = shelf().indexes.get(language), places(language)
    docs = index.docs if index else ()
    lessons = {n: doc for n, doc in enumerate(docs) if doc.kind == Kind.LESSON and doc.name in open_now}
    own = next((number for number, doc in lessons.items() if doc.key == key), None)
    score, size = defaultdict(float), defaultdict(float)
    for found in index.all_postings() if own is not None else ():
        having = {number: weight for number, weight in found if number in lessons}
        if 1 < len(having) <= RARE * len(lessons):
            for number, weight in having.items():
                size[number] += (weight / len(having)) ** 2
                score[number] += having.get(own, 0) * weight / len(having) ** 2
    likeness = {n: value / size[n] ** 0.5 for n, value in score.items() if n != own and value}
    best = sorted(likeness, key=lambda number: (-likeness[number], lessons[number].key))[:NAMED]
    return tuple(open_now[lessons[number].name] for number in best)
