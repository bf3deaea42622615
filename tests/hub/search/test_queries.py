"""Two hundred queries over the real kits: what is wanted stands among the first five."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.hub.search.wanted import first_of, missed, read_queries

LANGUAGES = ["en", "it", "el", "hu", "sv"]
ENOUGH = 0.95


def test_the_list_has_forty_queries_in_each_language():
    queries = read_queries()
    assert [sum(asked.language == code for asked in queries) for code in LANGUAGES] == [40] * 5
    assert len({(asked.language, asked.text) for asked in queries}) == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wanted_is_among_the_first_five(loaded_hub, language):
    queries = [asked for asked in read_queries() if asked.language == language]
    assert len(wrong := missed(AnonymousUser(), queries)) <= (1 - ENOUGH) * len(queries), wrong


def test_unrelated_words_find_different_things(loaded_hub):
    asked = [row for row in read_queries() if row.text in {"payslips", "harassment", "tolk", "ΓΟΝΙΚΗ ΑΔΕΙΑ", "kieges"}]
    firsts = [first_of(row, AnonymousUser())[0] for row in asked]
    assert len(set(firsts)) == len(firsts) == 4
