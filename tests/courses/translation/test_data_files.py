"""The glossary (content/glossary.yaml), as an example of a data file."""

import pytest
from django.core.management import CommandError, call_command

from courses.models import GlossaryTerm
from courses.translation.data import parse_data
from courses.translation.documents import TextError
from courses.translation.export import export_texts, write_catalogs
from courses.translation.hub import drift
from courses.translation.load import load_texts
from courses.translation.tree import read_texts
from tests.courses.translation.small import contents, edit, translate_all, write_small

GLOSSARY = "content/glossary.yaml"
PO = "locale/it/glossary.po"
TEXT = """\
# Words of the kits.

- id: network
  term: network
  definition: |
    People you can ask.

- id: peer
  term: peer
  definition: Someone in a like place & time.
  see: [network]
- id: sponsor
  term: sponsor
  definition: |
    Somebody who speaks for you.
    Also when you are not there.
  see: [peer, network]
"""


@pytest.fixture
def root(tmp_path, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    write_small(tmp_path, italian=False)
    (tmp_path / GLOSSARY).write_text(TEXT, encoding="utf-8")
    translate_all(tmp_path)
    return tmp_path


def load(root):
    return load_texts(read_texts(root))


def term(key):
    return GlossaryTerm.objects.get(key=key)


def change(key, **texts):
    """An editor's change in the browser."""
    row = term(key)
    for name, value in texts.items():
        setattr(row, name, value)
    row.save()


@pytest.mark.django_db
def test_entries_become_rows_in_each_language(root):
    report = load(root)
    assert GLOSSARY in report.changed
    sponsor = term("sponsor")
    assert (sponsor.term_en, sponsor.term_it, sponsor.term_hu) == ("sponsor", "it sponsor", None)
    assert sponsor.definition_en == "Somebody who speaks for you.\nAlso when you are not there."
    assert sponsor.definition_it == "it Somebody who speaks for you.\nAlso when you are not there."
    assert term("peer").definition_it == "it Someone in a like place & time."
    assert (sponsor.see, term("network").see) == (["peer", "network"], [])


@pytest.mark.django_db
def test_a_second_load_changes_nothing_and_an_export_leaves_every_byte(root):
    load(root)
    before, times = contents(root), list(GlossaryTerm.objects.values_list("updated_at", flat=True))
    report = load(root)
    assert (report.changed, report.kept, drift(read_texts(root)), export_texts(read_texts(root))) == ([], [], [], [])
    assert contents(root) == before
    assert list(GlossaryTerm.objects.values_list("updated_at", flat=True)) == times


@pytest.mark.django_db
def test_what_changed_in_the_file_follows_and_its_old_translation_goes(root):
    load(root)
    edit(root, GLOSSARY, "People you can ask.", "People you know.")
    load(root)
    assert (term("network").definition_en, term("network").definition_it) == ("People you know.", "")
    assert term("network").term_it == "it network"


@pytest.mark.django_db
def test_an_editors_change_is_never_overwritten(root):
    load(root)
    change("network", definition="Hers.", definition_it="Sua.")
    edit(root, GLOSSARY, "People you can ask.", "People you know.")
    edit(root, GLOSSARY, "term: peer", "term: equal")
    report = load(root)
    assert (term("network").definition_en, term("network").definition_it) == ("Hers.", "Sua.")
    assert term("peer").term_en == "equal"
    assert [line for line in report.kept if line.startswith(GLOSSARY)] == [
        f"{GLOSSARY}: an editor changed network.definition; that was left alone",
        f"{GLOSSARY} (it): an editor changed network.definition; that was left alone",
    ]
    again = load(root)
    assert (again.changed, term("network").definition_en) == ([], "Hers.")


@pytest.mark.django_db
def test_a_term_an_editor_deleted_stays_deleted_and_one_without_entry_goes(root):
    load(root)
    term("sponsor").delete()
    text = (root / GLOSSARY).read_text()
    (root / GLOSSARY).write_text(text.replace("- id: network\n", "- id: networks\n").replace("[network]", "[networks]"))
    edit(root, GLOSSARY, "[peer, network]", "[peer]")
    load(root)
    assert sorted(GlossaryTerm.objects.values_list("key", flat=True)) == ["networks", "peer"]


@pytest.mark.django_db
def test_a_term_of_an_editor_comes_out_into_the_files_and_nothing_else_moves(root):
    load(root)
    GlossaryTerm.objects.create(
        key="open-question", term="open question", definition="It begins with: how.", see=["peer"]
    )
    change("network", term_it="rete")
    assert drift(read_texts(root)) == [
        f"{GLOSSARY}: differs in terms#, open-question.term, open-question.definition and 1 more",
        f"{PO}: differs in network.term",
    ]
    assert sorted(
        path for path in export_texts(read_texts(root)) if "glossary" in path and "/it/" in path + "/it/"
    ) == [
        GLOSSARY,
        *(f"locale/{code}/glossary.po" for code in ("el", "hu", "it", "sv")),
    ]
    made = '- id: open-question\n  term: open question\n  definition: "It begins with: how."\n  see: [peer]\n'
    assert (root / GLOSSARY).read_text() == TEXT.replace("- id: peer\n", made + "- id: peer\n")
    assert 'msgctxt "glossary#network.term"\nmsgid "network"\nmsgstr "rete"' in (root / PO).read_text()
    assert (load(root).changed, drift(read_texts(root))) == ([], [])


@pytest.mark.django_db
def test_a_term_deleted_in_the_browser_goes_from_the_file(root):
    load(root)
    change("sponsor", see=[])
    change("peer", see=[])
    term("network").delete()
    export_texts(read_texts(root))
    assert "id: network" not in (root / GLOSSARY).read_text()
    assert (load(root).changed, drift(read_texts(root))) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- id: peer\n", "- id: Peer\n", "8: “Peer” cannot be the id"),
        ("- id: peer\n", "- id: network\n", "8: the id “network” is used twice"),
        ("- id: peer\n", "- id: aim\n", "8: “aim” stands after “network”: sort the entries by id"),
        ("  term: peer\n", "", "8: “term” is missing"),
        ("  term: peer\n", "  term: peer\n  colour: red\n", "10: “colour” is not a field here"),
        ("  see: [network]\n", "  see: network\n", "11: “see” is a list: [one, two]"),
        ("  see: [network]\n", "  see: [network, network]\n", "11: “see” names something twice"),
        ("- id: peer\n", "- term: x\n", "8: this item of “terms” has no id: write one"),
        ("- id: network\n", "- id: [network\n", "4: "),
    ],
    ids=["bad-id", "same-id", "order", "no-term", "unknown-field", "no-list", "twice", "no-id", "yaml"],
)
def test_a_broken_entry_is_refused_with_its_line(old, new, message):
    with pytest.raises(TextError) as error:
        parse_data(TEXT.replace(old, new), "glossary")
    assert str(error.value).startswith(f"{GLOSSARY}:{message}")


@pytest.mark.django_db
def test_a_dead_related_term_and_a_broken_catalog_load_nothing(root, settings):
    settings.BASE_DIR = root
    edit(root, GLOSSARY, "see: [network]", "see: [gone]")
    with pytest.raises(
        CommandError, match=rf"{GLOSSARY}:11: “gone” is no other entry of this file\nNothing was loaded"
    ):
        call_command("load_kits")
    edit(root, GLOSSARY, "see: [gone]", "see: [network]")
    edit(root, PO, "it network", "it <b>network")
    with pytest.raises(CommandError, match=rf"{PO}:\d+: the translation must have the same tags"):
        call_command("load_kits")
    assert not GlossaryTerm.objects.exists()


def test_po_files_need_no_database(root):
    assert write_catalogs(read_texts(root)) == []
    edit(root, GLOSSARY, "term: peer", "term: equal")
    assert PO in write_catalogs(read_texts(root))
    assert 'msgctxt "glossary#peer.term"\nmsgid "equal"\nmsgstr ""' in (root / PO).read_text()
