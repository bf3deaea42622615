"""Texts out as PO files, and back: merged with what the hub holds by then."""

import polib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from courses.models import TextConflict, TextExport, TextImport
from courses.translation.applying import Applying, apply_import
from courses.translation.conflicts import decide, with_ours
from courses.translation.export import export_texts
from courses.translation.held import read_texts_of, translatable_pages
from courses.translation.ids import page_key
from courses.translation.incoming import Refused, language_in, read_po
from courses.translation.load import load_texts
from courses.translation.outgoing import export_file, export_zip
from courses.translation.rows import sync_source
from courses.translation.tree import read_texts
from tests.courses.translation.exchanged import bring_in, bytes_of, entry, look, taken_out, verdicts
from tests.courses.translation.small import edit, write_small

pytestmark = pytest.mark.django_db
LESSON = "content/kits/small/01-first/01-one.md"
KIT_PO = "locale/it/kits/small.po"
BEGIN, GO_ON = "one#path.begin.title", "one#path.go-on.title"


@pytest.fixture
def root(tmp_path, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    write_small(tmp_path)
    load_texts(read_texts(tmp_path))
    return tmp_path


def load(root):
    return load_texts(read_texts(root))


def lesson(language="it"):
    return Page.objects.get(translation_key=page_key("one"), locale__language_code=language).specific


def titles():
    return [item["title"] for item in lesson().body[1].value["items"]]


def translate(old, new):
    """Somebody changes a translation in the hub."""
    row = StringTranslation.objects.get(data=old)
    row.data = new
    row.save()


def change_english(title):
    """The author gives the first step another title; the translations are told."""
    page = lesson("en")
    page.body[1].value["items"][0]["title"] = title
    page.save_revision().publish()
    sync_source(lesson("en"))


# Out ---------------------------------------------------------------------------------------------


def test_a_download_says_the_same_as_the_file_in_git_and_twice_the_same_bytes(root):
    def said(po):
        return [(e.msgctxt, e.msgid, e.msgstr) for e in po]

    assert said(taken_out()) == said(polib.pofile(str(root / KIT_PO)))
    assert export_file(language="it", scope="small") == export_file(language="it", scope="small")
    packed = {"languages": ["it", "el"], "scopes": ["small", "site"]}
    assert export_zip(**packed) == export_zip(**packed)
    assert TextExport.objects.count() == 4  # once each, however often it is taken out


def test_a_module_is_a_part_of_its_kit(root):
    assert {e.msgctxt.partition("#")[0] for e in taken_out(scope="small/first")} == {"first", "one"}


def test_a_changed_text_goes_out_fuzzy_with_its_older_translation(root):
    change_english("Start")
    line = entry(taken_out(), BEGIN)
    assert (line.msgid, line.msgstr, line.fuzzy, line.previous_msgid) == ("Start", "it Begin", True, "Begin")
    assert [e.msgctxt for e in taken_out(todo=True)] == [BEGIN]
    assert not entry(taken_out(), GO_ON).fuzzy


def test_a_download_takes_the_same_statements_for_one_page_and_for_all(root):
    def statements(pages):
        with CaptureQueriesContext(connection) as found:
            read_texts_of(pages, "it", older=True)
        return len(found)

    pages = [page for page in translatable_pages().values() if not page.is_data]
    assert len(pages) == 6
    # locale, what was loaded, segments, translations; for the older ones: segments, sources, translations, states.
    assert statements(pages[:1]) == statements(pages) == 8


# Back --------------------------------------------------------------------------------------------


def test_nothing_changed_is_nothing_to_do(root):
    plan = look(taken_out())
    assert (plan.items, set(plan.counts)) == ([], {"same"})


def test_what_the_file_changed_is_taken_and_published(root, make_user):
    user = make_user("editor-it")
    po = taken_out()
    entry(po, BEGIN).msgstr = "Comincia"
    plan = look(po)
    assert verdicts(plan) == {BEGIN: ("changed", "")}
    row = bring_in(plan, user=user)
    assert titles() == ["Comincia", "it Go on"]
    assert (row.state, row.results) == ("applied", {"written": 1, "published": 1, "done": ["one"]})
    written = StringTranslation.objects.get(data="Comincia")
    assert (written.last_translated_by, written.tool_name) == (user, "upload")
    assert export_texts(read_texts(root)) == [KIT_PO]
    assert 'msgstr "Comincia"' in (root / KIT_PO).read_text(encoding="utf-8")


def test_who_may_not_publish_leaves_a_draft(root):
    po = taken_out()
    entry(po, BEGIN).msgstr = "Comincia"
    assert bring_in(look(po), publish=False).results["draft"] == 1
    assert titles() == ["it Begin", "it Go on"]
    assert lesson().get_latest_revision_as_object().body[1].value["items"][0]["title"] == "Comincia"


def test_what_the_hub_changed_meanwhile_stays_and_only_both_is_a_conflict(root):
    po = taken_out()
    translate("it Begin", "Comincia")
    translate("it Go on", "Continua")
    assert verdicts(look(po)) == {BEGIN: ("kept", ""), GO_ON: ("kept", "")}
    entry(po, GO_ON).msgstr = "Vai avanti"
    plan = look(po)
    assert verdicts(plan) == {GO_ON: ("conflict", ""), BEGIN: ("kept", "")}
    item = plan.items[0]
    assert (item["base"], item["ours"], item["theirs"]) == ("it Go on", "Continua", "Vai avanti")


def test_a_conflict_is_as_chosen_and_open_without_a_choice(root):
    po = taken_out()
    translate("it Go on", "Continua")
    entry(po, GO_ON).msgstr = "Vai avanti"
    bring_in(look(po), choice="ours")
    assert not TextConflict.objects.exists()
    assert bring_in(look(po)).results == {"open": 1, "done": ["one"]}
    conflict = TextConflict.objects.get()
    assert with_ours([conflict])[0].ours == "Continua"
    decide(conflict=conflict, choice="theirs", user=None, publish=True)
    assert titles() == ["it Begin", "Vai avanti"]
    assert not TextConflict.objects.exists()


def test_what_changed_after_the_look_is_not_overwritten(root):
    po = taken_out()
    entry(po, BEGIN).msgstr = "Comincia"
    plan = look(po)
    translate("it Begin", "Inizia")
    assert bring_in(plan).results["open"] == 1
    assert StringTranslation.objects.filter(data="Inizia").exists()
    assert TextConflict.objects.get().theirs == "Comincia"


def test_a_translation_of_older_english_is_kept_as_the_older_translation(root):
    po = taken_out()
    StringTranslation.objects.filter(data="it Begin").delete()
    entry(po, BEGIN).msgstr = "Comincia"
    change_english("Start")
    plan = look(po)
    assert verdicts(plan) == {BEGIN: ("behind", "")}
    assert bring_in(plan).results["older"] == 1
    line = entry(taken_out(), BEGIN)
    assert (line.msgid, line.msgstr, line.fuzzy) == ("Start", "Comincia", True)


def test_fuzzy_and_empty_entries_are_passed_over_with_a_note(root):
    po = taken_out()
    entry(po, BEGIN).msgstr, entry(po, BEGIN).flags = "Comincia", ["fuzzy"]
    entry(po, GO_ON).msgstr = ""
    plan = look(po)
    assert verdicts(plan) == {BEGIN: ("fuzzy", "")}
    assert (plan.counts["fuzzy"], plan.counts["empty"]) == (1, 1)


def test_a_run_that_is_cut_off_goes_on_where_it_ended(root, monkeypatch):
    po = taken_out()
    entry(po, "small#title").msgstr = "Il piccolo kit"
    entry(po, BEGIN).msgstr = "Comincia"
    plan = look(po)
    whole, seen = Applying.write_page, []

    def dies(self, page):
        seen.append(page.id)
        if len(seen) == 2:
            whole(self, page)
            raise SystemExit
        return whole(self, page)

    monkeypatch.setattr(Applying, "write_page", dies)
    with pytest.raises(SystemExit):
        bring_in(plan)
    row = TextImport.objects.get()
    assert (row.state, row.results["done"]) == ("applying", ["small"])
    assert titles() == ["it Begin", "it Go on"]  # half a page is not written
    monkeypatch.setattr(Applying, "write_page", whole)
    apply_import.func(row.pk)
    row.refresh_from_db()
    assert (row.state, row.results["written"], titles()[0]) == ("applied", 2, "Comincia")


def test_applying_twice_does_nothing_more(root):
    po = taken_out()
    entry(po, BEGIN).msgstr = "Comincia"
    row = bring_in(look(po))
    apply_import.func(row.pk)
    assert TextImport.objects.get().results == row.results


def test_a_language_without_pages_gets_them(root):
    po = taken_out("el", "site")
    for line in po:
        line.msgstr = f"ελ {line.msgid}"
    row = bring_in(look(po))
    assert row.results["published"] == 3
    po = taken_out("el")
    entry(po, "small#title").msgstr = "Το μικρό κιτ"
    bring_in(look(po))
    assert Page.objects.get(translation_key=page_key("small"), locale__language_code="el").title == "Το μικρό κιτ"
    assert [list(found) for found in Page.find_problems()] == [[]] * 5


# What is refused ---------------------------------------------------------------------------------


def test_entries_that_cannot_be_taken_are_refused_with_their_line_and_the_rest_is_taken(root):
    po = taken_out()
    entry(po, "one#path.begin.text").msgstr = "<b>one"
    entry(po, "one#check.this.text").msgstr = "it This "
    entry(po, "one#check.that.text").msgctxt = "other#title"
    entry(po, "one#words.title").msgctxt = "one#gone.title"
    entry(po, "one#words.prompt").msgctxt = "one"
    entry(po, GO_ON).msgstr = "Continua"
    data = bytes_of(po)
    *refused, taken = look(data).items
    reasons = ["the same tags", "begins or ends", "not in the hub", "no longer on the page", "msgctxt must be"]
    assert [item["verdict"] for item in [*refused, taken]] == ["refused"] * 5 + ["changed"]
    assert all(reason in item["reason"] for reason, item in zip(reasons, refused, strict=True))
    lines = data.decode().split("\n")
    assert [lines[item["line"] - 1].partition(" ")[0] for item in refused] == ["#:"] * 5


def test_an_entry_that_stands_twice_with_two_texts_is_refused_both_times(root):
    data = bytes_of(taken_out()) + b'\nmsgctxt "one#title"\nmsgid "Lesson one"\nmsgstr "Altra"\n'
    assert look(data).counts["refused"] == 2


SOUND = b"""msgid ""
msgstr ""
"Language: it\\n"
"X-Hub-Texts: site\\n"

#: /en
msgctxt "home#title"
msgid "Home"
msgstr "it Home"
"""


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda data: data.decode().encode("utf-16"), "UTF-16"),
        (lambda data: data.replace(b"it Home", "Αρχική".encode("windows-1253")), "not UTF-8"),
        (lambda data: data.replace(b"Language: it", b"Language: fr"), "no translations into"),
        (lambda data: data.replace(b"Language: it", b"Language: en"), "no translations into"),
        (lambda data: data.replace(b'"Language: it\\n"\n', b""), "names no language"),
        (lambda data: data.replace(b"X-Hub-Texts", b"X-WagtailLocalize-TranslationID"), "translation editor"),
        (lambda data: data.replace(b"#", b"_#"), "not a PO file"),
        (lambda data: b"PK\x03\x04" + data, "packed"),
        (lambda data: data + b"\0", "not a text"),
        (lambda data: b"x" * 5_000_001, "larger than 5 MB"),
        (lambda data: b"Dear all, here are the texts.", "not a PO file"),
        (lambda data: b"", "no entry"),
        (lambda data: b"\xef\xbb\xbf# nothing\n", "no entry"),
    ],
)
def test_a_whole_file_is_refused(spoil, message):
    assert language_in(read_po(SOUND)) == "it"
    with pytest.raises(Refused, match=message):
        language_in(read_po(spoil(SOUND)))


