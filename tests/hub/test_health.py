from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult


def test_live_answers_ok_through_the_whole_middleware_without_the_database(client):
    # No database mark: a statement would fail the test. The session cookie must not be looked up either.
    client.cookies["sessionid"] = "x" * 32
    response = client.get("/health/live")
    assert response.content == b"ok"
    assert "default-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_ready_tells_how_long_the_oldest_task_waits(client):
    assert client.get("/health/ready").json() == {
        "database": True,
        "cache": True,
        "tree": "unknown",
        "oldest_waiting_task_seconds": 0,
        "posts_not_found_yet": 0,
    }
    task = DBTaskResult.objects.create(task_path="hub.tasks.none", args_kwargs={}, backend_name="default", priority=0)
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=timezone.now() - timedelta(seconds=90))
    assert client.get("/health/ready").json()["oldest_waiting_task_seconds"] in range(90, 100)


def test_ready_refuses_without_a_database(client, monkeypatch):
    monkeypatch.setattr("hub.health.ask_database", lambda: (_ for _ in ()).throw(OSError("gone")))
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["database"] is False
