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
    at_hand, open_now = shelf(), places(language)
    lessons = {
        number: doc
        for number, doc in enumerate(at_hand.docs)
        if doc.kind == Kind.LESSON and doc.language == language and doc.name in open_now
    }
    own = next((number for number, doc in lessons.items() if doc.key == key), None)
    score, size = defaultdict(float), defaultdict(float)
    for found in at_hand.places.get(language, {}).values():
        having = {number: weight for number, weight in found.items() if number in lessons}
        if 1 < len(having) <= RARE * len(lessons):
            for number, weight in having.items():
                size[number] += (weight / len(having)) ** 2
                score[number] += having.get(own, 0) * weight / len(having) ** 2
    likeness = {n: value / size[n] ** 0.5 for n, value in score.items() if n != own and value}
    best = sorted(likeness, key=lambda number: (-likeness[number], lessons[number].key))[:NAMED]
    return tuple(open_now[lessons[number].name] for number in best)
