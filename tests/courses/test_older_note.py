from datetime import UTC, datetime

import pytest
from django.utils import timezone
from wagtail.models import Locale

from courses.models import LessonPage, TranslationState
from courses.older_note import older_text, state_of
from courses.pieces import build_pieces
from hub.lib.stamp import touch
from tests.courses.small_kit import REFLECTION, key

CHANGED = datetime(2026, 5, 3, 9, tzinfo=UTC)


@pytest.fixture
def greek(indexes):
    lesson = LessonPage.objects.get(slug="small-one", locale__language_code="el")
    LessonPage.objects.filter(pk=lesson.pk).update(last_published_at=timezone.now())
    return LessonPage.objects.get(pk=lesson.pk)


def changed(parts, changed_at=CHANGED):
    TranslationState.objects.create(
        key=key("small-one"),
        locale=Locale.objects.get(language_code="el"),
        parts=parts,
        since=CHANGED,
        changed_at=changed_at,
    )
    touch()


def shared(page):
    return "".join(content for kind, content in build_pieces(page) if kind == "html")


def test_a_page_as_new_as_the_english_one_says_nothing(greek):
    assert older_text(greek, state_of(greek)) is None
    changed({})
    assert older_text(greek, state_of(greek)) is None


def test_a_page_with_older_parts_says_since_when_and_marks_them(greek):
    changed({str(REFLECTION): [1, 0], "title": [1, 0], str(key("opening")): [0, 2]})
    pieces = build_pieces(greek)
    assert shared(greek).startswith('<p class="older-note">Since 3 May 2026 the English text is newer.')
    assert shared(greek).count('class="older-part"') == 1
    kinds = [kind for kind, _content in pieces]
    assert pieces[kinds.index("reflection") - 1][1].endswith('<p class="older-part">Older translation</p>')


def test_a_page_published_before_the_english_changed_is_older_as_a_whole(greek):
    changed({}, changed_at=timezone.now())
    assert "This page is an older translation." in shared(greek)


def test_readers_see_it_and_the_english_page_does_not(greek, visitor):
    changed({str(REFLECTION): [1, 0]})
    assert "older-note" in visitor.get("/el/kits/small/small-module/small-one/").text
    assert "older-note" not in visitor.get("/en/kits/small/small-module/small-one/").text


def test_it_takes_one_statement(greek, django_assert_num_queries):
    changed({str(REFLECTION): [1, 0]})
    with django_assert_num_queries(1):
        older_text(greek, state_of(greek))
