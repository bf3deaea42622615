import pytest

from courses.models import LessonPage
from courses.queries import kit_outline
from hub.lib.stamp import touch
from hub.search import keeping
from hub.search.related import related_lessons


@pytest.fixture
def lesson(loaded_hub):
    return next(line for line in kit_outline("en", "learner").lessons if line.slug == "the-interview")


def titles(lesson, language="en"):
    return [place.title for place in related_lessons(language, lesson.key)]


def test_a_lesson_names_three_that_speak_of_the_same_things(lesson, visitor):
    assert len(titles(lesson)) == len(titles(lesson, "el")) == 3
    assert lesson.title not in titles(lesson)
    page = visitor.get(f"{lesson.url}?x=1").content.decode().partition("Lessons close to this one")[2]
    assert all(f">{title}</a>" in page for title in titles(lesson))


def test_a_page_that_went_offline_is_not_named(lesson):
    gone = titles(lesson)[0]
    LessonPage.objects.filter(title=gone).update(live=False)
    touch()
    assert gone not in titles(lesson)


def test_without_an_index_nothing_is_named(lesson, visitor):
    keeping.StoredIndex.objects.all().delete()
    touch()
    assert titles(lesson) == []
    assert "Lessons close to this one" not in visitor.get(f"{lesson.url}?x=1").content.decode()
