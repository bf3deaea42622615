"""A small kit in English, Greek and Hungarian, with a second module; its first lesson is a translation that wagtail-localize keeps."""

from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Comment, Locale, Page, PageViewRestriction, Revision, Site, TaskState, WorkflowState
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from courses.models import LessonPage, ModulePage
from hub.accounts.roles import ensure_roles
from tests.courses.small_kit import add, make_index, make_kit, make_tree

LANGUAGES = ["en", "el", "hu"]


def make_trees():
    """{code: what a test needs of a language}."""
    trees = {}
    for code in LANGUAGES:
        home = make_tree(code)
        kit = make_kit(make_index(home), lessons=("one", "two", "three"))
        module = ModulePage.objects.child_of(kit).get()
        other = add(kit, ModulePage, "other-module", title="Another module", aim="Its aim")
        for lesson in LessonPage.objects.child_of(module):
            lesson.body = [("text", "<p>Opening words.</p>")]
            lesson.save()
        trees[code] = SimpleNamespace(locale=home.locale, home=home, kit=kit, module=module, other=other)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": trees["en"].home, "hostname": "localhost"}
    )
    ensure_roles()
    source = TranslationSource.update_or_create_from_instance(lesson_of("en"))[0]
    for code in ("el", "hu"):
        translation = Translation.objects.create(source=source, target_locale=trees[code].locale)
        translation.save_target(publish=False)
        trees[code].translation = translation
        trees[code].revision = lesson_of(code).get_latest_revision()
    return trees


def lesson_of(code, name="small-one"):
    return LessonPage.objects.get(locale__language_code=code, slug=name)


def segments():
    return StringSegment.objects.get(context__path="aim"), OverridableSegment.objects.first()


def po_file(tree):
    text = str(tree.translation.export_po()).replace(
        'msgid "Its aim"\nmsgstr ""', 'msgid "Its aim"\nmsgstr "From a file"'
    )
    return SimpleUploadedFile("lesson.po", text.encode())


def everything_of(code):
    """Whatever of a language could be changed, to compare before and after."""
    locale = Locale.objects.get(language_code=code)
    pages = Page.objects.filter(locale=locale)
    ids = [str(pk) for pk in pages.values_list("pk", flat=True)]
    return {
        "pages": list(pages.order_by("pk").values()),
        "lessons": list(LessonPage.objects.filter(locale=locale).order_by("pk").values("pk", "aim", "body")),
        "revisions": list(Revision.objects.filter(object_id__in=ids).order_by("pk").values()),
        "restrictions": list(PageViewRestriction.objects.filter(page__in=pages).values()),
        "comments": list(Comment.objects.filter(page__in=pages).values()),
        "reviews": list(WorkflowState.objects.filter(object_id__in=ids).order_by("pk").values()),
        "tasks": list(TaskState.objects.filter(workflow_state__object_id__in=ids).order_by("pk").values()),
        "translations": list(Translation.objects.filter(target_locale=locale).order_by("pk").values()),
        "strings": list(StringTranslation.objects.filter(locale=locale).order_by("pk").values()),
        "overrides": list(SegmentOverride.objects.filter(locale=locale).order_by("pk").values()),
    }