def test_a_file_of_another_hub_is_refused(root):
    with pytest.raises(Refused, match="Nothing in this file"):
        look(SOUND.replace(b"home#", b"their-home#"))


def test_the_head_of_a_file_and_what_was_chosen_have_to_agree():
    with pytest.raises(Refused, match="says Language: it, but you chose el"):
        language_in(read_po(SOUND), "el")


def test_a_byte_order_mark_other_line_ends_and_a_country_are_no_fault(root):
    po = taken_out()
    po.metadata["Language"] = "it_IT"
    entry(po, BEGIN).msgstr = "Comincia"
    data = b"\xef\xbb\xbf" + bytes_of(po).replace(b"\n", b"\r\n")
    assert verdicts(look(data)) == {BEGIN: ("changed", "")}


def test_a_file_in_another_language_than_its_head_says_is_refused(root, monkeypatch):
    monkeypatch.setattr("courses.translation.po.MANY_TEXTS", 3)
    po = taken_out("el", "site")
    for line in po:
        line.msgstr = "Scegli tu quando leggere, dove scrivere e chi può vedere quello che scrivi ogni volta"
    with pytest.raises(Refused, match="read like “it”"):
        look(po)


# load_kits and export_kits -----------------------------------------------------------------------


def both_change(root):
    translate("it Begin", "Comincia")
    edit(root, KIT_PO, 'msgstr "it Begin"', 'msgstr "it Start"')
    return load(root)


