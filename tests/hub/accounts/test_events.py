"""What happened with an account, as its owner reads it."""

import pytest

from hub.accounts.events import SENTENCES, by_whom, in_words, note
from hub.accounts.models import AccountEvent, Organisation, User

HERE = "/en/accounts/events/"


@pytest.fixture
def partner(db):
    return Organisation.objects.create(name="Partner")


def test_she_reads_what_was_done_by_whom_in_a_role_and_never_a_name(learner_client, learner, make_user, partner):
    helper = make_user("helper", "trainer", organisation=partner)
    note(user=learner, kind="help_started", actor=helper, organisation=partner)
    note(user=learner, kind="passphrase", actor=learner)
    page = learner_client.get(HERE).content.decode()
    assert "Somebody asked for a code to help you back in." in page
    assert "Trainer, Partner" in page
    assert "helper" not in page
    assert page.index("Your passphrase was changed.") < page.index("Somebody asked for")
    assert page.count("By:") == 1  # what she did herself says nobody


def test_only_hers_are_shown(learner_client, stranger):
    note(user=stranger, kind="recovered")
    note(user=None, kind="card_made", detail=3)
    assert "Nothing yet." in learner_client.get(HERE).content.decode()


def test_a_role_is_named_in_words(learner, coordinator):
    row = note(user=learner, kind="role_given", actor=coordinator, detail="editor-el")
    assert in_words(row) == "You were given a role: Translator and reviewer: Ελληνικά."
    assert by_whom(row) == "Coordinator"


def test_who_did_it_stays_as_she_was_then(learner, make_user, partner):
    helper = make_user("helper", "trainer")
    row = note(user=learner, kind="help_approved", actor=helper, organisation=partner)
    helper.delete()
    row.refresh_from_db()
    assert (row.actor, str(by_whom(row))) == (None, "Trainer, Partner")


def test_every_kind_that_can_be_hers_has_a_sentence():
    nobodys = {kind for kind in AccountEvent.Kind if kind.startswith("organisation_")} | {
        "invited",
        "invitation_withdrawn",
        "figures_taken",
    }
    assert set(AccountEvent.Kind) - set(SENTENCES) == nobodys


@pytest.mark.parametrize("number", [1, 3, 25])
def test_the_page_costs_the_same_and_shows_twenty(
    learner_client, learner, make_user, partner, number, django_assert_num_queries
):
    helper = make_user("helper", "trainer", organisation=partner)
    for _ in range(number):
        note(user=learner, kind="help_started", actor=helper, organisation=partner)
    learner_client.get(HERE)  # fills the cache of the hub's settings
    # session, user; events with their organisations, whether a code could still open the account
    with django_assert_num_queries(4):
        page = learner_client.get(HERE)
    assert len(page.context["rows"]) == min(number, 20)
    assert "no-store" in page.headers["Cache-Control"]


def test_visitors_are_sent_to_sign_in(visitor):
    assert visitor.get(HERE).headers["Location"].startswith("/en/accounts/login/")


def test_the_account_page_tells_staff_who_sees_their_name(learner_client, trainer, partner, sign_in):
    User.objects.filter(pk=trainer.pk).update(organisation=partner)
    page = sign_in(trainer).get("/en/accounts/").content.decode()
    assert "coordinators see it too" in page
    assert "/en/staff/" in page
    assert "/en/accounts/helped/allow/" not in page  # her account is never helped back in
    page = learner_client.get("/en/accounts/").content.decode()
    assert "coordinators see it too" not in page
    assert "/en/accounts/helped/allow/" in page
