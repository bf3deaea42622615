"""Two hundred queries over the real kits: what is wanted stands among the first five."""

import pytest
from django.contrib.auth.models import AnonymousUser

from hub.search.models import Kind
from tests.hub.search.wanted import Asked, first_of, keys_by_name, missed, read_queries

LANGUAGES = ["en", "it", "el", "hu", "sv"]
ENOUGH = 0.95


def test_the_list_has_forty_queries_in_each_language():
    queries = read_queries()
    assert [sum(asked.language == code for asked in queries) for code in LANGUAGES] == [40] * 5
    assert len({(asked.language, asked.text) for asked in queries}) == 200


@pytest.mark.parametrize("name", ["queries.txt", "fresh_queries.txt"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wanted_is_among_the_first_five(loaded_hub, language, name):
    queries = [asked for asked in read_queries(name) if asked.language == language]
    assert len(wrong := missed(AnonymousUser(), queries)) <= (1 - ENOUGH) * len(queries), wrong


@pytest.mark.parametrize(
    ("language", "text", "term"),
    [
        ("en", "resume", "cv"),
        ("en", "how to write a résumé", "cv"),
        ("en", "pay stub", "payslip"),
        ("en", "kinder garten", "childcare"),
        ("hu", "resume", "cv"),
        ("it", "asilo nido", "childcare"),
    ],
)
def test_a_term_is_found_by_its_other_names(loaded_hub, language, text, term):
    found = first_of(Asked(language, text, []), AnonymousUser())
    assert (Kind.TERM, term) in found


def test_a_lesson_is_found_by_another_name_of_what_it_is_about(loaded_hub):
    asked = Asked("en", "resume", [])
    assert keys_by_name()["a-cv-for-this-country"] in first_of(asked, AnonymousUser())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("viografiko", "a-cv-for-this-country"),
        ("biografiko", "a-cv-for-this-country"),
        ("synenteyksi", "the-interview"),
        ("sunentefxi", "the-interview"),
        ("ptyxio", "your-degree-with-or-without-papers"),
        ("adeia diamonhs", "term:residence-permit"),
        ("anagnwrish", "term:recognition"),
    ],
)
@pytest.mark.parametrize("language", ["el", "en"])
def test_greek_in_latin_letters_is_understood(loaded_hub, language, text, wanted):
    assert keys_by_name()[wanted] in first_of(Asked(language, text, []), AnonymousUser())


def test_unrelated_words_find_different_things(loaded_hub):
    asked = [row for row in read_queries() if row.text in {"payslips", "harassment", "tolk", "ΓΟΝΙΚΗ ΑΔΕΙΑ", "kieges"}]
    firsts = [first_of(row, AnonymousUser())[0] for row in asked]
    assert len(set(firsts)) == len(firsts) == 4
