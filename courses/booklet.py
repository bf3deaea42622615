"""My booklet (learners) and my circle file (trainers): every page she writes in a kit, in the order of the kit.

What is the same for everybody comes from the cache in one piece per kit; what is hers comes in one query.
"""

from dataclasses import dataclass
from hashlib import blake2b

from django.core.cache import cache
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from courses import reading
from courses.answers import forget
from courses.completion import update_progress
from courses.models import Answer, CalendarFeed, Goal, KitPage, LessonPage
from courses.pieces import all_parts, page_pieces
from courses.queries import KEEP_SECONDS, LessonLine, ModuleLine, is_open
from courses.questions.kinds import CHECKED
from hub.lib.stamp import content_stamp

KINDS = frozenset({"reflection", "checklist", "assessment"})
BACK = "?to=booklet"  # on the address of a form: where it leads afterwards
NAMES = {KitPage.Audience.LEARNER: _("My booklet"), KitPage.Audience.TRAINER: _("My circle file")}


def name_of(kit):
    return NAMES.get(kit.audience, NAMES[KitPage.Audience.LEARNER])


# The same for everybody -----------------------------------------------------------------------------


def kit_parts(kit):
    """{lesson key: [parts that are pages of the booklet]}, and (lesson key, id) of all parts of a kit; once per content stamp."""
    key = f"booklet:{parts_key(kit)}"
    found = cache.get(key)
    if found is None:
        found = build_parts(kit)
        cache.set(key, found, KEEP_SECONDS)
    return found


def parts_key(kit):
    """The lessons are part of it: who may pass a restriction reads more of a kit than others do."""
    lessons = blake2b(repr([lesson.pk for lesson in kit.lessons]).encode(), digest_size=12).hexdigest()
    return f"{kit.pk}:{lessons}:{content_stamp()}"


def build_parts(kit):
    pages = LessonPage.objects.in_bulk([lesson.pk for lesson in kit.lessons])
    parts, ids = {}, set()
    for lesson in kit.lessons:
        pieces = page_pieces(lesson.pk, lambda page=pages[lesson.pk]: page)
        ids |= {(lesson.key, part["id"]) for part in all_parts(pieces)}
        parts[lesson.key] = [page_of(part) for kind, part in pieces if kind in KINDS]
    return parts, frozenset(ids)


def page_of(part):
    """The part as the booklet shows it: a quieter head, and addresses that lead back to the booklet."""
    back = {name: f"{part[name]}{BACK}" for name in ("url", "delete_url") if part.get(name)}
    head = render_to_string("courses/booklet/page_head.html", {"part": part})
    return {**part, **back, "back": BACK, "page_head": head, "head": ""}


# Hers -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BookletPage:
    """A part of a lesson with what she wrote in it. `mine` is what its template shows; `words` what is read of it."""

    lesson: LessonLine
    part: dict
    mine: dict
    written: bool

    @property
    def form(self):
        return f"courses/parts/{self.part['kind']}.html"

    @property
    def words(self):
        return f"courses/booklet/{self.part['kind']}.html"


@dataclass(frozen=True, slots=True)
class BookletLesson:
    lesson: LessonLine
    pages: list


@dataclass(frozen=True, slots=True)
class BookletModule:
    module: ModuleLine
    lessons: list


@dataclass(frozen=True, slots=True)
class Booklet:
    """`modules` holds what stands in it, `blank` the pages that are not written yet, `lost` her words whose part is gone."""

    modules: list
    blank: list
    lost: list


def booklet_of(user, kit, *, with_blank=False, refused=None):
    """The Booklet of a person in a kit. `with_blank` puts unwritten pages among the others, `refused` as in show_lesson."""
    parts, ids = kit_parts(kit)
    answers = read_versions(Answer.objects.filter(user=user, kit_key=kit.key))
    pages = [
        (module, lesson, [page_with(lesson, part, answers, refused or {}) for part in parts.get(lesson.key, ())])
        for module in kit.modules
        for lesson in module.lessons
        if is_open(module, lesson)
    ]
    shown = [
        (module, lesson, [page for page in found if page.written or with_blank]) for module, lesson, found in pages
    ]
    blank = [page for _module, _lesson, found in pages for page in found if not page.written]
    return Booklet(by_module(shown), blank, lost_pages(answers, ids))


def page_with(lesson, part, answers, refused):
    kept = answers.get((lesson.key, part["id"]))
    if part["id"] in refused:
        return BookletPage(lesson, part, refused[part["id"]], written=True)
    return BookletPage(lesson, part, reading.mine(part, kept, first_answer(part, answers)), written=has_words(kept))


def read_versions(rows):
    """{(lesson key, block id): {"current": version or None, "beside": [versions]}} of Answers. One query."""
    names = ("block_id", "lesson_key", "client_id", "body", "state", "created_at")
    answers = {}
    for version in rows.shown().order_by("pk").values(*names):
        place = version["lesson_key"], str(version["block_id"])
        kept = answers.setdefault(place, {"current": None, "beside": []})
        if version["state"] == Answer.State.CURRENT:
            kept["current"] = version
        else:
            kept["beside"].append(version)
    return answers


def first_answer(part, answers):
    """What she answered the first time to an assessment that asks again."""
    kept = answers.get(tuple(part.get("before", ())))
    return kept["current"]["body"] if kept and kept["current"] else None


def has_words(kept):
    """Whether anything is written, ticked or said to be done elsewhere in a block."""
    versions = [kept["current"], *kept["beside"]] if kept else []
    return any(value for version in versions if version for value in version["body"].values())


def by_module(pages):
    """[BookletModule] of the lessons that have a page to show."""
    modules = {}
    for module, lesson, found in pages:
        if found:
            modules.setdefault(module.key, BookletModule(module, [])).lessons.append(BookletLesson(lesson, found))
    return list(modules.values())


def lost_pages(answers, ids):
    """What she wrote and ticked in parts that an editor has since taken out of the kit: dicts `id`, `lesson_key`, `text`, `ticks`."""
    lost = []
    for (lesson_key, block_id), kept in answers.items():
        bodies = [version["body"] for version in [kept["current"], *kept["beside"]] if version]
        text = "\n\n".join(filter(None, (body.get("text") for body in bodies)))
        ticks = len({tick for body in bodies for tick in body.get("ticked", ())})
        if (text or ticks) and (lesson_key, block_id) not in ids:
            lost.append({"id": block_id, "lesson_key": lesson_key, "text": text, "ticks": ticks})
    return lost


# Emptying -------------------------------------------------------------------------------------------


def written_in(user, kit_key):
    """All versions of all pages of her booklet in a kit, of parts that are gone too; answers to questions are no pages."""
    return Answer.objects.filter(user=user, kit_key=kit_key).exclude(kind__in=[*CHECKED, "quiz"])


@transaction.atomic
def empty_booklet(*, user, kit_key, unsent=()):
    """Delete every page with its older versions, the plan of this kit and the calendar address. Done marks stay.

    `unsent` as in answers.delete_answer.
    """
    CalendarFeed.objects.filter(user=user).delete()
    Goal.objects.for_kit(user, kit_key).delete()
    forget(user, written_in(user, kit_key), unsent)
    update_progress(user=user, kit_key=kit_key)
