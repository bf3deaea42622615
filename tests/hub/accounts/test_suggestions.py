"""Passphrases of words in five languages."""

import math
import unicodedata

import pytest

from hub.accounts import suggestions
from hub.accounts.passphrase import PassphraseValidator
from hub.accounts.suggestions import FOLDER, suggest_passphrase, words_of

LANGUAGES = ["en", "it", "el", "hu", "sv"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_holds_enough_different_short_words(language):
    words = words_of(language)
    assert len(set(words)) == len(words) >= 1024
    assert suggestions.COUNT * math.log2(len(words)) >= 40
    assert all(3 <= len(word) <= 12 and word.isalpha() and word == word.lower() for word in words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_four_different_words_that_pass_our_own_rule(language):
    for _ in range(50):
        passphrase = suggest_passphrase(language)
        assert len(set(passphrase.split())) == 4
        assert set(passphrase.split()) <= set(words_of(language))
        PassphraseValidator(10).validate(passphrase)


def test_two_suggestions_differ():
    assert len({suggest_passphrase("en") for _ in range(20)}) == 20


def test_greek_words_are_shown_without_accents():
    assert "ί" in unicodedata.normalize("NFC", (FOLDER / "el.txt").read_text())
    assert not any(unicodedata.combining(char) for char in unicodedata.normalize("NFD", " ".join(words_of("el"))))


def test_a_language_without_a_list_gets_english_words():
    assert words_of("ar") == words_of("en")


@pytest.mark.parametrize("path", ["/{}/accounts/signup/", "/{}/accounts/recover/"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_for_a_new_passphrase_shows_four_words_of_its_language(client, db, language, path):
    page = client.get(path.format(language)).content.decode()
    shown = page.split("data-words>")[1].split("</code>")[0]
    assert set(shown.split()) <= set(words_of(language))
    assert len(shown.split()) == 4


def test_other_words_need_no_script_and_are_never_kept(client, db):
    page = client.get("/el/accounts/passphrases/")
    assert len(set(page.context["suggestions"])) == 5
    assert "no-store" in page.headers["Cache-Control"]
    answer = client.get("/el/accounts/passphrases/", headers={"accept": "application/json"})
    assert set(answer.json()["words"].split()) <= set(words_of("el"))
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_words_she_took_stay_where_another_field_must_be_looked_at_again(client, learner):
    page = client.post("/en/accounts/signup/", {"username": "learner", "password1": "her own secret words"})
    assert page.status_code == 422
    assert "data-words>her own secret words</code>" not in page.content.decode()
    taken = suggest_passphrase("en")
    page = client.post("/en/accounts/signup/", {"username": "learner", "password1": taken})
    assert page.status_code == 422
    assert f"data-words>{taken}</code>" in page.content.decode()
