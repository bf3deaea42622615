"""The index follows what is published, edited and taken away."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from courses.models import GlossaryTerm, LessonPage
from hub.lib.stamp import touch
from hub.search import keeping
from hub.search.models import Entry, Kind
from hub.search.results import search
from hub.search.shelf import shelf

pytestmark = pytest.mark.usefixtures("small_hub")


def titles(text, language="en"):
    return [line.place.title for line in search(text=text, language=language, user=AnonymousUser()).page.object_list]


@pytest.fixture
def lesson(small_hub):
    keeping.sync_entries()
    return LessonPage.objects.get(slug="small-one", locale__language_code="en")


def test_what_everybody_reads_has_an_entry_in_each_language(lesson):
    kinds = Entry.objects.order_by("kind").values_list("kind", "language").distinct()
    assert set(kinds) == {(kind, code) for kind in ("kit", "module", "lesson") for code in ("en", "el")}
    assert "Lesson one" in titles("opening words")


def test_a_second_time_nothing_is_left_to_do(lesson, django_assert_num_queries):
    # for each of seven kinds its pages and who is restricted; terms, resources, entries; whether an index is behind: two
    with django_assert_num_queries(19):
        assert keeping.sync_entries() == (0, 0)


def test_a_published_change_is_found_and_the_old_words_are_not(lesson, django_capture_on_commit_callbacks):
    lesson.title = "Zirconium"
    with django_capture_on_commit_callbacks(execute=True):
        lesson.save_revision().publish()
    assert titles("zirconium") == ["Zirconium"]


def test_a_page_that_went_offline_is_gone_before_any_task(lesson):
    LessonPage.objects.filter(pk=lesson.pk).update(live=False)
    touch()
    assert "Lesson one" not in titles("lesson one", "en")


def test_a_change_in_one_language_reads_that_one_again_and_no_other(lesson, django_assert_num_queries):
    shelf()
    Entry.objects.filter(language="el").first().delete()
    keeping.sync_indexes()
    with django_assert_num_queries(2):  # what each is made from; the one that changed
        assert len(shelf().indexes["el"].docs) == 3
    with django_assert_num_queries(1):
        shelf()


def test_a_language_without_entries_has_no_index(lesson):
    Entry.objects.filter(language="el").delete()
    keeping.sync_indexes()
    assert list(shelf().indexes) == ["en"]


def test_an_unpublished_page_leaves_the_index(lesson, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        lesson.unpublish()
    assert not Entry.objects.filter(key=str(lesson.translation_key), language="en").exists()


def test_a_term_is_found_by_its_name_in_another_language(lesson, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        GlossaryTerm.objects.create(key="tolk", term_en="interpreter", definition_en="Speaks.", term_sv="tolk")
    assert titles("tolkar") == ["interpreter"]
    assert titles("interpreters", "sv") == ["tolk"]


def test_what_is_right_in_a_question_is_not_in_the_index(lesson):
    text = Entry.objects.get(kind=Kind.LESSON, key=str(lesson.translation_key), language="en").text
    assert "Which?" in text
    assert "the right one" not in text
    assert "Feedback" not in text
    assert "Because" not in text


def test_all_of_it_can_be_made_again(lesson, capsys):
    Entry.objects.update(words={})
    call_command("rebuild_index")
    assert "8 entries, 0 posts and 0 threads are in the index." in capsys.readouterr().out
    assert "Lesson one" in titles("opening words")
    call_command("rebuild_index", missing=True)
    assert "The index holds everything there is." in capsys.readouterr().out
