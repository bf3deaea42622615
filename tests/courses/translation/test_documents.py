import pytest

from courses.translation.documents import TextError, parse_document
from courses.translation.tree import BrokenFiles, read_texts, write_ids
from courses.translation.writing import add_ids, write_document
from tests.courses.translation.small import FILES, edit, write_small

LESSON = "content/kits/small/01-first/01-one.md"


def test_a_file_is_read_into_flat_addresses():
    document = parse_document(FILES[LESSON], LESSON)
    assert (document.id, document.type, document.flat["minutes"]) == ("one", "lesson", 10)
    assert document.flat["#"] == [
        ["text", "opening"],
        ["steps", "path"],
        ["question", "check"],
        ["reflection", "words"],
    ]
    assert document.flat["path.items#"] == ["begin", "go-on"]
    assert document.flat["path.begin.text"] == "With **one** word."
    assert document.flat["check.that.correct"] is False
    assert document.flat["words.rows"] == 5


@pytest.mark.parametrize(
    ("old", "new", "line", "part"),
    [
        ("---\nid: one", "id: one", 1, "YAML between two lines"),
        ("id: one\n", "", 2, "the page has no id"),
        ("id: one", "id: One!", 2, "cannot be the id"),
        ("type: lesson", "type: chapter", 3, "type must be one of"),
        ("title: Lesson one", "title: Lesson: one", 5, "a value with a colon needs quotes"),
        ("minutes: 10", "minutes: ten", 7, "a number from 1 to 240"),
        ("minutes: 10", "length: 10", 7, "“length” is not a field here"),
        ("aim: You read.\n", "", 2, "“aim” is missing"),
        ("::: text opening", "::: text", 10, "this block has no id"),
        ("::: text opening", "::: poem opening", 10, "“poem” is not a block"),
        ("The bus leaves.", "The **bus leaves.", 11, "never closed"),
        ("page:small)", "javascript:x)", 11, "not an address"),
        ("- id: go-on\n  title", "- title", 22, "has no id"),
        ("- id: go-on", "- id: begin", 22, "used twice"),
        ("  correct: true", "  correct: perhaps", 31, "true or false"),
        ("::: reflection words", "::: reflection opening", 39, "used twice on this page"),
        ("booklet: B1\n:::", "booklet: B1", 39, "not closed"),
        ("::: reflection words", "words\n\n::: reflection words", 39, "text stands in a block"),
    ],
)
def test_a_fault_is_named_with_file_and_line(old, new, line, part):
    assert old in FILES[LESSON]
    with pytest.raises(TextError, match=part) as caught:
        parse_document(FILES[LESSON].replace(old, new, 1), LESSON)
    assert str(caught.value).startswith(f"{LESSON}:{line}: ")


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (LESSON, "page:small", "page:nowhere", f"{LESSON}:11: page:nowhere leads to no page"),
        (LESSON, "correct: true", "correct: false", f"{LESSON}:26: no answer is right"),
        (LESSON, "correct: false", "correct: true", f"{LESSON}:26: more than one answer is right"),
        (
            LESSON,
            "booklet: B1",
            "booklet: B1\npulls: B1",
            f"{LESSON}:43: “B1” is no earlier page of this kit's booklet",
        ),
        (
            "content/site/privacy.md",
            "slug: privacy",
            "slug: forums",
            "content/site/privacy.md:4: /forums/ belongs to the hub",
        ),
        (
            "content/site/privacy.md",
            "id: privacy",
            "id: home",
            "content/site/privacy.md:2: content/site/home.md has the same id",
        ),
        (
            LESSON,
            "::: reflection words",
            "::: image seats\nimage: seats.svg\nalt: Seats\n:::\n\n::: reflection words",
            f"{LESSON}:40: there is no content/images/seats.svg",
        ),
    ],
)
def test_what_one_file_cannot_know_is_checked_too(tmp_path, path, old, new, said):
    write_small(tmp_path, italian=False)
    edit(tmp_path, path, old, new)
    with pytest.raises(BrokenFiles) as caught:
        read_texts(tmp_path)
    assert said in str(caught.value)


def test_a_reflection_may_pull_what_stands_before_it(tmp_path):
    write_small(tmp_path, italian=False)
    more = "\n::: reflection again\ntitle: Again\nprompt: And now?\nbooklet: B2\npulls: B1\n:::\n"
    edit(tmp_path, LESSON, "booklet: B1\n:::\n", f"booklet: B1\n:::\n{more}")
    assert read_texts(tmp_path).documents["one"].flat["again.pulls"] == "B1"


def test_all_broken_files_are_named_at_once(tmp_path):
    write_small(tmp_path, italian=False)
    edit(tmp_path, LESSON, "minutes: 10", "minutes: ten")
    edit(tmp_path, "content/kits/small/kit.md", "hours: 1", "hours: many")
    with pytest.raises(BrokenFiles) as caught:
        read_texts(tmp_path)
    assert [error.path for error in caught.value.errors] == ["content/kits/small/kit.md", LESSON]


def test_missing_ids_are_written_once_and_then_stay():
    text = (
        FILES[LESSON].replace("id: one\n", "").replace("::: text opening", "::: text").replace("- id: go-on\n  ", "- ")
    )
    made = add_ids(text, LESSON)
    document = parse_document(made, LESSON)
    assert document.flat["path.items#"][0] == "begin"
    assert document.flat[f"path.{document.flat['path.items#'][1]}.title"] == "Go on"
    assert add_ids(made, LESSON) == made


def test_writing_ids_leaves_complete_files_alone(tmp_path):
    write_small(tmp_path, italian=False)
    edit(tmp_path, LESSON, "::: text opening", "::: text")
    assert write_ids(tmp_path) == [LESSON]
    assert write_ids(tmp_path) == []


def test_a_changed_block_is_written_anew_and_its_neighbours_stay_as_they_were():
    odd = FILES[LESSON].replace("title: My words", "title:   'My words'   # a note")
    document = parse_document(odd, LESSON)
    flat = {**document.flat, "path.begin.title": "Start"}
    assert write_document("one", document.kind, flat, document) == odd.replace("title: Begin", "title: Start")
