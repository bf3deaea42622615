"""Property tests: what a person may vary without being told that she is wrong."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.questions.fold import fold, parse_number

WORDS = st.text(st.characters(categories=["Ll", "Lu", "Nd", "Zs"], max_codepoint=0x24F), min_size=1, max_size=30)
GREEK = st.text("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ ", min_size=1, max_size=30)
NUMBERS = st.decimals(min_value=-999_999_999, max_value=999_999_999, places=3)
SPACES = st.sampled_from(["", " ", "\u00a0", "\u202f", "\u2009", "'", "’"])


@given(st.one_of(WORDS, GREEK).filter(lambda text: any(char.isalnum() for char in text)))
def test_case_blanks_and_a_full_stop_make_no_difference(text):
    for other in (f"  {text}  ", text.replace(" ", "   "), f"{text}.", text.lower().replace("ß", "ss")):
        assert fold(other) == fold(text)


@given(GREEK)
def test_greek_is_the_same_in_capitals_without_tonos(text):
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    assert fold(bare.upper()) == fold(text)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Σίσυφος", "ΣΙΣΥΦΟΣ"),
        ("Málaga", "malaga"),
        ("tűrő", "TURO"),
        ("Ａthens", "athens"),
        ("e-mail", "e–mail"),
        ("l’acqua", "l'acqua"),
        ("«ναι»", "ναι"),
        ("straße", "STRASSE"),
        ("I can …", "i can"),
    ],
)
def test_writings_of_the_same_answer(text, same):
    assert fold(text) == fold(same)


@pytest.mark.parametrize(("text", "other"), [("north", "south"), ("", "a"), ("a b", "ab"), ("C", "C++"), (".", "!")])
def test_different_answers_stay_different(text, other):
    assert fold(text) != fold(other)


def written(number, sign, space):
    """The number as people of several countries write it."""
    whole, _point, rest = f"{abs(number):.3f}".partition(".")
    groups = f"{int(whole):,}".replace(",", space)
    return f"{'−' if number < 0 else ''}{groups}{sign}{rest}"


@given(NUMBERS, st.sampled_from(".,"), SPACES)
def test_a_number_is_read_with_comma_or_point_and_blanks_between_thousands(number, sign, space):
    assert parse_number(written(number, sign, space)) == number


@given(NUMBERS, st.sampled_from(["h", "m/s²", "kg", "€", "°C"]), st.sampled_from(["", " ", "\u00a0"]))
def test_the_unit_may_stand_behind_it_or_not(number, unit, space):
    assert parse_number(f"{number}{space}{unit}", unit) == number
    assert parse_number(f"{number}", unit) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.000,5", "1000.5"),
        ("1,000.5", "1000.5"),
        ("1.000.000", "1000000"),
        ("1,000", "1"),
        ("2e3", "2000"),
        ("+7", "7"),
        ("١٢", "12"),
        (" 3,50 ", "3.5"),
    ],
)
def test_what_else_is_a_number(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "two", "1 2", "1 00", "3 apples", "nan", "inf", "1e99999", "--1", "1.", ".5.", "9" * 40, "1_000", "½"]
)
def test_what_is_no_number(text):
    assert parse_number(text) is None


@given(st.text(max_size=80))
def test_nothing_typed_can_make_it_fail(text):
    assert parse_number(text) is None or isinstance(parse_number(text), Decimal)
    assert isinstance(fold(text), str)
