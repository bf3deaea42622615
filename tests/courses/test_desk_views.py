"""Where trainers and coordinators set the terms of a kit, answer questions and make invitations."""

import re
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from courses.models import Enrolment, EnrolmentInvitation, EnrolmentTerms, Why
from courses.queries import kit_outline
from tests.circles import employ, make_circle_of

State, Way = Enrolment.State, Enrolment.Way
GOOD = {
    "way": "code",
    "kit_code": "Spring 2027",
    "opens_at": "2027-03-01T09:00",
    "closes_at": "2027-04-01T09:00",
    "ends_at": "2027-09-01T09:00",
    "capacity": "20",
    "waiting_list": "on",
}


def text(response):
    return response.content.decode()


@pytest.fixture
def desk(kit):
    return f"/en/staff/kits/{kit.key}/"


@pytest.fixture
def staff(trainer, sign_in):
    return sign_in(trainer)


@pytest.fixture
def coordinating(coordinator, sign_in):
    return sign_in(coordinator)


@pytest.fixture
def ask(kit, make_user):
    def make(n, state=State.REQUESTED):
        person = make_user(f"secret-user-{n}")
        return Enrolment.objects.create(user=person, kit_key=kit.key, state=state, called=f"Ana {n}", line=f"Line {n}")

    return make


# Who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["", "terms/", "people/", "invitations/"])
def test_for_learners_there_is_no_desk(desk, learner_client, visitor, page):
    assert learner_client.get(desk + page).status_code == 404
    assert visitor.get(desk + page).status_code == 302


def test_a_trainer_answers_and_invites_but_sets_no_terms(desk, staff):
    assert [staff.get(desk + page).status_code for page in ("", "people/", "invitations/", "terms/")] == [200] * 3 + [
        404
    ]
    assert staff.post(desk + "terms/", GOOD).status_code == 404
    assert not EnrolmentTerms.objects.exists()


def test_a_kit_of_nobody_is_not_found(desk, staff):
    assert staff.get("/en/staff/kits/00000000-0000-0000-0000-000000000001/").status_code == 404


def test_the_editor_leads_from_a_kit_to_its_desk(kit, desk, coordinating):
    button = f"/editor/enrolments/{kit.key}/"
    assert button in text(coordinating.get(f"/editor/pages/{kit.pk}/edit/"))
    assert coordinating.get(button)["Location"] == desk


def test_every_kit_is_listed_once_with_those_who_wait(staff, kit, ask):
    ask(1)
    page = text(staff.get("/en/staff/kits/"))
    assert page.count(str(kit.key)) == 1
    assert "1 waits for an answer" in page


# Terms ------------------------------------------------------------------------------------------------------------


def test_terms_are_set_in_her_time_zone_and_reach_the_kit(
    desk, coordinator, coordinating, django_capture_on_commit_callbacks
):
    session = coordinating.session
    session["time_zone"] = "Europe/Athens"
    session.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert coordinating.post(desk + "terms/", GOOD).status_code == 303
    row = EnrolmentTerms.objects.get()
    assert (row.code, row.capacity, row.changed_by) == ("Spring 2027", 20, coordinator)
    assert row.opens_at == datetime(2027, 3, 1, 7, tzinfo=UTC)
    assert kit_outline("en", "small").terms.way == Way.CODE
    page = text(coordinating.get(desk + "terms/"))
    assert 'value="2027-03-01T09:00"' in page
    assert "Europe/Athens" in page


def test_a_way_by_code_without_one_gets_one(desk, coordinating):
    coordinating.post(desk + "terms/", GOOD | {"kit_code": ""})
    code = EnrolmentTerms.objects.get().code
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){2}", code)
    assert code in text(coordinating.get(desk))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"way": ""}, "This field is required."),
        ({"closes_at": "2027-02-01T09:00"}, "Enrolment would close before it opens."),
        ({"ends_at": "2027-02-01T09:00"}, "The kit would end before enrolment opens."),
        ({"ends_at": "2027-03-15T09:00"}, "The kit would end before enrolment closes."),
        ({"kit_code": "a-b-c"}, "Use at least 6 letters or digits."),
        ({"capacity": "0"}, "greater than or equal to 1"),
        ({"capacity": "1"}, "More people are enrolled already than there would be places."),
        ({"opens_at": "soon"}, "Enter a valid date/time."),
        ({"opens_at": "0001-01-01T00:00"}, "Please choose a day between 2020 and 2100."),
        ({"opens_at": "9999-12-31T23:59"}, "Please choose a day between 2020 and 2100."),
    ],
)
def test_terms_that_cannot_be_are_refused_in_words(desk, kit, coordinating, ask, changed, words):
    for n in range(2):
        ask(n, State.ACTIVE)
    response = coordinating.post(desk + "terms/", GOOD | changed)
    assert response.status_code == 422
    assert words in text(response)
    assert 'value="2027-04-01T09:00"' in text(response) or "closes_at" in changed
    assert not EnrolmentTerms.objects.exists()


# Questions --------------------------------------------------------------------------------------------------------


