"""Telling the moderators."""

import pytest

from forums import views
from forums.models import Report
from tests.forums.conftest import HOME


def test_report_reaches_the_queue_without_the_reporter(learner_client, learner, moderator_client, alias, post):
    answer = learner_client.post(f"{HOME}posts/{post.pk}/report/", {"reason": "money", "note": "He asks for papers"})
    assert answer.status_code == 302
    assert Report.objects.get().reporter == learner
    queue = moderator_client.get(f"{HOME}moderation/").text
    assert "He asks for papers" in queue
    assert "Maple 81" in queue
    for hidden in ["Heron 27", "learner<", "stranger"]:
        assert hidden not in queue


def test_reporting_twice_changes_the_first_report(learner_client, post):
    for reason in ["spam", "hurtful"]:
        learner_client.post(f"{HOME}posts/{post.pk}/report/", {"reason": reason})
    assert Report.objects.get().reason == "hurtful"


@pytest.mark.parametrize("data", [{}, {"reason": "x"}, {"reason": "spam", "note": "x" * 1001}])
def test_unfit_report_is_asked_again(learner_client, post, data):
    answer = learner_client.post(f"{HOME}posts/{post.pk}/report/", data)
    assert answer.status_code == 422
    assert data.get("note", "") in answer.text
    assert not Report.objects.exists()


def test_too_many_reports_wait(learner_client, post, monkeypatch):
    monkeypatch.setattr(views, "REPORTS_PER_DAY", 0)
    answer = learner_client.post(f"{HOME}posts/{post.pk}/report/", {"reason": "spam", "note": "Keep this"})
    assert answer.status_code == 429
    assert "Keep this" in answer.text
