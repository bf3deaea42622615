"""Where an author begins: what she gets, and that it is a draft with ids of its own."""

import pytest
from wagtail.models import Page

from courses.checks.findings import findings
from courses.checks.links import known
from courses.models import LessonPage, ModulePage
from courses.starts import start_kit, start_lesson


@pytest.fixture
def indexes(small_hub):
    return small_hub


@pytest.fixture
def module(indexes):
    return ModulePage.objects.get(locale__language_code="en")


def ids_in(raw):
    if isinstance(raw, dict):
        yield from [raw["id"]] if "id" in raw else []
        yield from (uid for value in raw.values() for uid in ids_in(value))
    elif isinstance(raw, list):
        yield from (uid for value in raw for uid in ids_in(value))


def test_a_lesson_begins_with_the_usual_parts_as_a_draft(module, moderator):
    page = start_lesson(module=module, title="A new one", by=moderator)
    kept = LessonPage.objects.get(pk=page.pk)
    assert [block.block_type for block in kept.body] == [
        "text",
        "text",
        "example",
        "reflection",
        "question",
        "key_idea",
    ]
    assert (kept.live, kept.has_unpublished_changes, kept.slug, kept.owner) == (False, True, "a-new-one", moderator)
    ids = list(ids_in(kept.body.get_prep_value()))
    assert len(ids) == len(set(ids)) == 8


def test_a_lesson_built_like_another_has_its_kinds_of_blocks_and_none_of_its_words_and_ids(module, moderator):
    other = LessonPage.objects.get(slug="small-one", locale=module.locale)
    page = start_lesson(module=module, title="Like it", by=moderator, like=other)
    assert [b.block_type for b in page.body] == [b.block_type for b in other.body]
    assert "Opening words" not in str(page.body.get_prep_value())
    assert not set(ids_in(page.body.get_prep_value())) & set(ids_in(other.body.get_prep_value()))


def test_a_kit_begins_with_a_module_and_a_lesson_and_the_tree_stays_sound(indexes, moderator):
    kit = start_kit(index=indexes["en"], title="Your kit", audience="trainer", by=moderator)
    again = start_kit(index=indexes["en"], title="Your kit", audience="learner", by=moderator)
    assert (kit.slug, again.slug) == ("your-kit", "your-kit-2")
    assert [page.live for page in kit.get_descendants(inclusive=True)] == [False, False, False]
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize(("title", "slug"), [("Print", "print-2"), ("Ξεκίνα", "page"), ("w" * 200, "w" * 60)])
def test_the_address_is_free_and_in_latin_letters(module, moderator, title, slug):
    assert start_lesson(module=module, title=title, by=moderator).slug == slug


def test_what_nobody_has_written_over_is_found(module, moderator):
    page = start_lesson(module=module, title="A new one", by=moderator)
    assert "unwritten" in {finding.kind for finding in findings(page, known())}
    page.aim, page.body = "To see", [("text", "<p>The bus leaves at ten.</p>")]
    assert "unwritten" not in {finding.kind for finding in findings(page, known())}
