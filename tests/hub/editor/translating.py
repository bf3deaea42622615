"""A lesson in English and Greek, whose English has changed after it was translated."""

from django.utils import timezone
from wagtail.models import Locale, Page, Site
from wagtail.rich_text import RichText
from wagtail_localize.models import StringTranslation, Translation

from courses.models import LessonPage
from courses.translation.desk import publish_page
from courses.translation.parts import parts_of
from courses.translation.recall import kept_indexes
from courses.translation.rows import sync_source
from tests.courses.small_kit import add, block, key, make_tree

BEHIND, NEW = "With <b>two</b> words.", "Then rest, {name}."


def make_lessons():
    """The lesson "one" with steps, translated whole and then changed; the lesson "other", translated whole."""
    kept_indexes.clear()
    homes = {language: make_tree(language) for language in ("en", "el")}
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": homes["en"], "hostname": "localhost"})
    for name, body in [("one", lesson_body()), ("other", [])]:
        for home in homes.values():
            add(home, LessonPage, name, title=f"Lesson {name}", aim="You read.", minutes=10, body=body)
        translate_whole(name)
    change_english()


def lesson_body():
    items = [
        {"type": "item", "id": str(key(name)), "value": {"title": title, "text": text}}
        for name, title, text in [("begin", "Begin", "<p>With <b>one</b> word.</p>"), ("go-on", "Go on", "")]
    ]
    opening = block("text", key("opening"), "<p>The bus leaves.</p><p>You wait.</p>")
    return [opening, block("steps", key("path"), {"title": "My steps", "items": items})]


def translate_whole(name):
    source = sync_source(page(name))
    greek = Locale.objects.get(language_code="el")
    translation = Translation.objects.create(source=source, target_locale=greek)
    StringTranslation.objects.bulk_create(
        StringTranslation(
            locale=greek,
            translation_of_id=part.string_id,
            context_id=part.context_id,
            data=f"el {part.english}",
            updated_at=timezone.now(),
        )
        for part in parts_of(translation)
    )
    publish_page(translation=translation, user=None)


def page(name="one", language="en"):
    return Page.objects.get(translation_key=key(name), locale__language_code=language).specific


def translation_of(name="one"):
    return Translation.objects.get(source__object_id=key(name), target_locale__language_code="el")


def change_english():
    """The text of the first step is another (English changed), the second step has a text now (not translated)."""
    lesson = page()
    items = lesson.body[1].value["items"]
    items[0]["text"] = RichText(f"<p>{BEHIND}</p>")
    items[1]["text"] = RichText(f"<p>{NEW}</p>")
    lesson.save_revision().publish()
    sync_source(lesson)


def part(english, name="one"):
    return next(part for part in parts_of(translation_of(name)) if part.english == english)


def sent(part, text, base=None):
    """The fields of one part as a browser sends them."""
    return {f"part-{part.id}-text": text, f"part-{part.id}-base": part.base if base is None else base}
