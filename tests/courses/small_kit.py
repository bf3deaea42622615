"""A small kit made by hand: one module, two lessons, each kind of part once; in English and Greek under the same keys."""

from uuid import UUID, uuid5

from wagtail.models import Locale, Page, Site

from courses.models import KitIndexPage, KitPage, LessonPage, ModulePage
from hub.lib.stamp import touch
from hub.models import HomePage

NAMESPACE = UUID("6a2f41a3-c54c-4b6e-8f4b-0d7d0a1f2c11")


def key(name):
    return uuid5(NAMESPACE, name)


REFLECTION, CHECKLIST, QUESTION, SEVERAL, FILM = map(key, ["reflection", "checklist", "question", "several", "film"])
RIGHT, WRONG, FIRST, SECOND, THIRD = (str(key(name)) for name in ["right", "wrong", "first", "second", "third"])
TICK_A, TICK_B = str(key("tick-a")), str(key("tick-b"))


def option(uid, text, correct):
    return {"type": "item", "id": uid, "value": {"text": text, "correct": correct, "feedback": f"Feedback on {text}"}}


def block(kind, uid, value):
    return {"type": kind, "id": str(uid), "value": value}


def lesson_body():
    ticks = [{"type": "item", "id": uid, "value": text} for uid, text in [(TICK_A, "Water"), (TICK_B, "Chairs")]]
    one = [option(RIGHT, "the right one", True), option(WRONG, "the wrong one", False)]
    several = [option(FIRST, "first", True), option(SECOND, "second", True), option(THIRD, "third", False)]
    return [
        block("text", key("opening"), "<p>Opening words.</p>"),
        block("reflection", REFLECTION, {"title": "My times", "prompt": "When?", "rows": 4}),
        block("checklist", CHECKLIST, {"title": "Before", "items": ticks}),
        block(
            "question",
            QUESTION,
            {"prompt": "Which?", "several": False, "options": one, "explanation": "<p>Because.</p>"},
        ),
        block("question", SEVERAL, {"prompt": "Which of them?", "several": True, "options": several}),
    ]


def add(parent, model, name, **fields):
    fields = {"title": name, "slug": name, "translation_key": key(name), "locale": parent.locale, **fields}
    return parent.add_child(instance=model(**fields))


def make_tree(language):
    locale = Locale.objects.get_or_create(language_code=language)[0]
    home = HomePage(
        title=f"Home {language}", slug=f"home-{language}", lead="Lead", locale=locale, translation_key=key("home")
    )
    return Page.get_first_root_node().add_child(instance=home)


def make_index(home):
    return add(home, KitIndexPage, "kits")


def make_kit(index, name="small", lessons=("one", "two")):
    kit = add(index, KitPage, name, title=f"The {name} kit", aim="The aim of it", hours=2)
    module = add(kit, ModulePage, f"{name}-module", title="The module", aim="The aim of the module")
    for lesson in lessons:
        add(
            module,
            LessonPage,
            f"{name}-{lesson}",
            title=f"Lesson {lesson}",
            aim="Its aim",
            minutes=10,
            body=lesson_body(),
        )
    return kit


def make_hub():
    """{language: KitIndexPage} with the small kit in English and Greek, the English home being the site's root."""
    indexes = {}
    for language in ("en", "el"):
        home = make_tree(language)
        indexes[language] = make_index(home)
        make_kit(indexes[language])
        if language == "en":
            Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home, "hostname": "localhost"})
    touch()
    return indexes
