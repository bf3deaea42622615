"""What everybody reads of a kit: its outline, built once per content stamp and language and kept in the cache.

An outline holds only what any visitor may see: live, not expired, without an own or inherited view restriction.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page

from courses.done import NOTHING, Done, done_of
from courses.english_left import tell_english, told
from courses.models import Enrolment, KitPage, LessonPage, LessonProgress, ModulePage
from courses.terms import OPEN, Terms, terms_by_kit
from hub.lib.prepared import Prepared
from hub.lib.stamp import kept


@dataclass(frozen=True, slots=True)
class LessonLine:
    key: UUID
    pk: int
    slug: str
    title: str
    aim: str
    minutes: int
    number: str  # "1.2": second lesson of the first module
    url: str
    expire_at: datetime | None
    published_at: datetime | None
    renewed_on: date | None = None


@dataclass(frozen=True, slots=True)
class ModuleLine:
    key: UUID
    pk: int
    slug: str
    title: str
    aim: str
    emblem: str
    number: int
    url: str
    expire_at: datetime | None
    lessons: tuple[LessonLine, ...]

    @property
    def minutes(self):
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True, slots=True)
class KitOutline:
    key: UUID
    pk: int
    slug: str
    title: str
    aim: str
    description: str
    hours: int
    audience: str
    emblem: str
    hue: str
    url: str
    expire_at: datetime | None
    outcomes: tuple[str, ...]
    languages: tuple[str, ...]
    modules: tuple[ModuleLine, ...]
    terms: Terms = OPEN

    @property
    def lessons(self):
        return tuple(lesson for module in self.modules for lesson in module.lessons)


def is_open(*lines):
    """Whether none of these pages has passed its last day (Wagtail's clean-up may come later than the moment itself)."""
    dates = [line.expire_at for line in lines if line.expire_at]
    return not dates or min(dates) > timezone.now()


def kit_outlines(language):
    """Every kit that is open to all, by slug, in the order of the page tree: dict of KitOutline."""
    outlines = kept(
        f"kit-outlines-3:{language}",  # 3: what an older version of the hub kept has other fields
        lambda: {outline.slug: outline for outline in build_outlines(language, public=True)},
    )
    return {slug: outline for slug, outline in outlines.items() if is_open(outline)}


def kit_outline(language, kit_slug):
    """The outline of one kit, or None when it is not open to all in this language."""
    return kit_outlines(language).get(kit_slug)


def kit_by_key(language, kit_key):
    return next((kit for kit in kit_outlines(language).values() if kit.key == kit_key), None)


def lesson_by_key(language, lesson_key):
    """(kit, module, lesson) of an open lesson, or None."""
    for kit in kit_outlines(language).values():
        for module in kit.modules:
            for lesson in module.lessons:
                if lesson.key == lesson_key:
                    return (kit, module, lesson) if is_open(module, lesson) else None
    return None


def build_outlines(language, *, public, kit_path=""):
    """Outlines from seven queries, whatever the number of pages; in English six, one more where a title is not translated.

    `public=False` with the path of one kit is for Wagtail's own way to a page: previews, and readers who may pass a restriction.
    """
    pages = {model: rows_below(model, language, public, kit_path) for model in (KitPage, ModulePage, LessonPage)}
    tell_english([page for rows in pages.values() for page in rows], language)
    modules, lessons = by_parent(pages[ModulePage]), by_parent(pages[LessonPage])
    codes, terms = languages_of_kits(public), terms_by_kit()
    with translation.override(language):
        return [
            outline_of(
                kit, modules[kit.path], lessons, codes[kit.translation_key], terms.get(kit.translation_key, OPEN)
            )
            for kit in pages[KitPage]
        ]


def rows_below(model, language, public, kit_path):
    rows = model.objects.live().filter(locale__language_code=language, path__startswith=kit_path).order_by("path")
    if model is LessonPage:
        rows = rows.defer("body")
    return rows.public() if public else rows


def languages_of_kits(public):
    rows = KitPage.objects.live().order_by("locale_id")
    codes = defaultdict(list)
    for key, code in (rows.public() if public else rows).values_list("translation_key", "locale__language_code"):
        codes[key].append(code)
    return codes


def by_parent(pages):
    children = defaultdict(list)
    for page in pages:
        children[page.path[: -Page.steplen]].append(page)
    return children


def outline_of(kit, modules, lessons, codes, terms):
    return KitOutline(
        key=kit.translation_key,
        pk=kit.pk,
        slug=kit.slug,
        title=kit.title,
        aim=kit.aim,
        description=kit.search_description,
        hours=kit.hours,
        audience=kit.audience,
        emblem=kit.emblem,
        hue=kit.hue,
        url=reverse("courses:kit", args=[kit.slug]),
        expire_at=kit.expire_at,
        outcomes=tuple(told(str(block.value), kit.english) for block in kit.outcomes),
        languages=tuple(codes),
        modules=tuple(module_line(kit, n, module, lessons[module.path]) for n, module in enumerate(modules, 1)),
        terms=terms,
    )


def module_line(kit, number, module, lessons):
    return ModuleLine(
        key=module.translation_key,
        pk=module.pk,
        slug=module.slug,
        title=module.title,
        aim=module.aim,
        emblem=module.emblem,
        number=number,
        url=reverse("courses:module", args=[kit.slug, module.slug]),
        expire_at=module.expire_at,
        lessons=tuple(lesson_line(kit, module, f"{number}.{n}", lesson) for n, lesson in enumerate(lessons, 1)),
    )


def lesson_line(kit, module, number, lesson):
    return LessonLine(
        key=lesson.translation_key,
        pk=lesson.pk,
        slug=lesson.slug,
        title=lesson.title,
        aim=lesson.aim,
        minutes=lesson.minutes,
        number=number,
        url=reverse("courses:lesson", args=[kit.slug, module.slug, lesson.slug]),
        expire_at=lesson.expire_at,
        published_at=lesson.first_published_at,
        renewed_on=lesson.renewed_on,
    )


@dataclass(frozen=True, slots=True)
class Record:
    """What the hub knows of one person in one kit. `all_done` holds lessons, answered parts and what is completed."""

    enrolment_id: int | None = None
    enrolled: bool = False
    last_lesson_key: UUID | None = None
    last_block_id: UUID | None = None
    all_done: Done = NOTHING
    enrolment: Enrolment | None = None

    @property
    def done(self):
        """The lessons marked as done: {key: when}."""
        return self.all_done.lessons


MARKED = Prepared(lambda user_id: LessonProgress.objects.filter(user=user_id).values_list("kit_key", "lesson_key"))


def done_by_kit(user):
    """{kit key: keys of the lessons she has done}: one query, none for a visitor."""
    done = defaultdict(set)
    if user and user.is_authenticated:  # a preview has none
        for kit_key, lesson_key in MARKED(user_id=user.pk):
            done[kit_key].add(lesson_key)
    return done


ENROLMENT = Prepared(lambda user_id, kit_key: Enrolment.objects.for_kit(user_id, kit_key))


def kit_record(user, kit_key):
    """Her record in a kit: two statements, one more for who waits in line. A visitor has an empty one."""
    if not user.is_authenticated:
        return Record()
    row = ENROLMENT.first(user_id=user.pk, kit_key=kit_key)
    if row and row.state == Enrolment.State.WAITING:  # to find her number costs more than all the rest
        row = Enrolment.objects.with_number().get(pk=row.pk)
    done = done_of(user, kit_key)
    if row is None:
        return Record(all_done=done)
    is_active = row.state == Enrolment.State.ACTIVE
    return Record(row.pk, is_active, row.last_lesson_key, row.last_block_id, done, row)
