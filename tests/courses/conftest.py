import pytest

from courses.models import LessonPage
from courses.queries import kit_outline


@pytest.fixture
def indexes(small_hub):
    return small_hub


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
