from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from courses.models import Certificate, CertificateFile
from courses.models.certificates import MOST_TRIES
from hub.certificates import making
from hub.certificates.making import LEASE, make_waiting
from hub.notifications.models import Notification
from hub.notifications.words import sentence


@pytest.fixture(autouse=True)
def _quick_paper(monkeypatch):
    monkeypatch.setattr(making, "make_pdf", lambda certificate, audience: b"%PDF")


def test_what_waits_is_made_once_and_she_is_told_once(certificate):
    assert make_waiting() == 1
    assert make_waiting() == 0
    assert CertificateFile.objects.get().certificate == certificate
    told = Notification.objects.get()
    assert told.user_id == certificate.user_id
    assert sentence(told, 1) == "Your certificate is ready. You can take it from here."


def test_what_a_killed_worker_held_is_made_after_its_lease(certificate):
    assert making.claim(LEASE) == certificate  # and then it died
    assert make_waiting() == 0
    Certificate.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert make_waiting() == 1


def test_tidy_makes_what_a_lost_task_left(certificate):
    call_command("tidy")
    assert CertificateFile.objects.exists()


def test_what_fails_is_tried_again_a_few_times_and_its_name_is_in_no_log(monkeypatch, caplog, certificate):
    def broken(certificate, audience):
        raise OSError("no fonts")

    monkeypatch.setattr(making, "make_pdf", broken)
    for _ in range(MOST_TRIES + 2):
        make_waiting()
        Certificate.objects.update(due_at=timezone.now())
    assert len(caplog.records) == MOST_TRIES
    assert "no fonts" in caplog.text
    assert "Zora" not in caplog.text
    assert not Notification.objects.exists()


def test_nothing_is_made_of_what_was_deleted_meanwhile(monkeypatch, certificate):
    def slow(found, audience):
        Certificate.objects.all().delete()
        return b"%PDF"

    monkeypatch.setattr(making, "make_pdf", slow)
    assert make_waiting() == 0
    assert not CertificateFile.objects.exists()
    assert not Notification.objects.exists()
