from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource

from courses.models import TranslationState
from courses.translation import freshness
from courses.translation.ids import block_uuid, page_key
from courses.translation.load import load_texts
from courses.translation.older import older_in_bulk, older_translations
from courses.translation.tree import read_texts
from tests.courses.translation.small import edit, translate_all, write_small

pytestmark = pytest.mark.django_db
LESSON = "content/kits/small/01-first/01-one.md"


@pytest.fixture
def root(tmp_path):
    root = write_small(tmp_path)
    load_texts(read_texts(root))
    return root


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """`with commit():` what would follow the end of a transaction, follows."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def page(page_id, language="en"):
    return Page.objects.get(translation_key=page_key(page_id), locale__language_code=language).specific


def state(page_id="one", language="it"):
    return TranslationState.objects.get(key=page_key(page_id), locale__language_code=language)


def translation(page_id="one", language="it"):
    return Translation.objects.get(source__object_id=page_key(page_id), target_locale__language_code=language)


def change_english(commit, title="Begin here", step=0):
    lesson = page("one")
    lesson.body[1].value["items"][step]["title"] = title
    with commit():
        lesson.save_revision().publish()


def translate(text, source, commit, page_id="one"):
    """An editor saves one text in wagtail-localize's editor."""
    segment = translation(page_id).source.stringsegment_set.get(string__data=source)
    with commit():
        StringTranslation.objects.create(
            locale=Locale.objects.get(language_code="it"),
            context=segment.context,
            translation_of=segment.string,
            data=text,
        )


def test_what_was_loaded_whole_is_fresh_and_a_language_without_text_is_missing_it_all(root):
    whole, none = state(), state(language="el")
    assert (whole.missing, whole.behind, whole.words, whole.since) == (0, 0, 0, None)
    assert none.missing == none.total == whole.total > 0
    assert none.words == sum(
        len(text.split()) for text in [
            "Lesson one", "You read.", "The bus leaves. See the kit.", "one thing", "another", "Begin", "With one word.",
            "Go on", "Which is right?", "This", "Yes, this one.", "That", "Look again.", "My words", "What do you think?",
        ]
    )  # fmt: skip
    assert none.since == page("one").last_published_at


def test_publishing_changed_english_is_noticed_by_itself(root, commit):
    change_english(commit)
    found = state()
    assert (found.behind, found.missing, found.words) == (1, 0, 2)
    assert found.parts == {str(block_uuid("one", "path")): [1, 0]}
    assert found.since == found.changed_at == page("one").last_published_at
    assert state("first").behind == 0


def test_a_draft_makes_nothing_stale(root, commit):
    lesson = page("one")
    lesson.body[1].value["items"][0]["title"] = "Begin here"
    with commit():
        lesson.save_revision()
    assert state().behind == 0


def test_new_english_is_missing_not_behind(root, commit):
    lesson = page("one")
    lesson.body.append(("text", "<p>Something quite new.</p>"))
    with commit():
        lesson.save_revision().publish()
    assert (state().behind, state().missing, state().words) == (0, 1, 3)


def test_the_date_stays_that_of_the_first_change_until_all_is_translated(root, commit):
    change_english(commit)
    first = state().since
    TranslationState.objects.update(
        since=first - timedelta(days=3),
        changes={mark: (first - timedelta(days=3)).isoformat() for mark in state().changes},
    )
    change_english(commit, "Go on from here", step=1)
    assert (state().behind, state().since) == (2, first - timedelta(days=3))
    translate("Inizia qui", "Begin here", commit)
    assert (state().behind, state().since) == (1, page("one").last_published_at)
    translate("Vai avanti", "Go on from here", commit)
    assert (state().behind, state().since, state().words) == (0, None, 0)


def test_a_deleted_translation_is_missing_again(root, commit):
    row = StringTranslation.objects.get(data="it Begin")
    with commit():
        row.delete()
    assert (state().missing, state().behind) == (1, 0)


def test_a_translation_that_spoils_the_page_does_not_count(root, commit):
    with commit():
        row = StringTranslation.objects.get(data="it With <b>one</b> word.")
        row.data = "<script>x</script>"
        row.save()
    assert (state().missing, state().behind) == (1, 0)


def test_who_translated_last_is_kept(root, commit, editor_el):
    with commit():
        row = StringTranslation.objects.get(data="it Begin")
        row.data, row.last_translated_by = "Inizia", editor_el
        row.save()
    assert state().last_by == editor_el
    editor_el.delete()
    assert state().last_by is None


