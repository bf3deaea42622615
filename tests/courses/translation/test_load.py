import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from courses.models import LoadedText
from courses.translation.export import export_texts
from courses.translation.hub import drift
from courses.translation.ids import block_uuid, page_key
from courses.translation.load import load_texts
from courses.translation.tree import BrokenFiles, read_texts
from tests.courses.translation.small import contents, edit, translate_all, write_small

pytestmark = pytest.mark.django_db
LESSON = "content/kits/small/01-first/01-one.md"
KIT_PO = "locale/it/kits/small.po"


@pytest.fixture
def root(tmp_path, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}  # nobody searches here
    return write_small(tmp_path)


def load(root):
    return load_texts(read_texts(root))


def page(page_id, language="en"):
    return Page.objects.get(translation_key=page_key(page_id), locale__language_code=language).specific


def change_step(title):
    """An editor gives the first step of the lesson another title and publishes."""
    lesson = page("one")
    lesson.body[1].value["items"][0]["title"] = title
    lesson.save_revision().publish()


def test_files_become_a_tree_in_each_language_that_has_text(root):
    report = load(root)
    assert len(report.changed) == 12
    assert [note for note in report.notes if note.startswith("small:")] == [
        f"small: no {language} text yet; its pages are not shown in that language" for language in ("el", "hu", "sv")
    ]
    assert [list(problems) for problems in Page.find_problems()] == [[]] * 5
    lesson, italian = page("one"), page("one", "it")
    assert (lesson.url_path, italian.url_path) == ("/home/kits/small/first/one/", "/home-it/kits/small/first/one/")
    assert (lesson.live, italian.live, italian.title) == (True, True, "it Lesson one")
    assert italian.body[1].value["items"][0]["text"].source == "<p>it With <b>one</b> word.</p>"
    ids = [str(block_uuid("one", name)) for name in ("opening", "path", "check", "words")]
    assert [block.id for block in lesson.body] == [block.id for block in italian.body] == ids
    assert f'<a id="{page("small").pk}" linktype="page">the kit</a>' in lesson.body[0].value.source
    assert {t.get_progress()[0] - t.get_progress()[1] for t in Translation.objects.all()} == {0}


def test_a_second_load_changes_nothing(root):
    load(root)
    before = list(Page.objects.order_by("pk").values_list("latest_revision_id", flat=True))
    report = load(root)
    assert (report.changed, report.kept) == ([], [])
    assert list(Page.objects.order_by("pk").values_list("latest_revision_id", flat=True)) == before
    assert drift(read_texts(root)) == []


def test_the_command_says_that_nothing_changed_without_reading_the_files(root, settings, capsys, monkeypatch):
    settings.BASE_DIR = root
    call_command("load_kits")
    assert capsys.readouterr().out.endswith("12 pages loaded\n")
    monkeypatch.setattr("hub.management.commands.load_kits.read_texts", None)
    call_command("load_kits")
    assert capsys.readouterr().out == "nothing changed\n"


def test_loading_and_exporting_gives_the_same_files(root):
    load(root)
    before = contents(root)
    assert export_texts(read_texts(root)) == []
    assert contents(root) == before


def test_an_editors_change_survives_a_load_and_the_rest_follows_the_file(root):
    load(root)
    change_step("Begin gently")
    edit(root, LESSON, "title: Begin", "title: Start")
    edit(root, LESSON, "title: Go on", "title: Go further")
    report = load(root)
    titles = [item["title"] for item in page("one").body[1].value["items"]]
    assert titles == ["Begin gently", "Go further"]
    assert report.kept == [f"{LESSON}: an editor changed path.begin.title; that was left alone"]


def test_an_editors_change_comes_out_in_the_file(root):
    load(root)
    change_step("Begin gently")
    assert export_texts(read_texts(root)) == [
        LESSON,
        *(f"locale/{code}/kits/small.po" for code in ("it", "el", "hu", "sv")),
    ]
    assert "  title: Begin gently\n" in (root / LESSON).read_text(encoding="utf-8")
    assert load(root).kept == []
    assert drift(read_texts(root)) == []


def test_what_an_editor_changed_and_exported_can_be_translated_in_the_file(root):
    load(root)
    change_step("Begin gently")
    export_texts(read_texts(root))
    edit(root, KIT_PO, 'msgid "Begin gently"\nmsgstr ""', 'msgid "Begin gently"\nmsgstr "it Begin gently"')
    load(root)
    assert page("one", "it").body[1].value["items"][0]["title"] == "it Begin gently"
    assert load(root).changed == []


def test_a_block_that_an_editor_added_stays_and_comes_out_with_its_uuid(root):
    load(root)
    lesson = page("one")
    lesson.body.append(("key_idea", "<p>Keep this.</p>"))
    lesson.save_revision().publish()
    made = page("one").body[4].id
    edit(root, LESSON, "minutes: 10", "minutes: 11")
    load(root)
    assert [block.id for block in page("one").body][4] == made
    export_texts(read_texts(root))
    assert f"::: key-idea {made}\nKeep this.\n:::" in (root / LESSON).read_text(encoding="utf-8")


def test_a_block_that_an_editor_removed_stays_away(root):
    load(root)
    lesson = page("one")
    del lesson.body[3]
    lesson.save_revision().publish()
    edit(root, LESSON, "prompt: What do you think?", "prompt: What now?")
    load(root)
    assert [block.block_type for block in page("one").body] == ["text", "steps", "question"]


