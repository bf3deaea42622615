"""Many hands at once: every mark counted, everything completed once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from courses import actions
from courses.completion import rebuild
from courses.models import Completion, Enrolment
from courses.queries import kit_outline
from hub.lib.stamp import touch
from tests.courses import small_kit

pytestmark = pytest.mark.django_db(transaction=True)
LESSONS = [f"lesson-{number}" for number in range(8)]


def marker(user, kit, lesson):
    def mark():
        try:
            return actions.mark_lesson(user=user, lesson_key=lesson.key, kit_key=kit.key, done=True)
        finally:
            connection.close()

    return mark


def test_lessons_marked_in_many_windows_complete_the_module_once(indexes, learner):
    small_kit.make_kit(indexes["en"], "many", LESSONS)
    touch()
    kit = kit_outline("en", "many")
    with ThreadPoolExecutor(8) as pool:
        completed = list(pool.map(lambda mark: mark(), [marker(learner, kit, lesson) for lesson in kit.lessons * 2]))
    assert [key for keys in completed for key in keys] == [kit.modules[0].key, kit.key]
    assert Enrolment.objects.get(user=learner).lessons_done == 8
    assert Completion.objects.count() == 2
    assert rebuild(enrolments=Enrolment.objects.all()).corrected == 0
