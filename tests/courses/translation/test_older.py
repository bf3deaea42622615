"""Each changed text with the older one that is most like it."""

from courses.translation import older
from courses.translation.older import ALIKE, Open, match
from hub.lib.likeness import Likeness

OLD = [
    "The bus leaves at nine in the morning.",
    "You wait for the others at the door.",
    "Then the circle begins with a question.",
    "Bring something to write with, if you like.",
]


def opened(*texts):
    return [Open(n, 1, n, "body.x", n, text) for n, text in enumerate(texts)]


def candidates(*texts):
    return [(n, text, f"el {text}") for n, text in enumerate(texts)]


def test_each_text_gets_its_own_and_an_unlike_one_gets_none():
    texts = opened(
        OLD[2].replace("begins", "opens"), "Nothing of this stood here before!", OLD[0].replace("nine", "ten")
    )
    match(texts, candidates(*OLD), least=ALIKE)
    assert [text.older and text.older[1] for text in texts] == [OLD[2], None, OLD[0]]


def test_of_equals_the_newest_is_taken_and_each_only_once():
    texts = opened("You wait here.", "You wait here.")
    match(texts, candidates("You wait there.", "You wait there."), least=ALIKE)
    assert sorted(text.older[0] for text in texts) == [0, 1]
    one = opened("You wait here.")
    match(one, candidates("You wait there.", "You wait there."), least=0)
    assert one[0].older[0] == 1


def test_a_field_has_one_text_so_that_any_older_one_is_its_own():
    text = opened("Wholly other")
    match(text, candidates("Before"), least=0)
    assert text[0].older[1] == "Before"


def test_of_many_pairs_only_the_likely_are_compared(monkeypatch):
    compared = []

    class Counted(Likeness):
        @property
        def share(self):
            compared.append(self)
            return super().share

    monkeypatch.setattr(older, "Likeness", Counted)
    texts = opened(*(text.replace(" ", " really ", 1) for text in OLD))
    match(texts, candidates(*OLD), least=ALIKE)
    assert [text.older[1] for text in texts] == OLD
    assert len(compared) < len(OLD) * len(OLD) / 2
