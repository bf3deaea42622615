"""The body of a page, rendered once for everybody and kept in the cache.

It is a list of pieces: `("html", text)` for what is shared, and `(kind, part)` for the kinds of block that a reader answers.
A part is a plain dict: the block's id, its texts, and those pieces of its markup that are the same for everybody.
What is right in a question stays in the part; it never reaches a page before it was given.
"""

from itertools import groupby
from uuid import UUID, uuid5

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.english_left import english_left, mark_english
from courses.models import LessonPage, QuestionBank
from courses.older_note import older_text, state_of
from courses.questions.kinds import KINDS
from courses.questions.parts import listed
from courses.words import with_words
from hub.lib.stamp import kept


def page_pieces(page_id, load):
    """The pieces of a live page; `load()` gives the page when they are not in the cache yet."""
    return kept(f"page-pieces:{page_id}", lambda: build_pieces(load()))


def lesson_pieces(lesson_id):
    return page_pieces(lesson_id, lambda: LessonPage.objects.get(pk=lesson_id))


def build_pieces(page):
    """Neighbouring shared blocks become one piece; questions that follow a quiz become part of it."""
    state, quiz = state_of(page), None
    older, english = older_text(page, state), english_left(page, state)
    pieces = [("html", older.note)] if older else []
    for block in page.body:
        part = whole_part(block, page, quiz) if block.block_type in PARTS else None
        if part and english:
            part["english"] = english
        if block.block_type not in KINDS:
            quiz = part if block.block_type == "quiz" else None
        if quiz and part and part is not quiz:
            quiz["pool"].append(part)
            continue
        pieces.append(("html", older.mark(block.id) if older and (part or block.block_type not in PARTS) else ""))
        if part:
            pieces.append((block.block_type, part))
        elif block.block_type not in PARTS:
            pieces.append(("html", mark_english(render_shared(block, page), english)))
    title = _("Words in this lesson") if isinstance(page, LessonPage) else _("Words on this page")
    return joined(with_words(joined(pieces), title))


def joined(pieces):
    found = []
    for is_shared, group in groupby(pieces, key=lambda piece: piece[0] == "html"):
        run = list(group)
        found += [("html", "".join(text for _kind, text in run))] if is_shared else run
    return [piece for piece in found if piece[1]]


def render_shared(block, page):
    context = {"page": page, "page_key": page.translation_key, "block_id": block.id}
    return format_html(
        '<div class="block block--{}" id="b-{}">{}</div>', block.block_type, block.id, SafeString(block.render(context))
    )


def all_parts(pieces):
    """Every part of a page, the questions that a quiz may draw too."""
    for kind, part in pieces:
        if kind != "html":
            yield part
            yield from part.get("pool", ())


def find_part(pieces, block_id):
    return next((part for part in all_parts(pieces) if part["id"] == str(block_id)), None)


# Parts -------------------------------------------------------------------------------------------------


def read_part(block):
    """The ids and texts of a block that is answered."""
    return {"kind": block.block_type, "id": str(block.id), **PARTS[block.block_type](block.value)}


def reflection(value):
    texts = {name: value.get(name) for name in ("title", "prompt", "help", "booklet", "pulls", "paper_first")}
    return {**texts, "rows": value.get("rows") or 5}


def checklist(value):
    items = [{"id": str(item.id), "text": item.value} for item in value["items"].bound_blocks]
    return {"title": value["title"], "booklet": value.get("booklet"), "items": items}


def whole_part(block, page, quiz=None):
    """A part with its markup; None when it has nothing to show. `quiz` is the quiz part that the block follows, if it does."""
    part = read_part(block)
    if part["kind"] == "quiz":
        part["pool"] = [with_markup(in_quiz(asked, part), page) for asked in bank_parts(part, page)]
    elif part["kind"] == "assessment" and part["moment"] == "after":
        part = after_part(part, page)
    elif quiz and part["kind"] in KINDS:
        part = in_quiz(part, quiz)
    return part and with_markup(part, page)


