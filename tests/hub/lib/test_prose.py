import pytest

from hub.lib.prose import plain, reading_level, sentences, words


def test_addresses_and_marks_are_no_words():
    text = "### How to say it\n\n- Ask [the **office**](https://example.org/a-long-address) at 14:30.\n1. Don’t wait."
    assert words(text) == ["How", "to", "say", "it", "Ask", "the", "office", "at", "14", "30", "Don’t", "wait"]
    assert "example" not in plain(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("One. Two? Three!", 3),
        ("She asked, “Why?” Then she left.", 2),
        ("A heading\n\nA line", 2),
        ("2.5 hours are enough.", 1),
        ("Τι έκανες; Πες το.", 2),
        ("…", 0),
    ],
)
def test_sentences_are_counted(text, number):
    assert len(sentences(text)) == number


def test_long_words_and_long_sentences_are_harder():
    easy = "You read. You write. You ask."
    assert reading_level(easy) == 2
    assert reading_level("Recognition procedures presuppose documentation.") == 104
    assert reading_level("You read and you write and you ask.") == 8


def test_no_words_have_no_level():
    assert reading_level(" — ") == 0
