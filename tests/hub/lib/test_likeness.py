from difflib import SequenceMatcher

import pytest

from hub.lib.likeness import Likeness

PAIRS = [
    ("With one word.", "With two words."),
    ("You wait.", "You wait."),
    ("", ""),
    ("", "Something"),
    ("aaaa", "aa"),
    ("The bus leaves at nine.", "You wait for the bus."),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_it_is_at_least_what_comparing_every_letter_finds_and_at_most_what_is_said_at_once(one, other):
    likeness = Likeness(one, other)
    assert SequenceMatcher(None, one, other, autojunk=False).ratio() <= likeness.share <= likeness.most <= 1


def test_the_same_is_one_and_nothing_in_common_is_none_of_it():
    assert (Likeness("You wait.", "You wait.").share, Likeness("abc", "xyz").share, Likeness("", "").share) == (1, 0, 1)


def test_a_changed_word_leaves_the_rest_alike():
    assert Likeness("Then rest, {name}.", "Then sleep, {name}.").share == pytest.approx(0.81, abs=0.01)


def test_letters_are_compared_only_between_what_both_begin_and_end_with():
    assert Likeness("You wait here for the bus.", "You wait there for the bus.").rest == 1
