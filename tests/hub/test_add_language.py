"""`add_language`: one setting and one command, then the tables show what to translate."""

import shutil

import polib
import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import GroupPagePermission, Page
from wagtail_localize.models import Translation

from courses.models import KitPage, TranslationState
from courses.translation.translate import left_alone
from hub.models import InfoPage
from tests.arabic import add_arabic, forget_languages, in_arabic, translate
from tests.courses import small_kit
from tests.courses.translation.small import write_small
from tests.settings import ROOT

WORDS = {
    "Home en": "الصفحة الرئيسية",
    "kits": "الدورات",
    "The small kit": "الدورة الصغيرة",
    "The module": "الوحدة",
    "Lesson one": "الدرس الأول",
    "Opening words.": "كلمات افتتاحية.",
    "Help": "مساعدة",
}

TEXT = small_kit.key("opening")


@pytest.fixture
def hub(db, settings, monkeypatch):
    """A small kit of plain texts in English and Greek with a page of help, Arabic among the languages."""
    monkeypatch.setattr(small_kit, "lesson_body", lambda: [small_kit.block("text", TEXT, "<p>Opening words.</p>")])
    index = small_kit.make_hub()["en"]
    small_kit.add(index.get_parent(), InfoPage, "help", title="Help")
    add_arabic(settings)
    yield index
    forget_languages()


@pytest.fixture
def prepared(hub):
    call_command("add_language", "ar", no_files=True, verbosity=0)
    return hub


def english(name):
    return Page.objects.get(translation_key=small_kit.key(name), locale__language_code="en").specific


def open_to_readers(django_capture_on_commit_callbacks, *names):
    with django_capture_on_commit_callbacks(execute=True):
        for name in names:
            translate(english(name), WORDS)


def test_every_live_page_gets_a_draft_and_the_tree_is_sound(prepared):
    drafts = Page.objects.filter(locale__language_code="ar").order_by("path")
    assert [(page.depth, page.live) for page in drafts] == [(d, False) for d in (2, 3, 4, 5, 6, 6, 3)]
    assert Page.find_problems() == ([], [], [], [], [])
    assert Translation.objects.filter(target_locale__language_code="ar", enabled=True).count() == 7


def test_the_table_knows_what_is_to_be_translated(prepared):
    lesson = english("small-one")
    state = TranslationState.objects.get(key=lesson.translation_key, locale__language_code="ar")
    assert state.missing == 3


def test_its_editors_may_change_its_tree_and_no_other(prepared):
    homes = GroupPagePermission.objects.filter(group=Group.objects.get(name="editor-ar")).values_list("page", flat=True)
    assert set(homes) == {in_arabic(english("home")).pk}


def test_a_second_run_changes_nothing(prepared):
    before = list(Page.objects.order_by("path").values_list("pk", "path", "numchild", "latest_revision"))
    call_command("add_language", "ar", no_files=True, verbosity=0)
    assert list(Page.objects.order_by("path").values_list("pk", "path", "numchild", "latest_revision")) == before


@pytest.mark.parametrize(("code", "words"), [("xx", "First set LANGUAGES="), ("el", "come with the hub")])
def test_a_language_that_is_not_set_or_is_there_already_is_refused(hub, code, words):
    with pytest.raises(CommandError, match=words):
        call_command("add_language", code)


def test_an_empty_hub_is_told_to_load_the_kits_first(db, settings):
    add_arabic(settings)
    with pytest.raises(CommandError, match="load_kits"):
        call_command("add_language", "ar")
    forget_languages()


def test_files_for_translators_are_written_once(hub, tmp_path):
    write_small(tmp_path, italian=False)
    shutil.copytree(ROOT / "locale" / "it" / "LC_MESSAGES", tmp_path / "locale" / "it" / "LC_MESSAGES")
    call_command("add_language", "ar", root=tmp_path, verbosity=0)
    folder = tmp_path / "locale" / "ar"
    interface = polib.pofile(str(folder / "LC_MESSAGES" / "django.po"))
    assert "nplurals=6" in interface.metadata["Plural-Forms"]
    assert {len(entry.msgstr_plural) for entry in interface if entry.msgid_plural} == {6}
    assert interface.translated_entries() == []
    kit = polib.pofile(str(folder / "kits" / "small.po"))
    assert kit[0].msgid == "Small kit"
    kit[0].msgstr = "الدورة الصغيرة"
    kit.save()
    call_command("add_language", "ar", root=tmp_path, verbosity=0)
    assert polib.pofile(str(folder / "kits" / "small.po"))[0].msgstr == "الدورة الصغيرة"


def test_readers_are_not_shown_a_language_in_the_making(prepared, visitor, django_capture_on_commit_callbacks):
    def offered():
        return 'hreflang="ar"' in visitor.get("/en/").content.decode()

    assert not offered()
    open_to_readers(django_capture_on_commit_callbacks, "home")
    assert not offered(), "whoever needs help would find nothing"
    open_to_readers(django_capture_on_commit_callbacks, "help")
    assert offered()


def test_the_front_door_leads_to_arabic_only_when_it_is_open(prepared, visitor, django_capture_on_commit_callbacks):
    def door():
        return visitor.get("/", headers={"accept-language": "ar"}).headers["Location"]

    assert door() == "/en/"
    open_to_readers(django_capture_on_commit_callbacks, "home", "help")
    assert door() == "/ar/"


def test_a_translated_lesson_reads_from_the_right(prepared, visitor, django_capture_on_commit_callbacks):
    open_to_readers(django_capture_on_commit_callbacks, "home", "help", "kits", "small", "small-module", "small-one")
    page = visitor.get("/ar/kits/small/small-module/small-one/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "الدرس الأول" in page
    assert "كلمات افتتاحية." in page
    assert visitor.get("/ar/kits/small/small-module/small-two/").status_code == 404


def test_files_fill_a_draft_that_nobody_has_touched(prepared, django_capture_on_commit_callbacks):
    kit = KitPage.objects.get(locale__language_code="ar")
    rows = {row.source.object_id: row for row in Translation.objects.filter(target_locale__language_code="ar")}
    assert left_alone(kit, rows[kit.translation_key]) is None
    open_to_readers(django_capture_on_commit_callbacks, "home", "kits", "small")
    kit = KitPage.objects.get(pk=kit.pk)
    kit.save_revision()
    assert "an editor has a draft" in left_alone(kit, rows[kit.translation_key])


def test_the_hubs_own_pages_answer_in_a_language_without_a_word(hub, visitor):
    for path in ("accounts/login/", "accounts/signup/", "glossary/", "library/"):
        response = visitor.get(f"/ar/{path}")
        assert (response.status_code, 'dir="rtl"' in response.content.decode()) == (200, True), path
