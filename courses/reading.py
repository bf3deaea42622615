"""What is hers, laid into the shared pieces of a lesson (courses/pieces.py), and her way through a kit."""

from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.english_left import tell_english
from courses.models import Answer, KitPage
from courses.pieces import all_parts
from courses.queries import KitOutline, LessonLine, ModuleLine, build_outlines
from courses.questions.kinds import CHECKED
from courses.questions.shown import entries, quiz_entries, rated_lines, refused
from courses.versions import new_id
from hub.lib.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Place:
    """A lesson in its kit."""

    kit: KitOutline
    module: ModuleLine
    lesson: LessonLine

    @property
    def index(self):
        return next((n for n, lesson in enumerate(self.kit.lessons) if lesson.key == self.lesson.key), None)

    @property
    def previous(self):
        return self.kit.lessons[self.index - 1] if self.index else None

    @property
    def next(self):
        lessons, index = self.kit.lessons, self.index
        return lessons[index + 1] if index is not None and index + 1 < len(lessons) else None


# Hers ----------------------------------------------------------------------------------------------


def lay_in(pieces, answers, *, reader="", earlier=None):
    """Pieces for the template: dicts with `html`, or with `template`, `part` and `mine`.

    `answers` as in `read_answers`; `reader` names her to a quiz ("" for a visitor); `earlier` as in `earlier_answers`.
    """
    laid = []
    for kind, content in pieces:
        if kind == "html":
            laid.append({"html": mark_safe(content)})
        else:
            hers = quiz_mine(content, answers, reader) if kind == "quiz" else part_mine(content, answers, earlier)
            laid.append({"template": template_of(kind), "part": content, "mine": hers})
    return laid


def template_of(kind):
    return f"courses/parts/{'question' if kind in CHECKED else kind}.html"


def part_mine(part, answers, earlier=None):
    return mine(part, answers.get(part["id"]), (earlier or {}).get(part["id"]))


def quiz_mine(quiz, answers, reader):
    return quiz_entries(quiz, answers, reader, lambda part: part_mine(part, answers))


def earlier_answers(user, pieces):
    """{id of an assessment afterwards: what she answered before}. One query, none where there is no such part."""
    places = {
        part["before"][1]: (part["id"], part["before"][0])
        for kind, part in pieces
        if kind != "html" and "before" in part
    }
    if not places or not user.is_authenticated:
        return {}
    lessons = {lesson_key for _part_id, lesson_key in places.values()}
    rows = Answer.objects.filter(user=user, lesson_key__in=lessons, block_id__in=places, state=Answer.State.CURRENT)
    kept = rows.values_list("block_id", "lesson_key", "body")
    return {
        places[str(block_id)][0]: body for block_id, lesson_key, body in kept if places[str(block_id)][1] == lesson_key
    }


ANSWERS = Prepared(
    lambda user_id, lesson_key: (
        Answer.objects.for_lesson(user_id, lesson_key)
        .shown()
        .order_by("pk")
        .values_list("block_id", "client_id", "body", "state", "created_at")
    )
)


def read_answers(user, lesson_key):
    """{block id: {"current": version or None, "beside": [versions]}}; a version is a dict. One query."""
    answers = {}
    for block_id, client_id, body, state, created_at in ANSWERS(user_id=user.pk, lesson_key=lesson_key):
        version = {"client_id": client_id, "body": body, "created_at": created_at}
        kept = answers.setdefault(str(block_id), {"current": None, "beside": []})
        if state == Answer.State.CURRENT:
            kept["current"] = version
        else:
            kept["beside"].append(version)
    return answers


def mine(part, kept, earlier=None):
    """What the template of a part shows of hers."""
    current = kept["current"] if kept else None
    body = current["body"] if current else {}
    shown = {
        "new_id": new_id(after=current and current["client_id"]),
        "base": current["client_id"] if current else "",
        "saved": saved_text(current["created_at"]) if current and part["kind"] not in CHECKED else "",
        "text": body.get("text", ""),
        "how": body.get("how", ""),
        "ticked": body.get("ticked", []),
        "beside": [beside(part, version) for version in kept["beside"]] if kept else [],
    }
    return {**shown, **entries(part, body, earlier)}


def put_results(laid, results):
    """Replace `mine` of the parts named in {block id: `mine`}."""
    shown = [piece for piece in laid if "part" in piece]
    drawn = [asked for piece in shown for asked in piece["mine"].get("drawn", ())]
    for piece in [*shown, *drawn]:
        if piece["part"]["id"] in results:
            piece["mine"] = results[piece["part"]["id"]]


def beside(part, version):
    ticked = version["body"].get("ticked", [])
    items = [item["text"] for item in part.get("items", []) if item["id"] in ticked]
    items += rated_lines(part, version["body"]) if part["kind"] == "assessment" else []
    saved = saved_text(version["created_at"])
    return {**version, "text": version["body"].get("text", ""), "items": items, "saved": saved}


