"""My booklet (learners) and my circle file (trainers): every page she writes in a kit, in the order of the kit.

What is the same for everybody comes from the cache in one piece per kit; what is hers comes in one query.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses import reading
from courses.answers import forget
from courses.booklet_parts import kit_parts
from courses.completion import update_progress
from courses.models import Answer, CalendarFeed, Goal, KitPage
from courses.pulls import pulled, sources_of
from courses.queries import LessonLine, ModuleLine, is_open
from courses.questions.kinds import CHECKED

NAMES = {KitPage.Audience.LEARNER: _("My booklet"), KitPage.Audience.TRAINER: _("My circle file")}


def name_of(kit):
    return NAMES.get(kit.audience, NAMES[KitPage.Audience.LEARNER])


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
    pull_in([page for _module, _lesson, found in pages for page in found], kit, answers)
    blank = [page for _module, _lesson, found in pages for page in found if not page.written]
    return Booklet(by_module(shown), blank, lost_pages(answers, ids))


def page_with(lesson, part, answers, refused):
    kept = answers.get((lesson.key, part["id"]))
    if part["id"] in refused:
        return BookletPage(lesson, part, refused[part["id"]], written=True)
    return BookletPage(lesson, part, reading.mine(part, kept, first_answer(part, answers)), written=has_words(kept))


def pull_in(pages, kit, answers):
    """Her earlier words above the later pages that build on them, as in a lesson (courses/pulls.py)."""
    pulling = [page for page in pages if page.part.get("pulls")]
    sources = sources_of(kit) if pulling else {}
    bodies = {place: kept["current"]["body"] for place, kept in answers.items() if kept["current"]}
    for page in pulling:
        page.mine["pulled"] = pulled(page.part, sources, bodies)


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
