"""Her certificate: asked for, looked at, made, shown or not, replaced, deleted."""

import pytest
from django.core import mail

from courses.certificates.codes import readable
from courses.models import Certificate, CertificateFile
from hub.certificates import making
from tests.certificates import certificate_of, complete

ASKED = {"name": "Zora Kovács", "language": "en", "second_language": "el", "shown": ["kit"]}


@pytest.fixture(autouse=True)
def _quick_paper(monkeypatch):
    monkeypatch.setattr(making, "make_pdf", lambda certificate, audience: b"%PDF")


@pytest.fixture
def address(kit):
    return f"/en/my/certificates/{kit.key}/"


def text(response):
    return response.content.decode()


def test_without_a_completed_kit_there_is_none(kit, address, learner_client):
    for path in ("", "ask/"):
        assert learner_client.get(f"{address}{path}").status_code == 404
    assert learner_client.post(f"{address}ask/", ASKED | {"step": "make"}).status_code == 404


def test_my_learning_leads_to_it_once_the_kit_is_complete(learner, kit, address, learner_client):
    complete(learner, kit.key)
    learner.enrolments.update(completed_at="2026-11-03T10:00Z")
    assert f'href="{address}"' in text(learner_client.get("/en/my/"))
    assert learner_client.get(address)["Location"] == f"{address}ask/"


def test_she_looks_at_it_before_it_is_made(address, completed, learner_client):
    page = text(learner_client.post(f"{address}ask/", ASKED | {"step": "preview"}))
    assert 'class="paper-name" dir="auto">Zora Kovács' in page
    assert "Make my certificate" in page
    assert not Certificate.objects.exists()


def test_it_is_made_by_a_task_and_she_saves_it_under_a_name_that_says_nothing(address, completed, learner_client):
    learner_client.post(f"{address}ask/", ASKED | {"step": "make"})
    assert CertificateFile.objects.exists()
    for kind in ("pdf", "json", "png", "svg"):
        response = learner_client.get(f"{address}document.{kind}")
        assert response["Content-Disposition"] == f'attachment; filename="document.{kind}"'
        assert "no-store" in response["Cache-Control"]
    assert learner_client.get(f"{address}document.exe").status_code == 404


def test_a_name_in_letters_only_and_two_different_languages(address, completed, learner_client):
    response = learner_client.post(f"{address}ask/", ASKED | {"name": " -- ", "second_language": "en"})
    assert response.status_code == 422
    assert "Please write a name with letters." in text(response)
    assert "Please choose two different languages, or only one." in text(response)


def test_characters_that_no_font_has_are_named(monkeypatch, address, completed, learner_client):
    monkeypatch.setattr("hub.lib.pdf.fonts", lambda pattern: [] if pattern == ":charset=9999" else ["Noto"])
    response = learner_client.post(f"{address}ask/", ASKED | {"name": "Zora \u9999"})
    assert response.status_code == 422
    assert "We cannot print these characters: \u9999." in text(response)


def test_another_name_makes_a_new_one_with_a_new_code(address, certificate, learner_client):
    asked = ASKED | {"name": "Zora Nagy", "step": "make", "instead_of": certificate.pk}
    learner_client.post(f"{address}ask/", asked)
    learner_client.post(f"{address}ask/", asked)  # the button pressed twice
    assert list(Certificate.objects.order_by("pk").values_list("state", "name")) == [
        ("replaced", ""),
        ("issued", "Zora Nagy"),
    ]


def test_what_she_ticks_is_what_others_see_and_she_switches_it_off(address, certificate, learner_client, visitor):
    page = f"/en/certificates/{readable(certificate.code)}/"
    learner_client.post(f"{address}shown/", {"page_on": "on", "shown": ["hours"]})
    shown = text(visitor.get(page))
    assert "about 20 hours" in shown
    assert "Zora" not in shown
    assert "Career" not in shown
    learner_client.post(f"{address}shown/", {"shown": ["name"]})
    assert "This page is switched off" in text(visitor.get(page))


def test_an_unknown_part_is_refused_and_nothing_changes(address, certificate, learner_client):
    assert learner_client.post(f"{address}shown/", {"shown": ["passport"]}).status_code == 422
    certificate.refresh_from_db()
    assert (certificate.shown, certificate.page_on) == (["name", "kit", "date"], True)


def test_deleting_asks_once_and_then_the_code_is_unknown(address, certificate, learner_client, visitor):
    assert learner_client.post(f"{address}delete/", {}).status_code == 422
    learner_client.post(f"{address}delete/", {"sure": "on"})
    response = visitor.get(f"/en/certificates/{certificate.code}/")
    assert response.status_code == 404
    assert "No certificate has this code" in text(response)


def test_after_a_withdrawal_she_reads_why(address, certificate, learner_client):
    from hub.certificates.staff_views import withdraw_and_tell

    withdraw_and_tell(code=certificate.code, reason="record")
    page = text(learner_client.get(address))
    assert "The kit was not completed by the holder." in page
    assert "Ask for a new one" not in page
    assert learner_client.post(f"{address}ask/", ASKED | {"step": "make"}).status_code == 200
    assert Certificate.objects.in_force().count() == 0


def test_somebody_elses_certificate_is_not_hers(stranger, sign_in, address, certificate):
    making.make_waiting()
    client = sign_in(stranger)
    for path in ("", "document.pdf", "delete/"):
        assert client.get(f"{address}{path}").status_code == 404


def test_no_mail_names_a_certificate_in_its_subject(learner, certificate):
    from allauth.account.models import EmailAddress

    from hub.notifications.actions import choose_mail
    from hub.notifications.mail import send_due

    EmailAddress.objects.create(user=learner, email="l@example.org", verified=True, primary=True)
    choose_mail(user=learner, how="now")
    making.make_waiting()
    send_due()
    assert "ertificate" not in mail.outbox[0].subject + mail.outbox[0].body


@pytest.mark.parametrize("number", [1, 3])
def test_her_page_takes_the_same_statements_however_many_there_were(
    django_assert_num_queries, learner, kit, address, certificate, learner_client, number
):
    newest = certificate
    for _ in range(number - 1):
        newest = certificate_of(learner, kit.key, instead_of=newest.pk)
    learner_client.get(address)
    with django_assert_num_queries(3):  # session, person with her news, the newest certificate
        learner_client.get(address)
