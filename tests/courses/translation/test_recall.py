import pytest
from wagtail_localize.models import StringTranslation

from courses.translation.parts import parts_of
from courses.translation.recall import recall
from courses.translation.rows import sync_source
from tests.hub.editor.translating import BEHIND, NEW, make_lessons, page, part, translation_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lessons(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    make_lessons()


def translate_elsewhere(english, text):
    """The other lesson says `english` in its aim, and is translated so."""
    other = page("other")
    other.aim = english
    other.save_revision().publish()
    sync_source(other)
    row = part(english, "other")
    StringTranslation.objects.create(
        translation_of_id=row.string_id,
        context_id=row.context_id,
        locale=translation_of().target_locale,
        data=text,
        translation_type="manual",
    )


def found(english):
    return [
        (match.percent, match.text, match.page)
        for match in recall(parts_of(translation_of()), translation_of())[part(english).id]
    ]


def test_the_same_text_of_another_page_comes_with_the_page(lessons):
    translate_elsewhere(NEW, "Μετά ξεκουράσου, {name}.")
    assert found(NEW) == [(100, "Μετά ξεκουράσου, {name}.", "el Lesson other")]


def test_a_text_much_like_it_comes_with_how_much(lessons):
    translate_elsewhere("Then rest well, {name}.", "Μετά ξεκουράσου καλά, {name}.")
    ((percent, text, _page),) = found(NEW)
    assert (85 < percent < 100, text) == (True, "Μετά ξεκουράσου καλά, {name}.")


def test_a_text_that_shares_a_word_only_does_not_come(lessons):
    translate_elsewhere("Whoever wants to rest may leave the room for a while.", "Όποια θέλει.")
    assert found(NEW) == []


def test_what_is_written_later_is_found_too(lessons):
    assert found(NEW) == []
    translate_elsewhere("Then rest well, {name}.", "Μετά ξεκουράσου καλά, {name}.")
    assert len(found(NEW)) == 1


def test_the_statements_do_not_grow_with_the_parts(lessons, django_assert_num_queries):
    translation = translation_of()
    parts = parts_of(translation)
    recall(parts, translation)
    for some in (parts[:1], parts):
        with django_assert_num_queries(3):  # whether texts came or went; translations; titles of pages
            recall(some, translation)


def test_the_older_text_that_stands_beside_a_part_is_not_offered_again(lessons):
    assert [match.text for match in recall(parts_of(translation_of()), translation_of())[part(BEHIND).id]] == []
    assert part(BEHIND).older.text == "el With <b>one</b> word."