def test_who_asks_is_known_by_the_name_she_chose_alone(desk, staff, ask):
    ask(1)
    page = text(staff.get(desk))
    assert "Ana 1" in page
    assert "Line 1" in page
    assert "secret-user" not in page


@pytest.mark.parametrize(("act", "state"), [("approve", State.ACTIVE), ("refuse", State.REFUSED)])
def test_a_question_is_answered_once(desk, staff, trainer, ask, act, state):
    asked = ask(1)
    answer = f"{desk}people/{asked.pk}/"
    assert staff.post(answer, {"act": act}).status_code == 303
    asked.refresh_from_db()
    assert (asked.state, asked.changes.get().by, asked.line) == (state, trainer, "")
    other = "refuse" if act == "approve" else "approve"
    assert staff.post(answer, {"act": other}).status_code == (303 if act == "approve" else 404)
    asked.refresh_from_db()
    assert asked.state == state


def test_an_act_of_nothing_changes_nothing(desk, staff, ask):
    asked = ask(1)
    staff.post(f"{desk}people/{asked.pk}/", {"act": "marry"})
    asked.refresh_from_db()
    assert asked.state == State.REQUESTED


def test_who_gave_no_name_cannot_be_reached(desk, kit, staff, learner):
    row = Enrolment.objects.create(user=learner, kit_key=kit.key)
    assert staff.post(f"{desk}people/{row.pk}/", {"act": "remove"}).status_code == 404
    assert staff.post(f"{desk}people/{'9' * 18}/", {"act": "remove"}).status_code == 404
    assert Enrolment.objects.get().state == State.ACTIVE


def test_somebody_of_another_kit_is_not_found_here(desk, staff, learner):
    row = Enrolment.objects.create(user=learner, kit_key="00000000-0000-0000-0000-000000000001", called="Ana")
    assert staff.post(f"{desk}people/{row.pk}/", {"act": "remove"}).status_code == 404


def test_an_enrolment_is_ended_by_the_name_and_the_name_is_forgotten(desk, staff, ask):
    row = ask(1, State.ACTIVE)
    assert "Ana 1" in text(staff.get(desk + "people/"))
    staff.post(f"{desk}people/{row.pk}/", {"act": "remove"})
    row.refresh_from_db()
    assert (row.state, row.why, row.called) == (State.REMOVED, Why.REMOVED, "")
    assert "Ana 1" not in text(staff.get(desk + "people/"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_costs_the_same_with_one_question_and_three(desk, staff, ask, number, django_assert_num_queries):
    for n in range(number):
        ask(n)
    staff.get(desk)
    # session, user, groups, kits, terms, circles, counts, questions
    with django_assert_num_queries(8):
        staff.get(desk)


# Invitations ------------------------------------------------------------------------------------------------------


def test_invitations_are_shown_once_and_only_their_digests_are_kept(desk, kit, staff, trainer):
    response = staff.post(desk + "invitations/", {"count": "3", "days": "30"})
    codes = re.findall(r"<code>([a-z2-9-]+)</code>", text(response))
    assert len(set(codes)) == EnrolmentInvitation.objects.filter(made_by=trainer, kit_key=kit.key).count() == 3
    assert "no-store" in response["Cache-Control"]
    page = text(staff.get(desk + "invitations/"))
    assert "3 are not used yet" in page
    assert not any(code in page for code in codes)


@pytest.mark.parametrize("changed", [{"count": "51"}, {"count": "0"}, {"days": "400"}, {"days": ""}])
def test_too_many_invitations_are_refused(desk, staff, changed):
    response = staff.post(desk + "invitations/", {"count": "3", "days": "30"} | changed)
    assert response.status_code == 422
    assert not EnrolmentInvitation.objects.exists()


def test_an_invitation_is_valid_as_long_as_said(desk, staff):
    staff.post(desk + "invitations/", {"count": "1", "days": "7"})
    days = (EnrolmentInvitation.objects.get().expires_at - timezone.now()).total_seconds() / 86_400
    assert 6.99 < days <= 7


# Where there are circles of the kit ----------------------------------------------------------------------------


def test_where_others_hold_circles_of_a_kit_a_trainer_reads_no_question(desk, staff, ask, kit, make_user, coordinating):
    asked = ask(1)
    holder = employ(make_user("holder", "trainer"))
    make_circle_of(holder, kit.key)
    assert "Ana 1" not in text(staff.get(desk))
    assert "1 waits" not in text(staff.get("/en/staff/kits/"))
    assert staff.get(f"{desk}people/").status_code == 404
    assert staff.post(f"{desk}people/{asked.pk}/", {"act": "approve"}).status_code == 404
    assert "Ana 1" in text(coordinating.get(desk))


def test_who_holds_a_circle_of_the_kit_answers(desk, ask, kit, make_user, sign_in):
    asked = ask(1)
    holder = employ(make_user("holder", "trainer"))
    make_circle_of(holder, kit.key)
    client = sign_in(holder)
    assert "Ana 1" in text(client.get(desk))
    assert client.post(f"{desk}people/{asked.pk}/", {"act": "approve"}).status_code == 303
