import pytest

from hub.lib.word_diff import word_diff


@pytest.mark.parametrize(
    ("old", "new", "diff"),
    [
        ("One word.", "One word.", [("same", "One word.")]),
        ("", "One.", [("ins", "One.")]),
        ("One word.", "Two words.", [("del", "One word"), ("ins", "Two words"), ("same", ".")]),
        ("It rains.", "It often rains.", [("same", "It"), ("ins", " often"), ("same", " rains.")]),
        (
            "a <b>bold</b> word",
            "a bold word",
            [("same", "a "), ("del", "<b>"), ("same", "bold"), ("del", "</b>"), ("same", " word")],
        ),
    ],
)
def test_a_change_is_told_in_whole_words(old, new, diff):
    assert word_diff(old, new) == diff


def test_both_texts_can_be_read_from_it():
    old, new = "The circle begins at nine, in the hall.", "Our circle begins at ten, in a small room."
    pieces = word_diff(old, new)
    assert "".join(text for kind, text in pieces if kind != "ins") == old
    assert "".join(text for kind, text in pieces if kind != "del") == new
