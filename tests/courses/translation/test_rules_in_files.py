"""The rules of completion and the day of a change in the text files: the same in every language."""

from datetime import date

import pytest

from courses.models import KitPage, LessonPage, ModulePage
from courses.translation.documents import TextError, parse_document
from courses.translation.export import export_texts
from courses.translation.load import load_texts
from courses.translation.tree import read_texts
from tests.courses.translation.small import contents, edit, write_small

KIT, MODULE = "content/kits/small/kit.md", "content/kits/small/01-first/module.md"
LESSON = "content/kits/small/01-first/01-one.md"


@pytest.fixture
def root(db, tmp_path):
    return write_small(tmp_path)


def load(root):
    return load_texts(read_texts(root))


def rules(model):
    names = ["needs_lessons", "needs_checks", "needs_reflections", "needs_checklists"]
    return set(model.objects.values_list("locale__language_code", *names))


def test_without_a_word_a_kit_needs_its_modules_and_a_module_its_lessons(root):
    load(root)
    assert rules(ModulePage) == {("en", None, 0, 0, 0), ("it", None, 0, 0, 0)}
    assert rules(KitPage) == {("en", 0, 0, 0, 0), ("it", 0, 0, 0, 0)}
    assert set(KitPage.objects.values_list("needs_modules", flat=True)) == {None}


def test_what_a_file_asks_for_holds_in_every_language(root):
    load(root)
    edit(root, MODULE, "emblem: seed", "emblem: seed\nneeds_lessons: 1\nneeds_checks: all\nneeds_reflections: 2")
    edit(root, LESSON, "minutes: 10", "minutes: 10\nrenewed_on: 2026-05-03")
    load(root)
    assert rules(ModulePage) == {("en", 1, None, 2, 0), ("it", 1, None, 2, 0)}
    assert set(LessonPage.objects.values_list("renewed_on", flat=True)) == {date(2026, 5, 3)}


def test_an_editors_rule_stays_and_comes_out_as_it_is_written(root):
    load(root)
    before = contents(root)
    assert export_texts(read_texts(root)) == []
    page = ModulePage.objects.get(locale__language_code="en")
    page.needs_lessons, page.needs_checks = 0, None
    page.save_revision().publish()
    load(root)
    assert ("en", 0, None, 0, 0) in rules(ModulePage)
    export_texts(read_texts(root))
    assert (root / MODULE).read_text().replace("needs_lessons: 0\nneeds_checks: all\n", "").encode() == before[MODULE]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("needs_lessons: most", "must be a number from 0 to 999, or all"),
        ("needs_lessons: -1", "must be a number from 0 to 999, or all"),
        ("needs_posts: 1", "is not a field here"),
    ],
)
def test_a_rule_that_is_none_is_refused_with_its_line(line, said):
    text = f"---\nid: first\ntype: module\nslug: first\ntitle: First\naim: You begin.\n{line}\n---\n"
    with pytest.raises(TextError, match=said) as refused:
        parse_document(text, "module.md")
    assert refused.value.line == 7


def test_a_day_that_is_none_is_refused():
    text = "---\nid: one\ntype: lesson\nslug: one\ntitle: One\naim: You read.\nrenewed_on: in May\n---\n"
    with pytest.raises(TextError, match="must be a day such as 2026-05-03"):
        parse_document(text, "one.md")