def test_loading_counts_once_and_leaves_no_task(root, monkeypatch, commit):
    told = []
    monkeypatch.setattr("courses.translation.receivers.later", lambda *args: told.append(args))
    edit(root, LESSON, "title: Begin", "title: Begin here")
    load_texts(read_texts(root))
    assert (told, state().behind) == ([], 1)
    translate_all(root)
    load_texts(read_texts(root))
    assert (told, state().behind, state().missing) == ([], 0, 0)


def test_deleting_the_english_page_forgets_it(root):
    page("privacy").delete()
    assert not TranslationState.objects.filter(key=page_key("privacy")).exists()


def test_a_new_language_is_counted(root, commit):
    with commit():
        Locale.objects.create(language_code="ar")
    assert state(language="ar").missing == state().total


def test_counting_takes_the_same_statements_for_one_page_and_for_three(root, django_assert_num_queries):
    for names in (["one"], ["one", "first", "small"]):
        # Sources, locales; savepoint, outdated, states, pages; segments, sources, translations; three digests, release.
        with django_assert_num_queries(13):
            freshness.recount(keys=[page_key(name) for name in names])


# Older translations ------------------------------------------------------------------------------


def test_the_older_translation_is_found_with_what_it_translated(root, commit):
    change_english(commit)
    [(segment_id, older)] = older_translations(translation()).items()
    assert translation().source.stringsegment_set.get(pk=segment_id).string.data == "Begin here"
    assert (older.source_text, older.text, older.changed_at) == ("Begin", "it Begin", state().since)


def test_each_paragraph_of_a_block_finds_its_own(root, commit):
    lesson = page("one")
    lesson.body[
        0
    ].value.source = "<p>The bus leaves early. See the map.</p><ul><li>two things</li><li>another one</li></ul>"
    with commit():
        lesson.save_revision().publish()
    found = {older.source_text: older.text for older in older_translations(translation()).values()}
    assert found == {
        'The bus leaves. See <a id="a1">the kit</a>.': 'it The bus leaves. See <a id="a1">the kit</a>.',
        "another": "it another",
        "one thing": "it one thing",
    }


def test_an_older_translation_is_looked_for_in_five_statements(root, commit, django_assert_num_queries):
    change_english(commit)
    source = TranslationSource.objects.get(object_id=page_key("one"))
    others = [source, TranslationSource.objects.get(object_id=page_key("first"))]
    italian = Locale.objects.get(language_code="it")
    for some in ([source], others):
        with django_assert_num_queries(5):  # segments, sources, translations, their texts, states
            assert len(older_in_bulk(some, italian.pk)[source.pk]) == 1


def test_readers_keep_the_older_translation_until_there_is_a_new_one(root, commit):
    change_english(commit)
    with commit():
        translation().save_target(publish=True)
    assert page("one", "it").body[1].value["items"][0]["title"] == "it Begin"
    translate("Inizia qui", "Begin here", commit)
    with commit():
        translation().save_target(publish=True)
    assert page("one", "it").body[1].value["items"][0]["title"] == "Inizia qui"


def test_what_was_never_translated_shows_english(root, commit):
    lesson = page("one")
    lesson.body.append(("text", "<p>Something quite new.</p>"))
    with commit():
        lesson.save_revision().publish()
    with commit():
        translation().save_target(publish=True)
    assert page("one", "it").body[-1].value.source == "<p>Something quite new.</p>"


def test_a_link_that_english_no_longer_has_goes_from_the_older_translation(root, commit):
    lesson = page("one")
    lesson.body[0].value.source = "<p>The bus leaves. See the kits.</p>"
    with commit():
        lesson.save_revision().publish()
    with commit():
        translation().save_target(publish=True)
    assert page("one", "it").body[0].value.source == "<p>it The bus leaves. See the kit.</p>"


def test_loading_keeps_the_older_translation_too(root):
    edit(root, LESSON, "title: Begin", "title: Begin here")
    load_texts(read_texts(root))
    assert page("one").body[1].value["items"][0]["title"] == "Begin here"
    assert page("one", "it").body[1].value["items"][0]["title"] == "it Begin"


def test_an_old_string_elsewhere_is_nobodys_older_translation(root, commit):
    """Translations of another page, of an error, or empty ones, are not taken."""
    change_english(commit)
    StringTranslation.objects.filter(data="it Begin").update(has_error=True)
    String.objects.create(locale=Locale.objects.get(language_code="en"), data="Begin here and now")
    assert older_translations(translation()) == {}


def test_the_page_tree_stays_sound(root, commit):
    change_english(commit)
    assert timezone.now() >= state().since
    assert [list(problems) for problems in Page.find_problems()] == [[]] * 5
