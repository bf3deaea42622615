"""Words of the templates of kits: bodies, session plans, kinds of outside resources."""

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from courses import reading
from courses.blocks import ResourceBlock
from courses.english_left import mark_english, marked, own_english, told
from courses.older_note import older_text, state_of
from courses.open_pages import OpenPage
from courses.pieces import build_pieces, page_pieces
from courses.queries import done_by_kit, kit_outlines
from hub.lib.stamp import kept

register = template.Library()


@register.simple_tag
def open_kits(user):
    """[(outline, number of lessons she has done in it)] of all kits that are open in the language of the page."""
    done = done_by_kit(user)
    return [
        (kit, sum(lesson.key in done[kit.key] for lesson in kit.lessons))
        for kit in kit_outlines(get_language()).values()
    ]


@register.simple_tag
def page_body(page):
    """The body of a page without parts to answer (home, information), rendered once per content stamp."""
    if isinstance(page, OpenPage):
        return mark_safe(page.body_html)
    if page.has_unpublished_changes or not page.live:
        pieces = build_pieces(page)
    else:
        pieces = page_pieces(page.pk, lambda: page)
    return mark_safe("".join(content for kind, content in pieces if kind == "html"))


register.filter("marked", marked)


@register.simple_tag
def own_text(page, name):
    """The title or lead of a page (home, information, country), marked when it is still English."""
    text, key = getattr(page, name), getattr(page, "translation_key", None)
    if key is None or get_language() == "en":
        return marked(text)
    found = kept(f"own-english:{page.pk}", lambda: own_english([key], get_language()).get(key, ()))
    return marked(told(text, found))


@register.simple_tag
def older_note(page):
    """What a page that lays out its body itself says when its English text is newer."""
    return kept(f"older-note:{page.pk}", lambda: getattr(older_text(page, state_of(page)), "note", ""))


@register.filter
def lift_headings(html):
    """Headings in a rich text are h3 and h4, whatever stands around it. On a page they follow the h1."""
    for old, new in (("h3", "h2"), ("h4", "h3")):
        html = html.replace(f"<{old}", f"<{new}").replace(f"</{old}>", f"</{new}>")
    return mark_safe(html)


@register.filter
def timeline(steps):
    """The steps of a session with the minutes at which each begins and ends."""
    rows, start = [], 0
    for step in steps:
        rows.append({"start": start, "end": start + step["minutes"], "step": step})
        start += step["minutes"]
    return rows


@register.filter
def resource_kind(value):
    return dict(ResourceBlock().child_blocks["kind"].field.choices).get(value, "")


@register.filter
def is_film(document):
    return document.file_extension in {"mp4", "webm"}


@register.filter
def place_in_kit(kit, record):
    """The lesson to go on with, with the part she was at when it is the one she was in."""
    step = reading.next_step(kit, record.done, record.last_lesson_key)
    if step and step.key == record.last_lesson_key and record.last_block_id:
        return f"{step.url}#b-{record.last_block_id}"
    return step.url if step else kit.url


@register.tag
def in_english(parser, token):
    """`{% in_english part %}…{% endin_english %}`: marks what of a part is not translated yet."""
    part = parser.compile_filter(token.split_contents()[1])
    inside = parser.parse(["endin_english"])
    parser.delete_first_token()
    return InEnglish(part, inside)


class InEnglish(template.Node):
    def __init__(self, part, inside):
        self.part, self.nodelist = part, inside

    def render(self, context):
        html = self.nodelist.render(context)
        part = self.part.resolve(context)
        return mark_english(html, part.get("english")) if part else html
