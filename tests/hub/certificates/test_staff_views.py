from hub.notifications.models import Notification

ADDRESS = "/en/staff/certificates/"
WITHDRAWAL = {"reason": "name", "sure": "on"}


def test_a_coordinator_withdraws_one_she_was_shown_and_sees_no_name(coordinator, sign_in, certificate):
    client = sign_in(coordinator)
    assert client.post(ADDRESS, WITHDRAWAL | {"certificate": certificate.code})["Location"] == ADDRESS
    page = client.get(ADDRESS).content.decode()
    assert "The certificate is withdrawn." in page
    assert "Zora" not in page
    certificate.refresh_from_db()
    assert (certificate.state, certificate.reason) == ("revoked", "name")
    assert Notification.objects.get().context["act"] == "certificate_withdrawn"


def test_without_a_reason_or_a_tick_nothing_happens(coordinator, sign_in, certificate):
    response = sign_in(coordinator).post(ADDRESS, {"certificate": certificate.code})
    assert response.status_code == 422
    certificate.refresh_from_db()
    assert certificate.state == "issued"


def test_a_code_of_nobody_is_said_to_be_so(coordinator, sign_in, certificate):
    client = sign_in(coordinator)
    client.post(ADDRESS, WITHDRAWAL | {"certificate": certificate.code})
    response = client.post(ADDRESS, WITHDRAWAL | {"certificate": certificate.code})
    assert response.status_code == 422
    assert "No certificate with this code is in force." in response.content.decode()


def test_a_trainer_finds_no_such_page(trainer, sign_in):
    assert sign_in(trainer).get(ADDRESS).status_code == 404
