"""Replacing a word in the browser: looked at first, written where ticked."""

import pytest

from courses.models import LessonPage
from hub.accounts.roles import ensure_roles

ADDRESS = "/editor/replace/"
ASKED = {"language": "en", "old": "opening", "new": "first"}


@pytest.fixture
def author(small_hub, make_user, sign_in):
    ensure_roles()
    return sign_in(make_user("author", "editor-en"))


def test_each_place_is_shown_and_written_where_it_is_ticked(author):
    shown = author.get(ADDRESS, ASKED)
    assert "2 places" in shown.content.decode()
    hit = next(iter(shown.context["groups"]))[1][0][0]
    told = author.post(ADDRESS, ASKED | {"hit": [hit.id], "how": "draft"}).content.decode()
    assert "?language=en&amp;old=first&amp;new=opening" in told
    drafts = LessonPage.objects.filter(has_unpublished_changes=True)
    assert [page.slug for page in drafts] == ["small-one"]


def test_before_english_is_published_she_reads_what_that_leaves_to_the_other_languages(author):
    words = "is then to be looked at in every language"
    assert words in author.get(ADDRESS, ASKED).text


def test_with_nothing_ticked_she_is_told_and_nothing_is_written(author):
    response = author.post(ADDRESS, ASKED | {"how": "draft"})
    assert (response.status_code, "Tick at least one place" in response.content.decode()) == (422, True)
    assert not LessonPage.objects.filter(has_unpublished_changes=True).exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"language": "el"},
        {"language": "xx"},
        {"old": ""},
        {"old": "a"},
        {"old": "()"},
        {"old": "w" * 81},
        {"new": "opening"},
        {"new": "\0"},
    ],
)
def test_what_cannot_be_looked_for_is_said(author, changed):
    assert author.get(ADDRESS, ASKED | changed).status_code == 422
    assert author.post(ADDRESS, ASKED | {"how": "draft", "hit": ["p1.0:0:x"]} | changed).status_code == 422


def test_a_made_up_tick_writes_nothing(author):
    for made_up in ("p1.0:0:x", "t9:9:9", "nonsense", "g1.key:0:0", "\0"):
        assert author.post(ADDRESS, ASKED | {"how": "publish", "hit": [made_up]}).status_code == 200
    assert not LessonPage.objects.filter(has_unpublished_changes=True).exists()


def test_the_list_of_terms_is_named_when_the_word_is_on_it(author):
    assert "locale/glossary.csv" in author.get(ADDRESS, ASKED | {"old": "mentor"}).content.decode()


def test_only_who_publishes_in_a_language_replaces_words(author, make_user, sign_in):
    translator = sign_in(make_user("translator", "translator-el"))
    assert translator.get(ADDRESS).status_code in {302, 403}
