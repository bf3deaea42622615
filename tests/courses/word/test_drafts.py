"""From an outline to draft pages."""

from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from wagtail.images import get_image_model
from wagtail.models import Page, PageLogEntry

from courses.models import KitPage, LessonPage, ModulePage
from courses.word import drafts
from courses.word.reading import read_document
from tests.courses.word.documents import docx, h, p, picture, png, relation, table, title

KEY = UUID("0b6f2a0e-5a7e-4a0b-9a57-0c3a4f0a1b2c")
PICTURES = {"relations": relation("p1", "image", "media/a.png"), "media": {"a.png": png()}}


@pytest.fixture
def author(indexes, editor_en, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return editor_en


def outline():
    body = [title("A kit"), p("For whom."), p("Opening."), h(1, "One"), p("Its aim."), h(2, "First"), p("Aim: to see")]
    body += [p("Text."), table(["A", "B"], ["1", "2"]), p(picture("p1", "A tree")), p(picture("p1", "A tree"))]
    return read_document(docx(*body, h(2, "First"), p("More."), h(2, "Print"), p("End."), **PICTURES), "x.docx")


def make(author, key=KEY, made=None):
    made = made or outline()
    return drafts.make_drafts(outline=made, key=key, title=made.title, audience="trainer", user=author)


def test_the_kit_its_modules_and_lessons_are_drafts_in_the_english_tree(author):
    kit = make(author)
    module, *lessons = kit.get_descendants().specific()
    assert (kit.title, kit.aim, kit.audience, kit.hours) == ("A kit", "For whom.", "trainer", 1)
    assert [block.value.source for block in kit.body] == ["<p>Opening.</p>"]
    assert (type(module), module.title, module.aim) == (ModulePage, "One", "Its aim.")
    assert [(type(one), one.slug, one.minutes) for one in lessons] == [
        (LessonPage, "first", 1),
        (LessonPage, "first-2", 1),
        (LessonPage, "print-2", 1),
    ]
    pages = [kit, module, *lessons]
    assert {(one.live, one.has_unpublished_changes, one.locale.language_code) for one in pages} == {(False, True, "en")}
    assert Page.find_problems() == ([], [], [], [], [])
    assert PageLogEntry.objects.filter(action="wagtail.create", user=author).count() == len(pages)


def test_a_lesson_opens_in_the_editor_as_it_stands(author):
    lesson = make(author).get_descendants().type(LessonPage).first().specific
    draft = lesson.get_latest_revision_as_object()
    assert [block.block_type for block in draft.body] == ["text", "table", "image", "image"]
    assert draft.body[1].value["rows"][0]["cells"][1] == "2"
    assert draft.body[2].value["alt"] == "A tree"
    draft.full_clean()


def test_the_same_picture_is_kept_once_without_what_its_file_said(author):
    make(author)
    image = get_image_model().objects.get()
    assert (image.title, image.width, image.height, image.uploaded_by_user) == ("A tree", 40, 30, author)


def test_every_id_is_new_and_the_same_for_the_same_document(author):
    first, again = make(author), make(author)
    other = make(author, key=UUID(int=7))
    assert first.pk == again.pk
    assert other.slug == "a-kit-2"
    ids = [
        block.id
        for page in LessonPage.objects.child_of(Page.objects.get(slug="one", path__startswith=first.path))
        for block in page.body
    ]
    others = [block.id for page in LessonPage.objects.filter(path__startswith=other.path) for block in page.body]
    assert len(ids) == len(others) == len({*ids, *others}) / 2


def test_a_failure_leaves_neither_pages_nor_files(author, monkeypatch):
    before, made = Page.objects.count(), outline()
    monkeypatch.setattr(drafts.Maker, "items", lambda *_: 1 / 0)
    made.lessons[0].pieces.reverse()  # the pictures come first
    with pytest.raises(ZeroDivisionError):
        make(author, made=made)
    assert Page.objects.count() == before
    assert not get_image_model().objects.exists()
    assert not default_storage.exists("original_images") or default_storage.listdir("original_images") == ([], [])


def test_what_is_made_of_a_kit_is_seen_by_nobody(author, visitor):
    kit = make(author)
    assert visitor.get(f"/en/kits/{kit.slug}/").status_code == 404
    assert kit.title not in visitor.get("/en/kits/").content.decode()
    assert KitPage.objects.live().filter(locale=kit.locale).count() == 1
