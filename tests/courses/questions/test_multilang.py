import pytest

from courses.questions.multilang import join, variants


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello", {"": "Hello"}),
        ("{mlang en}Hello{mlang}{mlang it}Ciao{mlang}", {"en": "Hello", "it": "Ciao"}),
        ("{mlang en,it}Hi{mlang}{mlang other}?{mlang}!", {"en": "Hi!", "it": "Hi!", "": "?!"}),
        ("{MLANG en_us}Hi", {"en": "Hi"}),
        ("{mlang}Hi{mlang}", {"": "Hi"}),
        (
            '<span lang="en" class="multilang">A</span> <span class="multilang" lang="el">Α</span>',
            {"en": "A ", "el": " Α"},
        ),
        ('<lang lang="sv">Hej</lang>', {"sv": "Hej"}),
        ('<span lang="en">A</span>', {"": '<span lang="en">A</span>'}),
    ],
)
def test_a_text_is_read_in_each_language(text, expected):
    assert variants(text) == expected


def test_languages_are_joined_with_the_text_for_all_others_last():
    assert join({"": "x", "it": "b", "en": "a"}) == "{mlang en}a{mlang}{mlang it}b{mlang}{mlang other}x{mlang}"
    assert join({"": "x"}) == "x"
    assert join({}) == ""
