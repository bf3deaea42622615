"""What is made for paper: the sheets of a kit, its session plans, and its lessons one after the other.

Everything here is the same for everybody: it is read once per content stamp and kept. What is right in a question is not in it.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from courses.english_left import tell_english
from courses.models import HandoutPage, KitPage, LessonPage
from courses.pieces import build_pieces, lesson_pieces, page_pieces
from courses.queries import LessonLine, is_open
from courses.questions.kinds import KINDS
from courses.words import apart
from hub.lib.stamp import kept

NAMED_WORDS = re.compile(r'<section class="words" aria-labelledby="[^"]*"')


@dataclass(frozen=True, slots=True)
class SheetLine:
    key: UUID
    pk: int
    slug: str
    title: str
    aim: str
    landscape: bool
    url: str
    expire_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A session plan within a lesson."""

    lesson: LessonLine
    block_id: str
    title: str
    minutes: int
    url: str


# Sheets --------------------------------------------------------------------------------------------------


def sheets_of(kit):
    """The SheetLines of a kit (an outline) that are open to all, in the order of the page tree."""
    return [line for line in kept(f"sheets:{kit.pk}", lambda: build_sheets(kit)) if is_open(line)]


def build_sheets(kit):
    below = HandoutPage.objects.child_of(KitPage.objects.get(pk=kit.pk))
    pages = tell_english(below.live().public().defer("body").order_by("path"), get_language())
    return [sheet_line(kit.slug, page) for page in pages]


def sheet_line(kit_slug, page):
    names = ("pk", "slug", "title", "aim", "landscape", "expire_at")
    url = reverse("courses:sheet", args=[kit_slug, page.slug])
    return SheetLine(key=page.translation_key, url=url, **{name: getattr(page, name) for name in names})


def sheet_html(line):
    return opened(joined(page_pieces(line.pk, lambda: HandoutPage.objects.get(pk=line.pk))))


def draft_html(page):
    """The body of a sheet as it stands, in a preview or behind a restriction."""
    return opened(joined(build_pieces(page)))


def joined(pieces):
    return "".join(content for kind, content in pieces if kind == "html")


def opened(html):
    """Sections to open lie open on paper."""
    return SafeString(html.replace("<details>", "<details open>"))


# Session plans ---------------------------------------------------------------------------------------------


def plans_of(kit):
    """The PlanLines of a kit, in its order."""
    plans = kept(f"plans:{kit.pk}", lambda: build_plans(kit))
    return [plan for plan in plans if is_open(plan.lesson)]


def build_plans(kit):
    bodies = {page.pk: page.body for page in LessonPage.objects.filter(pk__in=[lesson.pk for lesson in kit.lessons])}
    return [
        plan_line(kit, lesson, block)
        for lesson in kit.lessons
        for block in bodies.get(lesson.pk, ())
        if block.block_type == "session"
    ]


def plan_line(kit, lesson, block):
    url = reverse("courses:print_plan", args=[kit.slug, block.id])
    return PlanLine(lesson, str(block.id), block.value["title"], block.value["minutes"], url)


def plan_html(plan):
    return kept(f"plan:{plan.lesson.pk}:{plan.block_id}", lambda: build_plan(plan))


def build_plan(plan):
    body = LessonPage.objects.get(pk=plan.lesson.pk).body
    return next(str(block.render()) for block in body if str(block.id) == plan.block_id)


# Lessons on paper --------------------------------------------------------------------------------------------


def lesson_html(lesson):
    """A lesson to read and to write on: questions without what is right, ruled lines where she writes."""
    return SafeString(kept(f"lesson-sheet:{lesson.pk}", lambda: build_lesson(lesson.pk)))


def build_lesson(lesson_pk):
    html = "".join(on_paper(kind, content) for kind, content in lesson_pieces(lesson_pk))
    return opened(quiet(apart(html, f"p{lesson_pk}")))


def quiet(html):
    """Many lessons on one page: their lists of words are no landmarks here, or one could not tell them apart."""
    return NAMED_WORDS.sub('<section class="words"', html)


def on_paper(kind, content):
    if kind == "html":
        return content
    name = "question" if kind in KINDS else kind
    pool = [with_rows(part) for part in content.get("pool", ())]
    return render_to_string(f"courses/sheet/{name}.html", {"part": with_rows(content), "pool": pool})


def with_rows(part):
    kind = KINDS.get(part["kind"])
    return {**part, "rows": kind.rows(part, {})} if kind else {**part, "ruled": range(part.get("rows") or 5)}