def rejected(part, form):
    """A form that was refused, as `mine`: her input stays, the message stands beside it."""
    data = form.data
    errors = [str(message) for messages in form.errors.values() for message in messages]
    shown = mine(part, None)
    return {
        **shown,
        "new_id": data.get("client_id") or shown["new_id"],
        "base": data.get("base", ""),
        "text": data.get("text", ""),
        "how": data.get("how", ""),
        "ticked": data.getlist("ticked"),
        "errors": errors,
        **refused(part, form),
    }


def saved_text(moment):
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate():
        return _("Saved at %(time)s.") % {"time": date_format(local, "H:i")}
    return _("Saved on %(date)s.") % {"date": date_format(local, "DATE_FORMAT")}


def lost_words(pieces, answers):
    """Her words in blocks that an editor has since taken out of the lesson: list of dicts `id`, `text`, `ticks`."""
    present = {part["id"] for part in all_parts(pieces)}
    lost = []
    for block_id, kept in answers.items():
        bodies = [version["body"] for version in [kept["current"], *kept["beside"]] if version]
        text = "\n\n".join(filter(None, (body.get("text") for body in bodies)))
        ticks = len({tick for body in bodies for tick in body.get("ticked", [])})
        if (text or ticks) and block_id not in present:
            lost.append({"id": block_id, "text": text, "ticks": ticks})
    return lost


def older_versions(user, lesson_key, part):
    """What she wrote in a part before, newest first, as `beside`. One query.

    A version to which she only added words is left out: they stand in the one that follows it.
    """
    rows = Answer.objects.for_block(user, lesson_key, part["id"]).order_by("client_id")
    names = ("client_id", "base", "body", "state", "created_at", "replaced_at")
    versions = list(rows.values(*names))
    texts = {version["base"]: version["body"].get("text", "") for version in versions if version["base"]}
    older = [version for version in versions if version["state"] == Answer.State.REPLACED]
    return [beside(part, version) for version in reversed(older) if not went_on(version, texts)]


def went_on(version, texts):
    text, following = version["body"].get("text", ""), texts.get(version["client_id"])
    return following is not None and "text" in version["body"] and following.startswith(text)


def next_step(kit, done, last_lesson_key):
    """The lesson to go on with: the one she was in, or the first after it that is not done, or any; None when all are done."""
    lessons = kit.lessons
    start = next((n for n, lesson in enumerate(lessons) if lesson.key == last_lesson_key), 0)
    return next((lesson for lesson in (*lessons[start:], *lessons[:start]) if lesson.key not in done), None)


def contents(place, done):
    """The contents beside a lesson: each module with its mark, the one she reads in with its lessons; list of dicts."""
    return [contents_row(module, done, with_lessons=module.pk == place.module.pk) for module in place.kit.modules]


def contents_row(module, done, *, with_lessons):
    total, count = len(module.lessons), sum(lesson.key in done for lesson in module.lessons)
    mark = "done" if count and count == total else "started" if count else "todo"
    said = ngettext("(%(done)d of %(total)d lesson done)", "(%(done)d of %(total)d lessons done)", total)
    return {
        "module": module,
        "mark": mark,
        "done": count,
        "said": said % {"done": count, "total": total} if count else "",
        "lessons": module.lessons if with_lessons else (),
    }


def minutes_left(module, lesson, done):
    """Minutes of this module from this lesson on, without what is done."""
    keys = [line.key for line in module.lessons]
    later = module.lessons[keys.index(lesson.key) :] if lesson.key in keys else [lesson]
    return sum(line.minutes for line in later if line.key not in done)


# Wagtail's own way to a page: previews, and pages with a restriction that the reader may pass ----------------


def outline_of_kit(page):
    """The outline of a KitPage as it stands, restrictions and drafts included; not cached."""
    language = page.locale.language_code
    outlines = build_outlines(language, public=False, kit_path=page.path)
    tell_english([page], language)
    if outlines:
        return replace(outlines[0], title=page.title, aim=page.aim, hours=page.hours)
    return KitOutline(
        **_line(page, "hours", "audience", "emblem", "hue"), description="", outcomes=(), languages=(), modules=()
    )


def line_of_module(page):
    kit = outline_of_kit(page.get_ancestors().type(KitPage).get().specific)
    line = next((line for line in kit.modules if line.pk == page.pk), None)
    return kit, line or ModuleLine(**_line(page, "emblem"), number=0, lessons=())


def place_of(page):
    """The Place of a LessonPage as it stands, also of a draft that is in no outline yet."""
    kit, module = line_of_module(page.get_parent().specific)
    tell_english([page], page.locale.language_code)
    line = next((line for line in module.lessons if line.pk == page.pk), None)
    line = line or LessonLine(**_line(page, "minutes"), number="", published_at=None)
    return Place(kit, module, replace(line, title=page.title, aim=page.aim, minutes=page.minutes))


def _line(page, *names):
    shared = {"key": page.translation_key, "url": page.url or "", "expire_at": None}
    return {**shared, **{name: getattr(page, name) for name in ("pk", "slug", "title", "aim", *names)}}
