"""Something elsewhere may be in any language of the hub, a sixth one too, or in several."""

import pytest

from courses.blocks import LanguageBlock
from courses.elsewhere import languages_elsewhere
from courses.library_views import FilterForm
from courses.models import Resource
from courses.translation.schema import BLOCKS, DATA, LANGUAGES
from tests.arabic import add_arabic, forget_languages

FIVE = ["en", "it", "el", "hu", "sv"]
SIX = [*FIVE, "ar"]


@pytest.fixture
def arabic(settings):
    add_arabic(settings)
    yield
    forget_languages()


def offered():
    """The codes that the editor of the library, its filter and the block of a lesson offer."""
    row = Resource._meta.get_field("languages").formfield()
    block = LanguageBlock().field
    return [[code for code, _name in field.choices if code] for field in (row, FilterForm().fields["language"], block)]


def test_five_languages_are_offered_as_they_come():
    assert offered() == [[*FIVE, "mul"], FIVE, ["mul", *FIVE]]
    assert ("mul", *FIVE) == LANGUAGES


def test_a_sixth_one_is_offered_and_taken_where_it_is_switched_on(arabic):
    assert offered() == [[*SIX, "mul"], SIX, ["mul", *SIX]]
    assert LanguageBlock().clean("ar") == "ar"
    assert Resource._meta.get_field("languages").formfield().clean(["ar", "en"]) == ["ar", "en"]


def test_a_hub_with_fewer_languages_keeps_those_whose_texts_come_with_it(settings):
    settings.LANGUAGES = [("en", "English"), ("it", "Italiano")]
    assert [code for code, _name in languages_elsewhere()] == FIVE


def test_the_database_has_the_same_block_whatever_the_languages_are(arabic):
    choices = LanguageBlock().deconstruct()[2]["choices"]
    assert [code for code, _name in choices] == ["mul", *FIVE]


def test_the_text_files_know_the_same_languages():
    block = next(field for field in BLOCKS["resource"].fields if field.name == "language")
    entry = next(field for field in DATA["library"].fields[0].fields if field.name == "languages")
    assert (block.choices, set(entry.choices)) == (LANGUAGES, set(LANGUAGES))
