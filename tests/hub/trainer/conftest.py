import pytest

from courses.queries import kit_outline
from tests.circles import employ, make_circle_of


@pytest.fixture
def kit(small_hub):
    return kit_outline("en", "small")


@pytest.fixture
def holder(trainer):
    """Belongs to the partner and leads the circle."""
    return employ(trainer)


@pytest.fixture
def colleague(make_user):
    return employ(make_user("colleague", "trainer"))


@pytest.fixture
def outsider(make_user):
    """A trainer of another partner."""
    return employ(make_user("outsider", "trainer"), "Other partner")


@pytest.fixture
def circle(holder, kit):
    return make_circle_of(holder, kit.key)


@pytest.fixture
def room(holder, sign_in):
    return sign_in(holder)


@pytest.fixture
def page(circle):
    return f"/en/trainer/{circle.pk}/"
