"""A word replaced on pages, in translations and in the glossary: where ticked, by whom it may be, and never over a newer text."""

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from courses.models import GlossaryTerm, LessonPage
from courses.replace.carry_out import carry_out
from courses.replace.hits import find, translated_texts
from courses.replace.matching import Wanted
from hub.accounts.roles import ensure_roles

WORDS = Wanted("opening", "first")


@pytest.fixture
def lesson(small_hub):
    ensure_roles()
    return LessonPage.objects.get(slug="small-one", locale__language_code="en")


@pytest.fixture
def author(lesson, make_user):
    return make_user("author", "editor-en")


def run(by, wanted=WORDS, language="en", chosen=None, publish=False):
    hits = find(wanted, language)
    ids = {hit.id for hit in hits} if chosen is None else chosen
    return carry_out(wanted=wanted, language=language, chosen=ids, by=by, publish=publish)


def test_english_pages_become_drafts_and_readers_see_no_change(lesson, author):
    assert [(done.state, done.count) for done in run(author)] == [("draft", 1), ("draft", 1)]
    lesson.refresh_from_db()
    assert "First words" in str(lesson.get_latest_revision_as_object().body)
    assert "Opening words" in str(lesson.body)


def test_pages_without_other_changes_are_published_when_asked(lesson, author, django_capture_on_commit_callbacks):
    waiting = LessonPage.objects.get(slug="small-two", locale__language_code="en")
    waiting.save_revision()
    with django_capture_on_commit_callbacks(execute=True):
        assert [done.state for done in run(author, publish=True)] == ["published", "draft"]
    assert "First words" in str(LessonPage.objects.get(pk=lesson.pk).body)
    assert "Opening words" in str(LessonPage.objects.get(pk=waiting.pk).body)


def test_ids_of_blocks_stay_and_the_other_way_round_brings_everything_back(lesson, author):
    before = lesson.body.get_prep_value()
    run(author)
    run(author, Wanted("first words", "opening words"))
    lesson.refresh_from_db()
    assert lesson.get_latest_revision_as_object().body.get_prep_value() == before


def test_only_what_was_ticked_is_written(lesson, author):
    hits = find(Wanted("which", "what"), "en")
    done = run(author, Wanted("which", "what"), chosen={hits[0].id})
    assert [(one.state, one.count) for one in done] == [("draft", 1)]


def test_a_text_that_somebody_changed_meanwhile_is_left_as_it_is(lesson, author):
    ids = {hit.id for hit in find(WORDS, "en")}
    body = lesson.body.get_prep_value()
    body[0]["value"] = "<p>Opening words, and more.</p>"
    lesson.body = body
    lesson.save_revision().publish()
    done = run(author, chosen=ids)
    assert [(one.state, one.count) for one in done] == [("draft", 1), ("not written", 1)]
    assert "and more" in str(lesson.get_latest_revision_as_object().body)


def test_a_locked_page_and_a_page_of_another_language_are_left_alone(lesson, author, make_user):
    greek = make_user("greek", "editor-el")
    assert {done.state for done in run(greek)} == {"not written: you may not change this page"}
    lesson.locked = True
    lesson.save()
    assert [done.state for done in run(author)] == ["not written: this page is locked", "draft"]


def test_a_term_of_the_glossary_changes_in_its_language_only(lesson, author):
    term = GlossaryTerm.objects.create(
        key="pump", term_en="pump", definition_en="A pump moves water.", definition_it="pump"
    )
    assert [done.count for done in run(author, Wanted("pump", "fan"))] == [2]
    term.refresh_from_db()
    assert (term.term_en, term.definition_en, term.definition_it) == ("fan", "A fan moves water.", "pump")
    assert [done.state for done in run(author, Wanted("fan", "f" * 121))] == ["published"]
    term.refresh_from_db()
    assert term.term_en == "fan"


def test_a_translation_is_written_in_its_rows_and_shown(loaded_hub, make_user, django_capture_on_commit_callbacks):
    ensure_roles()
    editor = make_user("magyar", "editor-hu")
    wanted = Wanted("mentor", "kalauz", endings=True)
    hit = next(hit for hit in find(wanted, "hu") if hit.owner[0] == "translation")
    row = StringTranslation.objects.get(pk=int(hit.id.split(":")[0][1:]))
    with django_capture_on_commit_callbacks(execute=True):
        (done,) = run(editor, wanted, "hu", {hit.id}, publish=True)
    assert (done.state, done.count) == ("published", 1)
    row.refresh_from_db()
    assert hit.spot.written in row.data
    assert row.last_translated_by == editor


def test_looking_through_a_language_takes_few_queries(loaded_hub, django_assert_max_num_queries):
    hungarian = Locale.objects.get(language_code="hu")
    with django_assert_max_num_queries(3):
        assert translated_texts(hungarian)
