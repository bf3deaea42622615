"""The coordinators' pages: organisations, invitations, roles, and the log of all this."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from hub.accounts.events import note, note_help
from hub.accounts.invitations import digest_of, make_invitation, take_up
from hub.accounts.models import AccountEvent, Organisation, RoleInvitation, User
from hub.accounts.organisations import close_organisation, make_organisation

pytestmark = pytest.mark.usefixtures("ensured_roles")


@pytest.fixture
def office(coordinator, sign_in):
    return sign_in(coordinator)


@pytest.fixture
def partner(coordinator):
    return make_organisation(name="Partner", country="IT", actor=coordinator)


def group(name):
    return Group.objects.get(name=name)


def kinds():
    return list(AccountEvent.objects.order_by("pk").values_list("kind", "detail"))


# Who is let in ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "people/", "people/log/", "help/", "cards/"])
def test_for_a_learner_there_are_no_staff_pages(learner_client, visitor, path):
    assert learner_client.get(f"/en/staff/{path}").status_code == 404
    assert learner_client.post(f"/en/staff/{path}").status_code in {404, 405}
    assert visitor.get(f"/en/staff/{path}").headers["Location"].startswith("/en/accounts/login/")


@pytest.mark.parametrize("path", ["people/", "people/log/", "organisations/{}/", "organisations/{}/invite/"])
def test_people_are_for_coordinators_alone(trainer, moderator, partner, sign_in, path):
    for person in (trainer, moderator):
        assert sign_in(person).get(f"/en/staff/{path.format(partner.pk)}").status_code == 404


def test_the_first_page_offers_what_she_may(office, trainer, partner, sign_in):
    User.objects.filter(pk=trainer.pk).update(organisation=partner)
    page = sign_in(User.objects.get(pk=trainer.pk)).get("/en/staff/").content.decode()
    assert ("/en/staff/help/" in page, "/en/staff/cards/" in page, "/en/staff/people/" in page) == (True, True, False)
    page = office.get("/en/staff/").content.decode()  # she belongs to none
    assert ("/en/staff/help/" in page, "/en/staff/people/" in page) == (False, True)


# Organisations ---------------------------------------------------------------------------------


def test_she_adds_renames_closes_and_opens_an_organisation(office):
    office.post("/en/staff/people/", {"name": "Casa  Aperta", "country": "it"})
    made = Organisation.objects.get()
    assert (made.name, made.country) == ("Casa Aperta", "IT")
    office.post(f"/en/staff/organisations/{made.pk}/", {"name": "Casa", "country": ""})
    office.post(f"/en/staff/organisations/{made.pk}/close/")
    made.refresh_from_db()
    assert (made.name, bool(made.closed_at)) == ("Casa", True)
    office.post(f"/en/staff/organisations/{made.pk}/open/")
    made.refresh_from_db()
    assert made.closed_at is None
    assert [kind for kind, _ in kinds()] == [
        "organisation_made",
        "organisation_renamed",
        "organisation_closed",
        "organisation_opened",
    ]


def test_two_organisations_of_one_name_are_refused_and_the_name_kept_in_the_field(office, partner):
    page = office.post("/en/staff/people/", {"name": "PARTNER", "country": "Italy"})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"name", "country"}
    assert 'value="PARTNER"' in page.content.decode()


def test_a_name_taken_a_moment_ago_is_said_and_not_an_error(office, partner, monkeypatch):
    monkeypatch.setattr("hub.accounts.staff_forms.OrganisationForm.clean_name", lambda form: "Partner")
    monkeypatch.setattr("hub.accounts.staff_forms.OrganisationForm.validate_unique", lambda form: None)
    assert office.post("/en/staff/people/", {"name": "Partner"}).status_code == 422
    other = Organisation.objects.create(name="Other")
    assert office.post(f"/en/staff/organisations/{other.pk}/", {"name": "Partner"}).status_code == 422


def test_an_organisation_with_people_is_not_closed(office, partner, trainer, coordinator):
    User.objects.filter(pk=trainer.pk).update(organisation=partner)
    page = office.post(f"/en/staff/organisations/{partner.pk}/close/", follow=True)
    assert "Somebody still belongs to it" in page.content.decode()
    partner.refresh_from_db()
    assert partner.closed_at is None


def test_closing_ends_its_invitations(office, partner, coordinator):
    make_invitation(organisation=partner, group=group("trainer"), actor=coordinator)
    assert close_organisation(organisation=partner, actor=coordinator)
    assert not RoleInvitation.objects.exists()
    assert office.get(f"/en/staff/organisations/{partner.pk}/invite/").status_code == 404
    assert not close_organisation(organisation=partner, actor=coordinator)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_organisation_and_three(
    office, number, coordinator, make_user, django_assert_num_queries
):
    for row in range(number):
        made = make_organisation(name=f"Partner {row}", country="", actor=coordinator)
        make_user(f"trainer{row}", "trainer", organisation=made)
        make_user(f"alone{row}", "trainer")
        make_invitation(organisation=made, group=group("trainer"), actor=coordinator)
    office.get("/en/staff/people/")
    # session, user, her groups; organisations with counts, people without one, their groups
    with django_assert_num_queries(6):
        page = office.get("/en/staff/people/")
    assert page.content.decode().count("alone") >= number


@pytest.mark.parametrize("number", [1, 3])
def test_an_organisation_costs_the_same_with_one_person_and_three(
    office, number, partner, coordinator, make_user, django_assert_num_queries
):
    for row in range(number):
        make_user(f"trainer{row}", "trainer", organisation=partner)
        make_invitation(organisation=partner, group=group("trainer"), actor=coordinator)
    office.get("/en/staff/people/")
    # session, user, her groups; the organisation twice (as it is, and to be changed), its people, their groups, invitations
    with django_assert_num_queries(8):
        office.get(f"/en/staff/organisations/{partner.pk}/")


def test_learners_are_never_shown(office, partner, learner, trainer):
    for path in ("people/", f"organisations/{partner.pk}/", "people/log/"):
        assert "learner" not in office.get(f"/en/staff/{path}").content.decode().replace("never learners", "").replace(
            "Learners are never named", ""
        )
    assert office.get(f"/en/staff/people/{learner.pk}/").status_code == 404


# Invitations -----------------------------------------------------------------------------------


def invite(client, partner, role):
    return client.post(f"/en/staff/organisations/{partner.pk}/invite/", {"group": group(role).pk})


def test_an_invitation_is_shown_once_and_kept_as_a_digest(office, partner):
    page = invite(office, partner, "trainer")
    token = page.context["token"]
    assert f"http://testserver/en/accounts/invitation/{token}/" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    made = RoleInvitation.objects.get()
    assert made.digest == digest_of(token)
    assert token not in office.get(f"/en/staff/organisations/{partner.pk}/").content.decode()
    assert (made.expires_at - made.made_at).days in {13, 14}
    assert kinds()[-1] == ("invited", "trainer")


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_a_coordinator_invites_to_no_role_like_hers(office, partner, role):
    assert invite(office, partner, role).status_code == 422
    assert not RoleInvitation.objects.exists()


def test_the_roles_most_asked_for_come_first(office, partner):
    form = office.get(f"/en/staff/organisations/{partner.pk}/invite/").context["form"]
    names = [group.name for group in form.fields["group"].queryset]
    assert names[:2] == ["trainer", "moderator"]


def test_an_administrator_invites_a_coordinator(admin, sign_in, partner):
    assert invite(sign_in(admin), partner, "coordinator").status_code == 200


def test_it_is_withdrawn_and_then_opens_nothing(office, partner, learner, sign_in):
    token = invite(office, partner, "trainer").context["token"]
    number = RoleInvitation.objects.get().pk
    office.post(f"/en/staff/invitations/{number}/withdraw/")
    assert not RoleInvitation.objects.exists()
    assert kinds()[-1] == ("invitation_withdrawn", "trainer")
    assert office.post(f"/en/staff/invitations/{number}/withdraw/").status_code == 404
    page = sign_in(learner).get(f"/en/accounts/invitation/{token}/", follow=True)
    assert "expired or was used before" in page.content.decode()


def test_a_coordinator_withdraws_no_invitation_that_she_could_not_give(office, admin, partner):
    make_invitation(organisation=partner, group=group("coordinator"), actor=admin)
    assert office.post(f"/en/staff/invitations/{RoleInvitation.objects.get().pk}/withdraw/").status_code == 404
    assert RoleInvitation.objects.exists()


def test_many_invitations_in_a_day_are_slowed_down(office, partner, monkeypatch):
    monkeypatch.setattr("hub.accounts.people_views.INVITATIONS_PER_DAY", 1)
    assert [invite(office, partner, "trainer").status_code for _ in range(2)] == [200, 429]


# A person of the staff -------------------------------------------------------------------------


def test_a_role_is_taken_away_and_with_the_last_the_organisation(office, partner, make_user):
    person = make_user("helper", "trainer", "editor-el", organisation=partner)
    office.post(f"/en/staff/people/{person.pk}/roles/{group('trainer').pk}/take/")
    person.refresh_from_db()
    assert (person.groups.get().name, person.organisation) == ("editor-el", partner)
    answer = office.post(f"/en/staff/people/{person.pk}/roles/{group('editor-el').pk}/take/")
    person.refresh_from_db()
    assert (person.groups.count(), person.organisation) == (0, None)
    assert answer.headers["Location"] == "/en/staff/people/"
    assert kinds()[-2:] == [("role_taken", "trainer"), ("role_taken", "editor-el")]
    assert set(person.events.values_list("organisation", "actor_role")) == {(partner.pk, "coordinator")}


def test_taking_a_role_twice_changes_and_logs_nothing(office, partner, make_user):
    person = make_user("helper", "trainer", organisation=partner)
    before = kinds()
    office.post(f"/en/staff/people/{person.pk}/roles/{group('moderator').pk}/take/")
    assert kinds() == before


def test_she_moves_somebody_to_another_organisation(office, partner, coordinator, make_user):
    other = make_organisation(name="Other", country="", actor=coordinator)
    person = make_user("helper", "trainer", organisation=partner)
    office.post(f"/en/staff/people/{person.pk}/move/", {"organisation": other.pk})
    person.refresh_from_db()
    assert person.organisation == other
    assert kinds()[-1] == ("organisation", "")
    close_organisation(organisation=partner, actor=coordinator)
    assert office.post(f"/en/staff/people/{person.pk}/move/", {"organisation": partner.pk}).status_code == 422


@pytest.mark.parametrize("name", ["coordinator", "second", "root"])
def test_nobody_changes_herself_or_those_above_her(office, partner, coordinator, make_user, admin, name):
    make_user("second", "coordinator", organisation=partner)
    person = User.objects.get(username={"root": "admin"}.get(name, name))
    before = set(person.groups.values_list("name", flat=True)), person.organisation_id
    assert office.post(f"/en/staff/people/{person.pk}/move/", {"organisation": partner.pk}).status_code == 403
    for role in ("coordinator", "trainer"):
        take = f"/en/staff/people/{person.pk}/roles/{group(role).pk}/take/"
        assert office.post(take).status_code == 403
    person.refresh_from_db()
    assert (set(person.groups.values_list("name", flat=True)), person.organisation_id) == before
    assert "Take away" not in office.get(f"/en/staff/people/{person.pk}/").content.decode()


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 30, "9" * 4_000])
@pytest.mark.parametrize("path", ["people/{}/", "organisations/{}/", "organisations/{}/invite/", "help/{}/"])
def test_a_number_of_nothing_is_not_found(office, path, number):
    assert office.get(f"/en/staff/{path.format(number)}").status_code == 404


# The log ---------------------------------------------------------------------------------------


def test_the_log_names_staff_and_no_learner(office, partner, coordinator, learner, make_user):
    helper = make_user("helper", "trainer", organisation=partner)
    note_help(user=learner, kind="help_started", actor=helper, organisation=partner)
    note(user=learner, kind="card_made", actor=helper, organisation=partner)
    note(user=None, kind="card_made", actor=helper, organisation=partner, detail=8)
    note(user=learner, kind="passphrase")
    page = office.get("/en/staff/people/log/").content.decode()
    assert page.count("Help to come back asked for") == 1
    assert "helper" in page
    assert ">learner<" not in page
    assert page.count("Sign-in card made") == 1
    assert "Passphrase changed" not in page


def test_the_log_pages_by_key_and_costs_the_same(office, partner, coordinator, make_user, django_assert_num_queries):
    person = make_user("helper", "trainer", organisation=partner)
    for _ in range(24):
        note(user=person, kind="role_given", actor=coordinator, organisation=partner, detail="trainer")
    first = office.get("/en/staff/people/log/")
    # session, user, her groups, the page
    with django_assert_num_queries(4):
        second = office.get(f"/en/staff/people/log/?after={first.context['page'].next}")
    assert (len(first.context["page"]), len(second.context["page"])) == (20, 5)
    assert office.get("/en/staff/people/log/?after=x&before=" + "9" * 400).status_code == 200


def test_help_stays_in_the_log_when_her_account_is_erased(office, partner, learner, make_user):
    helper = make_user("helper", "trainer", organisation=partner)
    note_help(user=learner, kind="help_used", actor=helper, organisation=partner)
    learner.delete()
    assert "Came back with the help of two people" in office.get("/en/staff/people/log/").content.decode()


def test_an_erased_coordinator_leaves_her_role_in_the_log(office, admin, sign_in, partner, coordinator):
    coordinator.delete()
    entry = AccountEvent.objects.get(kind="organisation_made")
    assert (entry.actor, entry.actor_role) == (None, "coordinator")
    assert sign_in(admin).get("/en/staff/people/log/").status_code == 200


def test_what_expired_is_not_listed(office, partner, coordinator):
    make_invitation(organisation=partner, group=group("trainer"), actor=coordinator)
    RoleInvitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert list(office.get(f"/en/staff/organisations/{partner.pk}/").context["invitations"]) == []


def test_taking_up_puts_her_into_the_organisation(partner, coordinator, learner):
    token = make_invitation(organisation=partner, group=group("trainer"), actor=coordinator)
    take_up(token=token, user=learner)
    learner.refresh_from_db()
    assert (learner.organisation, learner.groups.get().name) == (partner, "trainer")
