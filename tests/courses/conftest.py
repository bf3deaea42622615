import pytest

from courses.models import LessonPage
from courses.queries import kit_outline
from tests.courses import small_kit


@pytest.fixture
def indexes(db):
    """The small kit in English and Greek: {language: KitIndexPage}."""
    return small_kit.make_hub()


@pytest.fixture
def kit(indexes):
    return kit_outline("en", "small")


@pytest.fixture
def lesson(kit):
    """The first lesson of the small kit, as a line of the outline."""
    return kit.lessons[0]


@pytest.fixture
def lesson_page(lesson):
    return LessonPage.objects.get(pk=lesson.pk)
