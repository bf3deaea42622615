from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from courses.certificates import actions
from courses.models import Certificate, CertificateFile, WithdrawnNumber
from courses.privacy import erase_person, export_person
from tests.certificates import certificate_of

KIT = uuid4()
Reason = Certificate.Reason


@pytest.fixture
def certificate(learner):
    return certificate_of(learner, KIT)


def made(certificate):
    actions.keep_file(pk=certificate.pk, pdf=b"%PDF", credential="{}")


def withdrawn():
    return set(WithdrawnNumber.objects.values_list("number", flat=True))


def test_a_button_pressed_twice_makes_one_certificate(learner, certificate):
    assert certificate_of(learner, KIT) == certificate


def test_a_new_one_replaces_the_old_which_forgets_her_name_and_its_file(learner, certificate):
    made(certificate)
    new = certificate_of(learner, KIT, instead_of=certificate.pk, name="Zora Nagy")
    certificate.refresh_from_db()
    assert (certificate.state, certificate.name, certificate.shown, certificate.words) == ("replaced", "", [], {})
    assert withdrawn() == {certificate.number}
    assert not CertificateFile.objects.exists()
    assert new.code != certificate.code


def test_two_in_force_for_one_kit_are_refused_by_the_database(learner, certificate):
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            user=learner, kit_key=KIT, code="x", number=999, name="A", completed_on="2026-01-01", hours=1
        )


def test_what_is_withdrawn_cannot_keep_a_name(certificate):
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(state="revoked")


def test_a_coordinator_withdraws_by_code_and_with_a_reason(certificate):
    made(certificate)
    assert actions.withdraw(code=certificate.code, reason=Reason.RECORD) == certificate
    certificate.refresh_from_db()
    assert (certificate.state, certificate.reason, certificate.name) == ("revoked", "record", "")
    assert withdrawn() == {certificate.number}
    assert not actions.may_ask(certificate)
    assert actions.withdraw(code=certificate.code, reason=Reason.NAME) is None


def test_after_a_wrong_name_she_may_ask_again(certificate):
    actions.withdraw(code=certificate.code, reason=Reason.NAME)
    certificate.refresh_from_db()
    assert actions.may_ask(certificate)


def test_deleting_takes_all_of_hers_and_their_numbers_stay_withdrawn(learner, stranger, certificate):
    other = certificate_of(stranger, KIT)
    new = certificate_of(learner, KIT, instead_of=certificate.pk)
    made(new)
    actions.delete(user=learner, kit_key=KIT)
    assert list(Certificate.objects.all()) == [other]
    assert withdrawn() == {certificate.number, new.number}
    assert not CertificateFile.objects.exists()


def test_an_erased_person_leaves_a_withdrawn_number_and_nothing_else(learner, certificate):
    made(certificate)
    erase_person(learner)
    assert not Certificate.objects.exists()
    assert not CertificateFile.objects.exists()
    assert withdrawn() == {certificate.number}


def test_she_takes_her_certificates_along(learner, certificate):
    row = export_person(learner)["certificates"][0]
    assert (row["name_on_it"], row["kit"], row["page_on"]) == ("Zora Kovács", "Career development in STEM", True)
    assert row["shown"] == {"name_on_it": True, "kit": True, "day": True}


def test_a_number_is_never_given_twice(learner, monkeypatch, certificate):
    drawn = iter([certificate.number, 7, 8])
    WithdrawnNumber.objects.create(pk=7)
    monkeypatch.setattr(actions.secrets, "randbelow", lambda most: next(drawn))
    assert actions.draw_number() == 8


def test_a_half_full_list_is_followed_by_another(monkeypatch, certificate):
    monkeypatch.setattr(actions, "FULL", 1)
    assert actions.LIST_LENGTH <= actions.draw_number() < 2 * actions.LIST_LENGTH


def test_a_file_is_kept_once_and_not_for_what_is_replaced(learner, certificate):
    assert actions.keep_file(pk=certificate.pk, pdf=b"%PDF", credential="{}")
    assert not actions.keep_file(pk=certificate.pk, pdf=b"%PDF", credential="{}")
    new = certificate_of(learner, KIT, instead_of=certificate.pk)
    assert not actions.keep_file(pk=certificate.pk, pdf=b"%PDF", credential="{}")
    assert actions.keep_file(pk=new.pk, pdf=b"%PDF", credential="{}")
