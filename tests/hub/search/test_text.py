import pytest

from hub.lib.stemming import fold_word, forms
from hub.search.text import IN_HEADING, IN_TEXT, IN_TITLE, packed, plain, snippet, weighed


@pytest.mark.parametrize(
    ("one", "other"),
    [("προσβασιμότητα", "ΠΡΟΣΒΑΣΙΜΟΤΗΤΑ"), ("Önéletrajz", "oneletrajz"), ("è", "E"), ("Άδειας", "αδειασ"), ("ß", "ss")],
)
def test_case_and_accents_do_not_count(one, other):
    assert fold_word(one) == fold_word(other)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("el", "εκπαιδευτής", "εκπαιδευτές"),
        ("hu", "önéletrajzot", "oneletrajz"),
        ("sv", "eleverna", "elev"),
        ("it", "studenti", "studente"),
        ("en", "assessments", "assessment"),
        ("ar", "المهندسة", "مُهندِسة"),
        ("ar", "أوراق", "اوراق"),
    ],
)
def test_inflected_words_meet_in_a_form(language, one, other):
    assert set(forms(one, language)) & set(forms(other, language))


def test_a_language_without_a_stemmer_folds_and_a_word_without_end_is_cut():
    assert forms("Wörter", "de") == ("worter",)
    assert forms("x" * 10_000, "en") == ("x" * 50,)


def test_a_word_weighs_by_where_it_stands():
    words = weighed("en", title="Papers", headings="Which papers", text="Bring papers. Bring them.")
    assert words["papers"] == [IN_TITLE + IN_HEADING + IN_TEXT, "paper"]
    assert words["which"] == [IN_HEADING]
    assert words["bring"] == [IN_TEXT * 2]


def test_what_the_database_looks_through_has_each_form_once():
    assert packed("en", "Papers, papers and a paper") == "a and paper papers"


def test_a_snippet_shows_the_words_in_their_sentence_and_nothing_runs():
    text = f"{'First words. ' * 30}She <b>asked</b> about her papers. {'Last words. ' * 30}"
    shown = snippet(text, "en", set(forms("paper", "en")), length=120)
    assert "her <mark>papers</mark>." in shown
    assert shown.startswith("… She &lt;b&gt;asked&lt;/b&gt;")
    assert shown.endswith(" …")


def test_without_any_of_the_words_the_beginning_is_shown():
    assert snippet("Short & plain", "en", {"other"}) == "Short &amp; plain"


def test_the_text_of_markup_keeps_words_apart():
    assert plain("<p>One</p><p>two &amp; three</p>") == "One two & three"