def plain_parts(page):
    """Every part of a page without its markup, the questions that a quiz may draw too."""
    quiz = {"pool": []}
    for block in page.body:
        part = read_part(block) if block.block_type in PARTS else {"pool": []}
        if block.block_type not in KINDS:
            quiz = part if block.block_type == "quiz" else {"pool": []}
        if block.block_type == "quiz":
            part["pool"] = bank_parts(part, page)
        elif block.block_type == "assessment" and part["moment"] == "after":
            part = after_part(part, page) or part
        yield from [part, *part.get("pool", ())] if "id" in part else ()
        quiz["pool"] += [part] if block.block_type in KINDS else []


def in_quiz(part, quiz):
    return {**part, "quiz": quiz["id"]}


def bank_parts(quiz, page):
    """The questions of a bank under ids of their own in each quiz: two may draw from one bank."""
    banks = QuestionBank.objects.filter(translation_key=quiz["bank"]) if quiz["bank"] else []
    bank = min(banks, key=lambda bank: bank.locale_id != page.locale_id, default=None)
    parts = [read_part(block) for block in bank.questions if block.block_type in KINDS] if bank else []
    return [{**part, "id": str(uuid5(UUID(quiz["id"]), part["id"]))} for part in parts]


def after_part(part, page):
    """An assessment afterwards: statements and scale of the one before with the same topic, and where its answer is kept."""
    lessons = LessonPage.objects.live().filter(path__startswith=page.path[: -2 * page.steplen]).order_by("path")
    for lesson in lessons:
        for block in lesson.body:
            if block.block_type == "assessment" and block.value["moment"] == "before":
                before = read_part(block)
                if before["topic"] == part["topic"]:
                    names = ("statements", "scale")
                    place = {"before": [lesson.translation_key, before["id"]]}
                    return {**part, **{name: before[name] for name in names}, **place}
    return None


def quiz(value):
    texts = {name: value.get(name) or "" for name in ("title", "intro", "bank")}
    return {**texts, "draw": value.get("draw") or 0, "pass_mark": value.get("pass_mark") or 0, "pool": []}


def assessment(value):
    texts = {name: value.get(name) or "" for name in ("topic", "moment", "title", "intro")}
    return {**texts, "statements": listed(value, "statements"), "scale": listed(value, "scale")}


PARTS = {
    "reflection": reflection,
    "checklist": checklist,
    "quiz": quiz,
    "assessment": assessment,
    **{name: kind.read for name, kind in KINDS.items()},
}
# The shared markup of a part: name in the part, template, icon.
ASKED = {"head": "question_head", "unchosen": "inputs", "hint_markup": "hint"}
KEPT = {"head": "head", "autosave": "autosave", "privacy": "privacy", "keep": "keep"}
SHARED = {
    "reflection": KEPT,
    "checklist": KEPT,
    "assessment": {**KEPT, "unrated": "statements"},
    "quiz": {"head": "head"},
    **dict.fromkeys(KINDS, ASKED),
}
ICONS = {"reflection": "edit", "checklist": "check", "quiz": "question", "assessment": "circle"}


def with_markup(part, page):
    kind = KINDS.get(part["kind"])
    if kind:
        part = {**part, "inputs": f"courses/parts/{kind.inputs}.html", "level": 3 if part.get("quiz") else 2}
    context = {"part": part, "icon_name": ICONS.get(part["kind"], ""), "rows": kind.rows(part, {}) if kind else ()}
    templates = SHARED[part["kind"]].items()
    markup = {name: render_to_string(f"courses/parts/{template}.html", context) for name, template in templates}
    ids = [page.translation_key, part["id"]]
    what = "check" if kind else "answer"
    urls = {"url": reverse(f"courses:{what}", args=ids), "delete_url": reverse("courses:delete_answer", args=ids)}
    urls["versions_url"] = reverse("courses:versions", args=ids)
    if part["kind"] == "quiz":
        urls["draw_url"] = reverse("courses:draw", args=ids)
    return {**part, **markup, **urls}
