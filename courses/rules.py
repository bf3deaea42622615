"""What has to be done before a module or a kit is complete, and how far somebody is. Nothing here writes.

The rules stand on the page in the source language and hold in all others. What they ask for is what readers find in that language
of the kit: lessons that are not live, or that have a restriction of their own, are not asked for.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page, PageViewRestriction

from courses.done import Done
from courses.models import KitPage, LessonPage, ModulePage
from courses.panels import rank
from courses.questions.kinds import CHECKED
from hub.lib.stamp import kept

# A quiz is one thing to pass; the questions it draws from are not, each for itself.
GROUPS = {"reflection": "reflections", "checklist": "checklists", "quiz": "checks"} | dict.fromkeys(CHECKED, "checks")
WHAT = ("modules", "lessons", "checks", "reflections", "checklists")


@dataclass(frozen=True, slots=True)
class Rules:
    """Of one module or kit. `has`: everything there is, by what it is (see WHAT); `needs`: how many of it have to be done.

    A lesson and a module are named by their keys, a part of a lesson by (lesson key, block id).
    """

    key: UUID
    needs: dict
    has: dict

    def __bool__(self):
        """Whether anything is asked for: what asks for nothing is never completed, and no kit waits for it."""
        return any(self.needs.values())


@dataclass(frozen=True, slots=True)
class KitRules(Rules):
    modules: tuple[Rules, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is asked for: `done` of `needed`, where there are `total`. `open`: what is not done, in order."""

    what: str
    needed: int
    total: int
    done: int
    open: tuple

    @property
    def met(self):
        return self.done >= self.needed


def standing(rules, done):
    """A Line for each thing that the rules ask for."""
    return [line_of(what, rules, done.of(what)) for what in WHAT if rules.needs.get(what)]


def line_of(what, rules, done):
    there = rules.has[what]
    left = tuple(name for name in there if name not in done)
    return Line(what, rules.needs[what], len(there), len(there) - len(left), left)


def unmet(rules, done):
    """The Lines that keep the module or kit from being complete."""
    return [line for line in standing(rules, done) if not line.met]


def newly_completed(kit, done):
    """[Rules] of the modules, and last of the kit, that are complete by `done` and are not in `done.completed` yet."""
    modules = [rules for rules in kit.modules if rules and rules.key not in done.completed and not unmet(rules, done)]
    with_them = Done(done.lessons, done.parts, done.completed | {rules.key: None for rules in modules})
    kit_too = kit and kit.key not in done.completed and not unmet(kit, with_them)
    return [*modules, kit] if kit_too else modules


# From the pages -----------------------------------------------------------------------------------


def kit_rules(kit_key):
    """The KitRules of a kit, made once per content stamp. A kit that is nowhere on show asks for nothing."""
    return kept(f"kit-rules:{kit_key}", lambda: build_rules(kit_key))


def build_rules(kit_key):
    kit = source_page(kit_key)
    if kit is None:
        return KitRules(kit_key, {}, {})
    closed = closed_below(kit)
    lessons = defaultdict(list)
    for lesson in open_below(kit, LessonPage, closed):
        lessons[lesson.path[: -Page.steplen]].append(lesson)
    modules = [rules_of(page, contents(lessons[page.path])) for page in open_below(kit, ModulePage, closed)]
    has = {what: tuple(name for rules in modules for name in rules.has[what]) for what in WHAT[1:]}
    has["modules"] = tuple(rules.key for rules in modules if rules)
    whole = rules_of(kit, has)
    return KitRules(whole.key, whole.needs, whole.has, tuple(modules))


def source_page(kit_key):
    """The kit in the source language, else in the first language in which it is on show."""
    pages = KitPage.objects.live().filter(translation_key=kit_key).select_related("locale")
    return min(pages, key=rank, default=None)


def closed_below(kit):
    """The paths of pages inside the kit with a restriction of their own. Who is in the kit may pass those of the kit itself."""
    rows = PageViewRestriction.objects.filter(page__path__startswith=kit.path, page__depth__gt=kit.depth)
    return tuple(rows.values_list("page__path", flat=True))


def open_below(kit, model, closed):
    pages = model.objects.live().filter(path__startswith=kit.path).order_by("path")
    return [page for page in pages if not page.path.startswith(closed)] if closed else pages


def contents(lessons):
    """What there is to do in these lessons: {"lessons": (key, …), "checks": ((lesson key, block id), …), …}."""
    found = {what: [] for what in WHAT[1:]}
    for lesson in lessons:
        found["lessons"].append(lesson.translation_key)
        for kind, block_id in countable(lesson.body.raw_data):
            found[GROUPS[kind]].append((lesson.translation_key, UUID(block_id)))
    return {what: tuple(names) for what, names in found.items()}


def countable(blocks):
    """(kind, id) of each block that may be done. Questions straight after a quiz are what it draws from."""
    drawn = False
    for block in blocks:
        kind = block["type"]
        drawn = kind == "quiz" or (drawn and kind in CHECKED)
        if kind in GROUPS and block.get("id") and (kind == "quiz" or not drawn):
            yield kind, block["id"]


def rules_of(page, has):
    """`has` with what the page's fields ask for: empty is all of it, and nobody has to do more than there is."""
    asked = {what: getattr(page, f"needs_{what}") for what in has}
    needs = {what: len(has[what]) if n is None else min(n, len(has[what])) for what, n in asked.items()}
    return Rules(page.translation_key, needs, has)
