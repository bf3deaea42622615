"""Where an author begins: a lesson with the usual parts, one built like another, a kit with its first module and lesson. Always drafts."""

from functools import lru_cache

from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from courses import previews
from courses.blocks import LESSON_BLOCKS
from courses.models import KitPage, LessonPage, ModulePage
from courses.previews import paragraph
from courses.questions.blocks import LessonBody

# What shows or plays a file cannot begin without one; an author adds it where she wants it.
NEED_A_FILE = frozenset({"image", "diagram", "download", "media"})
BLOCKS = dict(LESSON_BLOCKS)


def usual_parts():
    """[(name of a block, its value)] of a lesson as we write them; what stands there says what belongs there."""
    return [
        ("text", paragraph(_("Begin with a situation that she may know, in two or three short sentences."))),
        ("text", paragraph(_("Say what helps, and why. One idea in a paragraph."))),
        ("example", {"title": _("Somebody at work"), "text": paragraph(_("What she did, and what followed from it."))}),
        ("reflection", {**previews.reflection(), "booklet": ""}),
        ("question", previews.question()),
        ("key_idea", previews.key_idea()),
    ]


def parts_like(lesson):
    """The same kinds of blocks as in another lesson, in their order, without its words and files."""
    names = [block["type"] for block in lesson.body.get_prep_value()]
    return [(name, sample(name)) for name in names if name in BLOCKS and name not in NEED_A_FILE]


def sample(name):
    value = getattr(previews, BLOCKS[name].meta.sample)()
    return {**value, "booklet": ""} if isinstance(value, dict) and "booklet" in value else value


def body_of(parts):
    """A body with fresh ids for its blocks and all that is listed in them."""
    stream = LessonBody(LESSON_BLOCKS)
    return stream.normalize([(name, BLOCKS[name].normalize(value)) for name, value in parts])


@lru_cache
def placeholders(language):
    """Every text that an author begins with in a language and has to write anew."""
    with translation.override(language):
        values = [value for _name, value in usual_parts()] + [
            sample(name) for name in BLOCKS if name not in NEED_A_FILE
        ]
        return frozenset([lesson_aim(), kit_aim(), module_aim(), *texts_in(values)])


def texts_in(value):
    """The whole sentences in a value; a title or a word may well stay as it is."""
    if isinstance(value, str):
        is_sentence = len(value.split()) > 4 and value.removesuffix("</p>").endswith((".", "?", ";"))
        return [value] if is_sentence else []
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in inner for text in texts_in(part)]


def lesson_aim():
    return _("Write in one sentence what she can do after this lesson.")


def module_aim():
    return _("Write in one sentence what she holds after this module.")


def kit_aim():
    return _("Write in one or two sentences for whom this kit is and what it helps with.")


@transaction.atomic
def start_lesson(*, module, title, by, like=None):
    """A draft of a lesson with the usual parts, or with those of the lesson `like`."""
    with translation.override(module.locale.language_code):
        body = body_of(parts_like(like) if like else usual_parts())
        return add_draft(module, LessonPage(title=title, aim=lesson_aim(), body=body), by)


@transaction.atomic
def start_kit(*, index, title, audience, by):
    """A draft of a kit with one module and one lesson, each a draft too."""
    with translation.override(index.locale.language_code):
        kit = add_draft(index, KitPage(title=title, audience=audience, aim=kit_aim(), hours=10), by)
        module = add_draft(kit, ModulePage(title=_("The first module"), aim=module_aim()), by)
        add_draft(module, LessonPage(title=_("The first lesson"), aim=lesson_aim(), body=body_of(usual_parts())), by)
    return kit


def add_draft(parent, page, by):
    page.live, page.locale, page.owner = False, parent.locale, by
    page.slug = free_slug(parent, page.title)
    parent = type(parent).objects.get(pk=parent.pk)  # how many children it has by now
    parent.add_child(instance=page)
    revision = page.save_revision(user=by, log_action=False)
    log(instance=page, action="wagtail.create", user=by, revision=revision, content_changed=True)
    return page


def free_slug(parent, title):
    """An address of Latin letters that nobody beside it has; our pages have the same one in every language."""
    slug = slugify(title)[:60].strip("-") or "page"
    taken = set(parent.get_children().filter(slug__startswith=slug).values_list("slug", flat=True)) | {"print", "all"}
    number = 2
    chosen = slug
    while chosen in taken:
        chosen, number = f"{slug}-{number}", number + 1
    return chosen
