import pytest

from courses.translation.export import write_catalogs
from courses.translation.po import fault_in
from courses.translation.tree import BrokenFiles, read_texts
from tests.courses.translation.small import contents, edit, write_small

KIT = "locale/it/kits/small.po"


@pytest.fixture
def root(tmp_path):
    return write_small(tmp_path)


def test_a_po_file_holds_every_text_with_its_address(root):
    text = (root / KIT).read_text(encoding="utf-8")
    assert 'msgctxt "one#path.begin.text"\nmsgid "With <b>one</b> word."\nmsgstr "it With <b>one</b> word."' in text
    assert 'msgctxt "one#opening.text"\nmsgid "The bus leaves. See <a id=\\"a1\\">the kit</a>."' in text
    assert "B1" not in text  # a code is the same in every language


def test_writing_again_changes_nothing(root):
    before = contents(root)
    assert write_catalogs(read_texts(root)) == []
    assert contents(root) == before


def test_new_english_waits_for_a_translation_and_the_old_one_is_kept_at_the_end(root):
    edit(root, "content/kits/small/01-first/01-one.md", "title: Begin", "title: Start")
    assert KIT in write_catalogs(read_texts(root))
    text = (root / KIT).read_text(encoding="utf-8")
    assert 'msgid "Start"\nmsgstr ""' in text
    assert '#~ msgid "Begin"\n#~ msgstr "it Begin"' in text
    read_texts(root)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('msgstr "it With <b>one</b> word."', 'msgstr "it With one word."', "the same tags"),
        (
            'msgstr "it The bus leaves. See <a id=\\"a1\\">',
            'msgstr "it The bus leaves. See <a id=\\"a2\\">',
            "each <a id",
        ),
        ('msgctxt "one#path.begin.text"', 'msgctxt "other#path.begin.text"', "does not belong in this file"),
        ('msgctxt "one#path.begin.text"', '#, fuzzy\nmsgctxt "one#path.begin.text"', "fuzzy"),
        ('"Language: it\\n"', '"Language: el\\n"', "it must be it"),
        ('msgstr "it Begin"', "msgstr it Begin", "not of a PO file"),
    ],
)
def test_a_bad_entry_is_refused_with_file_and_line(root, old, new, part):
    edit(root, KIT, old, new)
    with pytest.raises(BrokenFiles, match=part) as caught:
        read_texts(root)
    (error,) = caught.value.errors
    line = (root / KIT).read_text(encoding="utf-8").split("\n")[error.line - 1]
    assert error.path == KIT
    assert error.line == 1 or line.startswith(("msgctxt", "#", "msgstr"))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a <b>b</b>", "<b>b</b> a"),
        ('<a id="a1">x</a> <a id="a2">y</a>', '<a id="a2">y</a> <a id="a1">x</a>'),
        ("{count} of them", "di loro {count}"),
        ("2 &lt; 3", "2 &lt; 3"),
        ("one<br/><br/>two", "uno<br/><br/>due"),
        ("one<br/>two", "uno due"),
    ],
)
def test_a_translation_may_move_what_it_keeps(source, text):
    assert fault_in(source, text) is None


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a", "<script>alert(1)</script>"),
        ("a <b>b</b>", "a <b>b"),
        ("{count} of them", "di loro"),
        ("a", "a "),
        ("a", "a<br/>"),
        ('<a id="a1">x</a>', '<a id="a1" href="javascript:x">x</a>'),
        ("2 &lt; 3", "2 < 3"),
    ],
)
def test_a_translation_that_would_spoil_a_page_is_refused(source, text):
    assert fault_in(source, text)


@pytest.mark.parametrize(
    ("translation", "read_as"),
    [
        ("Διάλεξε εσύ πότε διαβάζεις, πού γράφεις και ποιος το βλέπει κάθε φορά", "el"),
        ("Scegli tu quando leggere, dove scrivere e chi può vedere quello che scrivi", None),
        ("You choose when you read, where you write and who may see what you write", None),
    ],
    ids=["greek", "italian", "english"],
)
def test_a_file_in_another_language_is_refused(root, translation, read_as):
    """English is left to `make lint`, which names each text."""
    lines = "\n\n".join(f"Paragraph {n} says what a woman may choose for herself here." for n in range(25))
    edit(root, "content/kits/small/01-first/01-one.md", "The bus leaves.", f"{lines}\n\nThe bus leaves.")
    write_catalogs(
        read_texts(root, catalogs=False),
        lambda language, document, segment: (
            translation if language == "it" and segment.text.startswith("Paragraph") else ""
        ),
    )
    if not read_as:
        read_texts(root)
        return
    with pytest.raises(BrokenFiles, match=f"{KIT}:1: these translations read like “{read_as}”; the file is for it"):
        read_texts(root)
