"""Taking up an invitation to a role."""

import threading
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from hub.accounts.invitations import Refused, make_invitation, take_up
from hub.accounts.models import AccountEvent, Organisation, RoleInvitation, User
from hub.accounts.organisations import close_organisation, make_organisation
from tests.conftest import PASSPHRASE

pytestmark = pytest.mark.usefixtures("ensured_roles")
HERE = "/en/accounts/invitation/"


@pytest.fixture
def partner(coordinator):
    return make_organisation(name="Partner", country="IT", actor=coordinator)


@pytest.fixture
def link(partner, coordinator):
    """`link("moderator")`: the address of a new invitation."""

    def make(role="trainer", maker=coordinator):
        group = Group.objects.get(name=role)
        return f"{HERE}{make_invitation(organisation=partner, group=group, actor=maker)}/"

    return make


def roles_of(name):
    return list(User.objects.get(username=name).groups.values_list("name", flat=True))


def test_the_secret_leaves_the_address_at_once(client, link):
    answer = client.get(link())
    assert answer.headers["Location"] == HERE
    assert "no-store" in client.get(HERE).headers["Cache-Control"]


def test_with_an_account_she_gives_her_passphrase_and_has_the_role(learner_client, link, partner):
    learner_client.get(link())
    page = learner_client.get(HERE).content.decode()
    assert "Partner" in page
    assert "Trainer" in page
    answer = learner_client.post(HERE, {"password": PASSPHRASE})
    assert answer.headers["Location"] == "/en/staff/"
    assert roles_of("learner") == ["trainer"]
    assert User.objects.get(username="learner").organisation == partner
    used = AccountEvent.objects.get(kind="invitation_used")
    assert (used.user.username, used.actor.username, used.detail) == ("learner", "coordinator", "trainer")
    assert "expired or was used" in learner_client.get(HERE).content.decode()


def test_with_a_wrong_passphrase_or_none_nothing_happens(learner_client, link):
    learner_client.get(link())
    for words in ({}, {"password": "not hers at all"}):
        assert learner_client.post(HERE, words).status_code == 422
    assert roles_of("learner") == []
    assert RoleInvitation.objects.get().used_at is None


def test_without_an_account_she_makes_one_and_comes_back(client, link):
    page = client.get(link(), follow=True).content.decode()
    assert "/en/accounts/signup/?next=/en/accounts/invitation/" in page
    words = {"username": "zora", "password1": "three green hills away", "language": "en", "own_device": "no"}
    answer = client.post(f"/en/accounts/signup/?next={HERE}", words | {"next": HERE})
    assert "next=%2Fen%2Faccounts%2Finvitation%2F" in answer.headers["Location"]
    assert client.post("/en/accounts/recovery-card/kept/", {"next": HERE}).headers["Location"] == HERE
    client.post(HERE, {"password": "three green hills away"})
    assert roles_of("zora") == ["trainer"]


def test_a_role_with_a_second_step_leads_to_it(client, learner, link):
    client.post("/en/accounts/login/", {"login": "learner", "password": PASSPHRASE})
    client.get(link("moderator"))
    assert "second step" in client.get(HERE).content.decode()
    assert client.post(HERE, {"password": PASSPHRASE}).headers["Location"] == "/en/accounts/2fa/totp/activate/"
    assert client.get("/en/forums/").headers["Location"] == "/en/accounts/2fa/totp/activate/"


def test_who_has_her_second_step_already_goes_on(learner_client, learner, link):
    TOTP.activate(learner, generate_totp_secret())
    learner_client.get(link("moderator"))
    assert learner_client.post(HERE, {"password": PASSPHRASE}).headers["Location"] == "/en/accounts/"


def test_nobody_takes_up_her_own(coordinator, sign_in, link):
    client = sign_in(coordinator)
    client.get(link())
    assert client.post(HERE, {"password": PASSPHRASE}).status_code == 422
    assert roles_of("coordinator") == ["coordinator"]


def test_staff_of_another_organisation_is_moved_first(make_user, sign_in, link):
    other = Organisation.objects.create(name="Other")
    client = sign_in(make_user("helper", "trainer", organisation=other))
    client.get(link("moderator"))
    assert "another organisation" in client.get(HERE).content.decode()
    assert client.post(HERE, {"password": PASSPHRASE}).status_code == 422
    assert roles_of("helper") == ["trainer"]


def test_a_role_she_has_leaves_the_invitation_open(make_user, partner, sign_in, link):
    client = sign_in(make_user("helper", "trainer", organisation=partner))
    client.get(link("trainer"))
    assert client.post(HERE, {"password": PASSPHRASE}).status_code == 422
    assert RoleInvitation.objects.get().used_at is None


@pytest.mark.parametrize("token", ["x", "a" * 4_000, "%00", "%ED%A0%80", "é%20ű", "' OR 1=1 --"])
def test_a_link_of_nothing_is_said_to_be_no_longer_good(client, learner_client, coordinator, token):
    assert client.get(f"{HERE}{token}/", follow=True).status_code == 404
    page = learner_client.get(f"{HERE}{token}/", follow=True)
    assert "expired or was used before" in page.content.decode()
    assert learner_client.post(HERE, {"password": PASSPHRASE}).status_code == 422


def ends(invitation, coordinator, how):
    if how == "time":
        RoleInvitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif how == "organisation":
        close_organisation(organisation=invitation.organisation, actor=coordinator)
    elif how == "role of its maker":
        coordinator.groups.clear()
    else:
        coordinator.delete()


@pytest.mark.parametrize("how", ["time", "organisation", "role of its maker", "account of its maker"])
def test_it_ends_with(learner_client, link, coordinator, how):
    learner_client.get(link())
    ends(RoleInvitation.objects.get(), coordinator, how)
    assert learner_client.post(HERE, {"password": PASSPHRASE}).status_code == 422
    assert roles_of("learner") == []


def test_it_is_used_once(learner, stranger, link):
    token = link().rstrip("/").rpartition("/")[2]
    take_up(token=token, user=learner)
    with pytest.raises(Refused):
        take_up(token=token, user=stranger)
    assert roles_of("stranger") == []


def test_a_session_that_ended_is_sent_to_sign_in_and_loses_nothing(client, link):
    client.get(link())
    assert client.post(HERE, {"password": PASSPHRASE}).status_code == 403
    assert RoleInvitation.objects.get().used_at is None


def test_guessing_the_passphrase_is_slowed_down(learner_client, link):
    learner_client.get(link())
    statuses = [learner_client.post(HERE, {"password": f"wrong words {n}"}).status_code for n in range(11)]
    assert statuses[-1] == 429


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_gets_the_role(make_user, link):
    """Whether from two tabs or two people: on SQLite and PostgreSQL alike."""
    token = link().rstrip("/").rpartition("/")[2]
    people = [make_user(f"person{n}") for n in range(8)]
    start, got = threading.Barrier(8), []

    def take(person):
        try:
            start.wait()
            got.append(take_up(token=token, user=person))
        except Refused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 1
    assert Group.objects.get(name="trainer").user_set.count() == 1
