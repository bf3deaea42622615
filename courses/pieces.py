"""The body of a page, rendered once for everybody and kept in the cache.

It is a list of pieces: `("html", text)` for what is shared, and `(kind, part)` for the three kinds of block that a reader answers.
A part is a plain dict: the block's id, its texts, and those pieces of its markup that are the same for everybody.
Which option of a question is right stays in the part; it never reaches a page before it was chosen.
"""

from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from courses.models import LessonPage
from courses.queries import KEEP_SECONDS
from courses.templatetags.prose_tags import prose
from hub.lib.stamp import content_stamp


def page_pieces(page_id, load):
    """The pieces of a live page; `load()` gives the page when they are not in the cache yet."""
    key = f"page-pieces:{page_id}:{content_stamp()}"
    pieces = cache.get(key)
    if pieces is None:
        pieces = build_pieces(load())
        cache.set(key, pieces, KEEP_SECONDS)
    return pieces


def lesson_pieces(lesson_id):
    return page_pieces(lesson_id, lambda: LessonPage.objects.get(pk=lesson_id))


def build_pieces(page):
    """Neighbouring shared blocks become one piece."""
    pieces, shared = [], []
    for block in page.body:
        if block.block_type not in PARTS:
            shared.append(render_shared(block, page))
            continue
        pieces += [("html", "".join(shared)), (block.block_type, with_markup(read_part(block), page))]
        shared = []
    return [piece for piece in [*pieces, ("html", "".join(shared))] if piece[1]]


def render_shared(block, page):
    context = {"page": page, "page_key": page.translation_key, "block_id": block.id}
    return format_html(
        '<div class="block block--{}" id="b-{}">{}</div>', block.block_type, block.id, SafeString(block.render(context))
    )


def find_part(pieces, block_id):
    return next((part for kind, part in pieces if kind != "html" and part["id"] == str(block_id)), None)


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


def question(value):
    options = [{"id": str(item.id), **item.value} for item in value["options"].bound_blocks]
    explanation = value.get("explanation")
    return {
        "prompt": value["prompt"],
        "several": value["several"],
        "options": options,
        "explanation": prose(explanation) if explanation else "",
    }


PARTS = {"reflection": reflection, "checklist": checklist, "question": question}
# The shared markup of a part: name in the part, template, icon.
SHARED = {
    "reflection": {"head": "head", "autosave": "autosave", "privacy": "privacy", "keep": "keep"},
    "checklist": {"head": "head", "autosave": "autosave", "privacy": "privacy", "keep": "keep"},
    "question": {"head": "question_head", "unchosen": "options"},
}
ICONS = {"reflection": "edit", "checklist": "check"}


def with_markup(part, page):
    context = {"part": part, "icon_name": ICONS.get(part["kind"], "")}
    templates = SHARED[part["kind"]].items()
    markup = {name: render_to_string(f"courses/parts/{template}.html", context) for name, template in templates}
    ids = [page.translation_key, part["id"]]
    what = "check" if part["kind"] == "question" else "answer"
    urls = {"url": reverse(f"courses:{what}", args=ids), "delete_url": reverse("courses:delete_answer", args=ids)}
    return {**part, **markup, **urls}
