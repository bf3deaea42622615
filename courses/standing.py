"""How far she is in a module or kit, in words: what is done, what is still to do and where, and by which rules it was completed."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from courses.completion import update_progress
from courses.models import Completion
from courses.pieces import all_parts, lesson_pieces
from courses.queries import kit_by_key, kit_record
from courses.rules import WHAT, Rules, kit_rules, newly_completed, standing, unmet

LISTED = 4  # so many things to do are named; the rest is counted


@dataclass(frozen=True, slots=True)
class Left:
    """One line of what is asked for: `text` ("2 of 3 lessons done"), and links to what is still to do."""

    text: str
    met: bool
    links: tuple = ()  # dicts `title`, `url`, `language` (where the page is not in hers)
    more: int = 0
    any_of_them: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """`completed`: "Completed on …: all 4 lessons.", or empty; then `lines` say what is asked for today."""

    completed: str = ""
    lines: tuple = ()


def settled_record(user, kit_key):
    """Her record, after completing what became complete without her doing: a rule was eased, a lesson taken out."""
    record = kit_record(user, kit_key)
    if record.enrolled and newly_completed(kit_rules(kit_key), record.all_done):
        update_progress(user=user, kit_key=kit_key)
        return kit_record(user, kit_key)
    return record


def standing_of(user, kit, record, key):
    """The Standing of a module, or of the kit itself, for somebody enrolled; one statement more when it is completed."""
    if key in record.all_done.completed:
        row = Completion.objects.get(user=user, key=key)
        return Standing(completed=completed_in_words(row.completed_at, row.rules))
    rules = rules_for(kit, key)
    return Standing(lines=tuple(lines_in_words(kit, rules, record.all_done))) if rules else Standing()


def rules_for(kit, key):
    whole = kit_rules(kit.key)
    return next((rules for rules in (whole, *whole.modules) if rules.key == key), Rules(key, {}, {}))


def next_module(kit, module, record):
    """The module to go on with: the first after this one that she has not completed, or any; None when all are."""
    place = next((n for n, line in enumerate(kit.modules, 1) if line.key == module.key), 0)
    around = (*kit.modules[place:], *kit.modules[:place])
    return next((line for line in around if line.key not in record.all_done.completed), None)


def left_in_module(place, record):
    """Lines of what is still to do in the module of a lesson; none when this lesson is the last of it.

    None where nothing is asked for, and where the module is completed.
    """
    rules = rules_for(place.kit, place.module.key)
    if not rules or rules.key in record.all_done.completed or not unmet(rules, record.all_done):
        return None
    if not unmet(rules, record.all_done.and_lesson(place.lesson.key)):
        return []
    lines = lines_in_words(place.kit, rules, record.all_done, but=place.lesson.key)
    return [line for line in lines if not line.met]


# Words ---------------------------------------------------------------------------------------------


def done_text(what, done, needed):
    words = {
        "modules": ngettext(
            "%(done)s of %(total)s module completed", "%(done)s of %(total)s modules completed", needed
        ),
        "lessons": ngettext("%(done)s of %(total)s lesson done", "%(done)s of %(total)s lessons done", needed),
        "checks": ngettext(
            "%(done)s of %(total)s self-check passed", "%(done)s of %(total)s self-checks passed", needed
        ),
        "reflections": ngettext(
            "%(done)s of %(total)s reflection done", "%(done)s of %(total)s reflections done", needed
        ),
        "checklists": ngettext("%(done)s of %(total)s checklist done", "%(done)s of %(total)s checklists done", needed),
    }
    return words[what] % {"done": min(done, needed), "total": needed}


def completed_in_words(when, rules):
    what = rules_in_words(rules)
    # Translators: what is a list such as "all 4 lessons, 2 of 3 self-checks".
    return _("Completed on %(date)s: %(what)s.") % {
        "date": date_format(timezone.localtime(when), "DATE_FORMAT"),
        "what": what,
    }


def rules_in_words(rules):
    """ "all 4 lessons, 2 of 3 self-checks" of the rules that a Completion keeps."""
    return ", ".join(rule_text(what, *rules[what]) for what in WHAT if what in rules)


def rule_text(what, needed, total):
    return (all_text(what, total) if needed >= total else some_text(what, total)) % {"number": needed, "total": total}


def all_text(what, total):
    return {
        "modules": ngettext("%(number)s module", "all %(number)s modules", total),
        "lessons": ngettext("%(number)s lesson", "all %(number)s lessons", total),
        "checks": ngettext("%(number)s self-check", "all %(number)s self-checks", total),
        "reflections": ngettext("%(number)s reflection", "all %(number)s reflections", total),
        "checklists": ngettext("%(number)s checklist", "all %(number)s checklists", total),
    }[what]


def some_text(what, total):
    return {
        "modules": ngettext("%(number)s of %(total)s module", "%(number)s of %(total)s modules", total),
        "lessons": ngettext("%(number)s of %(total)s lesson", "%(number)s of %(total)s lessons", total),
        "checks": ngettext("%(number)s of %(total)s self-check", "%(number)s of %(total)s self-checks", total),
        "reflections": ngettext("%(number)s of %(total)s reflection", "%(number)s of %(total)s reflections", total),
        "checklists": ngettext("%(number)s of %(total)s checklist", "%(number)s of %(total)s checklists", total),
    }[what]


# Links ---------------------------------------------------------------------------------------------


def lines_in_words(kit, rules, done, but=None):
    """Lefts of everything asked for; `but` is a lesson she is in, to which no link is needed."""
    finder = Finder(kit)
    for line in standing(rules, done):
        links = () if line.met else finder.links(line.what, [name for name in line.open if name != but])
        yield Left(
            text=done_text(line.what, line.done, line.needed),
            met=line.met,
            links=links[:LISTED],
            more=len(links[LISTED:]),
            any_of_them=line.needed - line.done < len(line.open),
        )


class Finder:
    """Finds titles and addresses of what is to do: in her language, else in the language the kit is written in."""

    def __init__(self, kit):
        self.kit, self.named = kit, names_in(kit, "")

    def name(self, key):
        if key not in self.named:
            source = kit_by_key(settings.LANGUAGE_CODE, self.kit.key)
            self.named = (names_in(source, settings.LANGUAGE_CODE) if source else {}) | self.named
        return self.named.get(key)

    def links(self, what, names):
        """One link per module or lesson; a part of a lesson leads to its place in it."""
        found = {}
        for name in names:
            key, block = (name, None) if what in {"modules", "lessons"} else name
            if key not in found and (there := self.name(key)):
                found[key] = there if block is None else there | {"url": f"{there['url']}#b-{block}"}
        return tuple(found.values())


def names_in(kit, language):
    modules = {line.key: link(f"{line.number}. {line.title}", line, language) for line in kit.modules}
    return modules | {line.key: link(f"{line.number} {line.title}", line, language) for line in kit.lessons}


def link(title, line, language):
    return {"title": title, "url": line.url, "language": language if language != get_language() else ""}


# What she holds --------------------------------------------------------------------------------------


def holdings(module, record):
    """Titles of the reflections and checklists of a module that she has done: dicts `title`, `code`, `url`, in their order."""
    return [
        {"title": part["title"], "code": part.get("booklet") or "", "url": f"{lesson.url}#b-{part['id']}"}
        for lesson in module.lessons
        for part in all_parts(lesson_pieces(lesson.pk))
        if part["kind"] in {"reflection", "checklist"} and record.all_done.has_part(lesson.key, part["id"])
    ]
