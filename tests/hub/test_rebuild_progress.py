"""The command that makes counters anew."""

import pytest
from django.core.management import CommandError, call_command

from courses import actions
from courses.models import Enrolment
from courses.queries import kit_outline


@pytest.fixture
def spoilt(small_hub, learner, stranger):
    """Two people whose counters are wrong."""
    kit = kit_outline("en", "small")
    for user in (learner, stranger):
        actions.mark_lesson(user=user, lesson_key=kit.lessons[0].key, kit_key=kit.key, done=True)
    Enrolment.objects.update(lessons_done=9)


def lessons_done():
    return list(Enrolment.objects.order_by("user__username").values_list("lessons_done", flat=True))


def test_it_puts_right_what_is_wrong_and_says_how_much(spoilt, capsys):
    call_command("rebuild_progress")
    assert lessons_done() == [1, 1]
    assert capsys.readouterr().out == ("2 enrolments looked at, 2 were put right, 0 modules and kits were completed.\n")


def test_a_dry_run_changes_nothing(spoilt, capsys):
    call_command("rebuild_progress", dry_run=True)
    assert lessons_done() == [9, 9]
    assert "2 would be put right" in capsys.readouterr().out


def test_one_person_alone(spoilt):
    call_command("rebuild_progress", user="learner")
    assert lessons_done() == [1, 9]


def test_a_name_that_nobody_has_is_refused(spoilt):
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("rebuild_progress", user="nobody")
    assert lessons_done() == [9, 9]