def test_a_load_lists_what_both_sides_changed_and_an_export_leaves_it_alone(root):
    report = both_change(root)
    assert report.notes[-1].startswith("1 texts were changed both in the hub and in the files")
    conflict = TextConflict.objects.get()
    assert (conflict.base, conflict.theirs, with_ours([conflict])[0].ours) == ("it Begin", "it Start", "Comincia")
    assert export_texts(read_texts(root)) == []
    load(root)
    assert TextConflict.objects.get().pk == conflict.pk


def test_keeping_the_hubs_text_brings_it_into_the_file(root):
    both_change(root)
    decide(conflict=TextConflict.objects.get(), choice="ours", user=None, publish=True)
    load(root)
    assert not TextConflict.objects.exists()
    assert export_texts(read_texts(root)) == [KIT_PO]
    assert 'msgstr "Comincia"' in (root / KIT_PO).read_text(encoding="utf-8")


def test_taking_the_files_text_leaves_nothing_to_load(root):
    both_change(root)
    decide(conflict=TextConflict.objects.get(), choice="theirs", user=None, publish=True)
    assert titles()[0] == "it Start"
    assert (load(root).changed, TextConflict.objects.count()) == ([], 0)


def test_an_agreement_in_the_file_ends_a_conflict(root):
    both_change(root)
    edit(root, KIT_PO, 'msgstr "it Start"', 'msgstr "Comincia"')
    load(root)
    assert not TextConflict.objects.exists()


