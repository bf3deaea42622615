"""Diagrams and terms in text files: loaded, translated, exported and refused."""

import pytest
from wagtail.models import Page

from courses.translation.export import export_texts
from courses.translation.hub import drift
from courses.translation.ids import page_key
from courses.translation.load import load_texts
from courses.translation.tree import BrokenFiles, read_texts
from tests.courses.translation.small import contents, edit, translate_all, write_small

LESSON = "content/kits/small/01-first/01-one.md"
PICTURE = "content/images/way.svg"
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 200">
<path class="d-line" d="M20 100h600"/>
<text data-label="start" data-chars="12" x="80" y="60"/>
<text data-label="goal" data-chars="12" x="560" y="60" text-anchor="end"/>
</svg>
"""
BLOCK = """
::: diagram way
picture: way.svg
alt: A line from left to right.
description: |
  It begins here.

  It ends with a [peer](term:peer).
caption: The way
labels:
- id: start
  text: Where you are
- id: goal
  text: Goal
:::
"""
GLOSSARY = "- id: peer\n  term: peer\n  definition: An equal.\n"


@pytest.fixture
def root(tmp_path, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    write_small(tmp_path, italian=False)
    (tmp_path / "content" / "images").mkdir()
    (tmp_path / PICTURE).write_text(SVG)
    (tmp_path / "content" / "glossary.yaml").write_text(GLOSSARY)
    lesson = tmp_path / LESSON
    lesson.write_text(lesson.read_text() + BLOCK)
    translate_all(tmp_path)
    return tmp_path


@pytest.mark.django_db
def test_a_diagram_reads_in_each_language_and_comes_out_byte_for_byte(root, visitor):
    before = contents(root)
    load_texts(read_texts(root))
    assert (drift(read_texts(root)), export_texts(read_texts(root))) == ([], [])
    assert contents(root) == before
    value = Page.objects.get(translation_key=page_key("one"), locale__language_code="it").specific.body[-1].value
    assert [(label["name"], label["text"]) for label in value["labels"]] == [
        ("start", "it Where you are"),
        ("goal", "it Goal"),
    ]
    assert (value["alt"], value["caption"]) == ("it A line from left to right.", "it The way")
    page = visitor.get("/it/kits/small/first/one/").content.decode()
    assert 'text-anchor="end"' in page
    assert ">it Goal</tspan>" in page
    assert '<a class="term" href="#word-peer" aria-describedby="means-peer">peer</a>' in page
    assert '<dt id="word-peer">it peer</dt>' in page


@pytest.mark.django_db
def test_what_an_editor_changes_in_a_diagram_comes_out_into_the_file(root):
    load_texts(read_texts(root))
    lesson = Page.objects.get(translation_key=page_key("one"), locale__language_code="en").specific
    lesson.body[-1].value["labels"][1]["text"] = "Your goal"
    lesson.save_revision().publish()
    assert LESSON in export_texts(read_texts(root))
    assert BLOCK.replace("  text: Goal", "  text: Your goal") in (root / LESSON).read_text()


@pytest.mark.parametrize(
    ("path", "old", "new", "place", "message"),
    [
        (
            LESSON,
            "- id: goal\n",
            "- id: aim\n",
            46,
            "content/images/way.svg: the drawing has a place for the label “goal”",
        ),
        (
            LESSON,
            "(term:peer)",
            "(term:pear)",
            51,
            "term:pear leads to no term: use the id of one in content/glossary.yaml",
        ),
        (LESSON, "  text: Goal\n", "", 56, "“text” is missing"),
        (LESSON, "alt: A line from left to right.\n", "", 45, "“alt” is missing"),
        (LESSON, "picture: way.svg", "picture: away.svg", 46, "there is no content/images/away.svg: add the file"),
        (PICTURE, "<path ", '<path onload="x()" ', 46, "content/images/way.svg: <path> has the attribute “onload”"),
        (PICTURE, "</svg>", "", 46, "content/images/way.svg: the drawing is not plain SVG"),
    ],
    ids=["label", "term", "no-text", "no-alt", "no-picture", "script", "xml"],
)
def test_a_broken_diagram_or_term_is_refused_with_file_and_line(root, path, old, new, place, message):
    edit(root, path, old, new)
    with pytest.raises(BrokenFiles) as caught:
        read_texts(root)
    [error] = caught.value.errors
    assert str(error).startswith(f"{LESSON}:{place}: {message}")


def test_a_term_needs_a_glossary(root):
    (root / "content" / "glossary.yaml").unlink()
    with pytest.raises(BrokenFiles, match="term:peer leads to no term"):
        read_texts(root)


def test_an_information_page_may_not_stand_where_the_glossary_is(root):
    edit(root, "content/site/privacy.md", "slug: privacy", "slug: glossary")
    with pytest.raises(BrokenFiles, match="/glossary/ belongs to the hub itself"):
        read_texts(root)
