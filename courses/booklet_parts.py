"""The pages of a booklet as they are for everybody: kept in the cache in one piece per kit."""

from hashlib import blake2b

from django.template.loader import render_to_string

from courses.models import LessonPage
from courses.pieces import all_parts, page_pieces
from hub.lib.stamp import kept

KINDS = frozenset({"reflection", "checklist", "assessment"})
BACK = "?to=booklet"  # on the address of a form: where it leads afterwards


def kit_parts(kit):
    """{lesson key: [parts that are pages of the booklet]}, and (lesson key, id) of all parts of a kit; once per content stamp."""
    return kept(f"booklet:{parts_key(kit)}", lambda: build_parts(kit))


def parts_key(kit):
    """The lessons are part of it: who may pass a restriction reads more of a kit than others do."""
    lessons = blake2b(repr([lesson.pk for lesson in kit.lessons]).encode(), digest_size=12).hexdigest()
    return f"{kit.pk}:{lessons}"


def build_parts(kit):
    pages = LessonPage.objects.in_bulk([lesson.pk for lesson in kit.lessons])
    parts, ids = {}, set()
    for lesson in kit.lessons:
        if lesson.pk not in pages:
            continue  # deleted a moment ago
        pieces = page_pieces(lesson.pk, lambda page=pages[lesson.pk]: page)
        ids |= {(lesson.key, part["id"]) for part in all_parts(pieces)}
        parts[lesson.key] = [page_of(part) for kind, part in pieces if kind in KINDS]
    return parts, frozenset(ids)


def page_of(part):
    """The part as the booklet shows it: a quieter head, and addresses that lead back to the booklet."""
    back = {name: f"{part[name]}{BACK}" for name in ("url", "delete_url") if part.get(name)}
    head = render_to_string("courses/booklet/page_head.html", {"part": part})
    return {**part, **back, "back": BACK, "page_head": head, "head": ""}