def test_what_is_changed_in_the_file_after_an_export_is_no_conflict(root):
    translate("it Begin", "Comincia")
    export_texts(read_texts(root))
    edit(root, KIT_PO, 'msgstr "Comincia"', 'msgstr "Inizia"')
    assert load(root).kept == []
    assert titles()[0] == "Inizia"


def test_an_export_that_is_thrown_away_loses_nothing(root):
    before = (root / KIT_PO).read_text(encoding="utf-8")
    translate("it Begin", "Comincia")
    export_texts(read_texts(root))
    (root / KIT_PO).write_text(before, encoding="utf-8")
    load(root)
    assert export_texts(read_texts(root)) == [KIT_PO]
    assert 'msgstr "Comincia"' in (root / KIT_PO).read_text(encoding="utf-8")


@pytest.mark.parametrize(("choice", "title"), [("ours", "Begin gently"), ("theirs", "Start")])
def test_english_that_both_sides_changed_is_decided_too(root, choice, title):
    page = lesson("en")
    page.body[1].value["items"][0]["title"] = "Begin gently"
    page.save_revision().publish()
    edit(root, LESSON, "title: Begin", "title: Start")
    load(root)
    conflict = TextConflict.objects.get(language="en")
    assert (conflict.base, conflict.theirs, with_ours([conflict])[0].ours) == ("Begin", "Start", "Begin gently")
    decide(conflict=conflict, choice=choice, user=None, publish=True)
    assert lesson("en").body[1].value["items"][0]["title"] == title
    export_texts(read_texts(root))
    assert f"  title: {title}\n" in (root / LESSON).read_text(encoding="utf-8")
    load(root)
    assert not TextConflict.objects.filter(language="en").exists()
