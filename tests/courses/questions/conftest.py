import pytest

from courses.pieces import find_part, lesson_pieces
from tests.courses.small_kit import key


@pytest.fixture
def asking(asking_hub, lesson):
    """The first lesson of the small kit, which now asks in every way."""
    return lesson


@pytest.fixture
def part(asking):
    """`part("match")`: a part of that lesson by the name of its block."""
    return lambda name: find_part(lesson_pieces(asking.pk), key(name))


@pytest.fixture
def address(asking):
    return lambda what, name: f"/en/kits/record/lesson/{asking.key}/{key(name)}/{what}/"