def test_an_editors_translation_survives_a_load(root):
    load(root)
    row = StringTranslation.objects.get(data="it Begin")
    row.data = "Comincia"
    row.save()
    edit(root, KIT_PO, 'msgstr "it Begin"', 'msgstr "it Start"')
    edit(root, KIT_PO, 'msgstr "it Go on"', 'msgstr "it Go further"')
    report = load(root)
    titles = [item["title"] for item in page("one", "it").body[1].value["items"]]
    assert titles == ["Comincia", "it Go further"]
    assert report.kept == [f"{LESSON} (it): an editor changed 1 texts; they were left alone"]


def test_a_draft_is_left_alone(root):
    load(root)
    lesson = page("one")
    lesson.title = "Unfinished"
    lesson.save_revision()
    edit(root, LESSON, "title: Lesson one", "title: Lesson 1")
    assert load(root).kept == [f"{LESSON}: an editor has a draft of this page; it was left alone"]
    assert (page("one").title, page("one").get_latest_revision_as_object().title) == ("Lesson one", "Unfinished")


def test_a_page_that_an_editor_deleted_stays_deleted(root):
    load(root)
    page("privacy").delete()
    edit(root, "content/site/privacy.md", "little", "very little")
    assert load(root).kept[0] == "content/site/privacy.md: an editor deleted this page; it stays deleted"
    assert not Page.objects.filter(translation_key=page_key("privacy"), locale__language_code="en").exists()


def lessons(language):
    """The slugs of the lessons of the small kit's first module, in order."""
    return list(page("first", language).get_children().values_list("slug", flat=True))


def add_lesson(root, name, page_id):
    text = (
        (root / LESSON)
        .read_text(encoding="utf-8")
        .replace("id: one", f"id: {page_id}")
        .replace("slug: one", f"slug: {page_id}")
    )
    (root / LESSON).with_name(name).write_text(text, encoding="utf-8")
    translate_all(root)


def test_a_new_lesson_takes_its_place_among_the_others_in_each_language(root):
    add_lesson(root, "03-three.md", "three")
    load(root)
    add_lesson(root, "02-two.md", "two")
    add_lesson(root, "00-zero.md", "zero")
    load(root)
    assert lessons("en") == lessons("it") == ["zero", "one", "two", "three"]
    assert [list(problems) for problems in Page.find_problems()] == [[]] * 5


def test_an_order_that_an_editor_made_is_left_alone(root):
    add_lesson(root, "02-two.md", "two")
    load(root)
    page("two").move(page("one"), pos="left")
    (root / LESSON).rename(root / "content/kits/small/01-first/05-one.md")
    add_lesson_text = (root / "content/kits/small/01-first/05-one.md").read_text(encoding="utf-8")
    (root / LESSON).with_name("03-three.md").write_text(
        add_lesson_text.replace("id: one", "id: three").replace("slug: one", "slug: three"), encoding="utf-8"
    )
    translate_all(root)
    assert "first (en): an editor moved its pages; their order was left alone" in load(root).kept
    assert lessons("en") == ["two", "one", "three"]


def test_a_lesson_whose_file_goes_to_another_module_goes_with_it(root):
    load(root)
    module = root / "content/kits/small/02-second/module.md"
    module.parent.mkdir()
    text = (root / "content/kits/small/01-first/module.md").read_text(encoding="utf-8")
    module.write_text(text.replace("id: first", "id: second").replace("slug: first", "slug: second"), encoding="utf-8")
    (root / LESSON).rename(module.with_name("01-one.md"))
    translate_all(root)
    load(root)
    assert page("one").url_path == "/home/kits/small/second/one/"
    assert page("one", "it").url_path == "/home-it/kits/small/second/one/"


def test_a_page_whose_file_is_gone_goes_offline_and_comes_back_with_it(root):
    load(root)
    text = (root / LESSON).read_text(encoding="utf-8")
    (root / LESSON).unlink()
    translate_all(root)
    assert load(root).changed == ["one (en): offline", "one (it): offline"]
    assert (page("one").live, page("one", "it").live) == (False, False)
    (root / LESSON).write_text(text, encoding="utf-8")
    translate_all(root)
    load(root)
    assert (page("one").live, page("one", "it").live) == (True, True)


def test_a_page_whose_file_is_gone_stays_when_an_editor_changed_it(root):
    load(root)
    change_step("Begin gently")
    (root / LESSON).unlink()
    translate_all(root)
    assert load(root).kept == ["one: its file is gone, but an editor changed this page; it was left alone"]
    assert page("one").live


def test_a_broken_file_leaves_the_hub_as_it_was(root, settings):
    settings.BASE_DIR = root
    load(root)
    before = list(Page.objects.order_by("pk").values_list("latest_revision_id", flat=True))
    edit(root, LESSON, "title: Lesson one", "title: Lesson 1")
    edit(root, "content/site/privacy.md", "**little**", "**little")
    with pytest.raises(CommandError, match=r"content/site/privacy.md:9: .*\nNothing was loaded"):
        call_command("load_kits")
    assert list(Page.objects.order_by("pk").values_list("latest_revision_id", flat=True)) == before


def test_check_fails_where_files_and_hub_differ_and_changes_nothing(root, settings, capsys):
    settings.BASE_DIR = root
    load(root)
    call_command("load_kits", check=True)
    assert "files and hub say the same" in capsys.readouterr().out
    edit(root, LESSON, "title: Lesson one", "title: Lesson 1")
    with pytest.raises(CommandError, match=f"{LESSON}: differs in title") as caught:
        call_command("load_kits", check=True)
    assert caught.value.returncode == 1
    assert page("one").title == "Lesson one"


def test_reading_refuses_before_anything_is_written(root):
    edit(root, KIT_PO, 'msgstr "it Begin"', 'msgstr "<b>it</b> Begin"')
    with pytest.raises(BrokenFiles, match=f"{KIT_PO}:"):
        load(root)
    assert not LoadedText.objects.exists()
