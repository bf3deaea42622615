import pytest

from courses.queries import kit_outline
from tests.certificates import certificate_of, complete


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.BADGE_KEYS = tmp_path / "keys"


@pytest.fixture
def kit(small_hub):
    return kit_outline("en", "small")


@pytest.fixture
def completed(learner, kit):
    return complete(learner, kit.key)


@pytest.fixture
def certificate(learner, kit, completed):
    return certificate_of(learner, kit.key)
