"""Her ways into a kit, as she meets them on its page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import Enrolment, EnrolmentTerms, LessonProgress, Why
from courses.queries import kit_outline
from courses.terms import make_invitations
from hub.lib.stamp import touch
from tests.courses.small_kit import REFLECTION

State, Way = Enrolment.State, Enrolment.Way
HOUR = timedelta(hours=1)


def text(response):
    return response.content.decode()


@pytest.fixture
def terms(kit):
    """`terms(way="code", …)`: the small kit gets these terms; its new outline comes back."""

    def make(**fields):
        EnrolmentTerms.objects.update_or_create(kit_key=kit.key, defaults=fields)
        touch()
        return kit_outline("en", "small")

    return make


@pytest.fixture
def post(kit, learner_client):
    return lambda act, **data: learner_client.post(f"/en/kits/record/kit/{kit.key}/{act}/", data)


@pytest.fixture
def put(kit, learner):
    def make(state, why="", **fields):
        return Enrolment.objects.create(user=learner, kit_key=kit.key, state=state, why=why, **fields)

    return make


def state_of(user):
    return Enrolment.objects.filter(user=user).values_list("state", flat=True).first()


# The box on the kit's page -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Start this kit"),
        ({"way": Way.CODE, "code": "spring-2027"}, "you need a code from the organisation"),
        ({"way": Way.INVITATION}, "you need an invitation from the organisation"),
        ({"way": Way.APPROVAL}, "What may they call you?"),
        ({"opens_at": HOUR}, "Enrolment opens on"),
        ({"closes_at": -HOUR}, "Enrolment closed on"),
        ({"ends_at": -HOUR}, "This kit ended on"),
        ({"capacity": 0}, "Put me on the waiting list"),
        ({"capacity": 0, "waiting_list": False}, "Please look in again."),
    ],
)
def test_a_newcomer_is_told_the_way_in(terms, learner_client, fields, words):
    moments = {name: timezone.now() + value for name, value in fields.items() if isinstance(value, timedelta)}
    kit = terms(**fields | moments)
    page = text(learner_client.get(kit.url))
    assert words in page
    assert "spring-2027" not in page
    assert "Start reading" in page or words == "Start this kit"


@pytest.mark.parametrize(
    ("state", "why", "words"),
    [
        (State.INVITED, Why.INVITED, "Accept and start"),
        (State.REQUESTED, Why.ASKED, "The organisation has not answered yet."),
        (State.WAITING, Why.FULL, "You are number 1 on the waiting list."),
        (State.ACTIVE, Why.FREED, "A place became free: you are enrolled."),
        (State.LEFT, Why.LEFT, "Take this kit up again"),
        (State.REFUSED, Why.REFUSED, "This says nothing about you or your work."),
        (State.REMOVED, Why.REMOVED, "with an invitation from them you can come in"),
    ],
)
def test_she_is_told_where_she_stands(terms, put, learner_client, state, why, words):
    kit = terms(way=Way.APPROVAL)
    put(state, why)
    assert words in text(learner_client.get(kit.url))


def test_an_invitation_waits_until_enrolment_opens(terms, put, post, learner_client):
    kit = terms(way=Way.INVITATION, opens_at=timezone.now() + HOUR)
    put(State.INVITED, Why.INVITED)
    page = text(learner_client.get(kit.url))
    assert "You are invited to this kit. Enrolment opens on" in page
    assert "Accept and start" not in page
    assert post("enrol").status_code == 422


def test_a_visitor_is_told_what_it_takes_and_that_reading_is_open(terms, visitor):
    page = text(visitor.get(terms(way=Way.APPROVAL).url))
    assert "Everybody can read this kit. To enrol in this kit you ask the organisation" in page


def test_a_waiting_learners_page_costs_no_more_than_ten_statements(
    terms, put, learner_client, django_assert_num_queries
):
    kit = terms(capacity=1)
    put(State.WAITING, Why.FULL)
    learner_client.get(kit.url)
    # session, user, enrolment, her number, what is done, newest threads
    with django_assert_num_queries(6):
        learner_client.get(kit.url)


@pytest.mark.parametrize("others", [1, 3])
def test_a_full_kits_page_costs_the_same_however_many_are_in(
    terms, others, make_user, learner_client, django_assert_num_queries
):
    kit = terms(capacity=1)
    for n in range(others):
        Enrolment.objects.create(user=make_user(f"member-{n}"), kit_key=kit.key)
    learner_client.get(kit.url)
    # session, user, enrolment, what is done, places taken, newest threads
    with django_assert_num_queries(6):
        learner_client.get(kit.url)


# Going in ---------------------------------------------------------------------------------------------------------


def test_the_code_leads_into_the_first_lesson(terms, post, learner):
    kit = terms(way=Way.CODE, code="spring-2027")
    response = post("code", kit_code=" Spring 2027 ")
    assert (response.status_code, response["Location"]) == (303, kit.lessons[0].url)
    assert state_of(learner) == State.ACTIVE


def test_a_wrong_code_stays_in_the_field_with_what_to_do(terms, post, learner):
    terms(way=Way.CODE, code="spring-2027")
    response = post("code", kit_code="summer-2027")
    assert response.status_code == 422
    assert "We do not know this code." in text(response)
    assert 'value="summer-2027"' in text(response)
    assert state_of(learner) is None


def test_codes_cannot_be_tried_out(terms, post, learner):
    terms(way=Way.CODE, code="spring-2027")
    statuses = [post("code", kit_code=f"try-number-{n}").status_code for n in range(11)]
    assert statuses == [422] * 10 + [429]
    assert post("code", kit_code="spring-2027").status_code == 429
    assert state_of(learner) is None


def test_a_question_is_kept_under_the_name_she_chose(terms, post, learner, learner_client):
    kit = terms(way=Way.APPROVAL)
    assert post("ask", called="Ana", line="").status_code == 303
    row = Enrolment.objects.get()
    assert (row.state, row.called) == (State.REQUESTED, "Ana")
    assert "The organisation has your question." in text(learner_client.get(kit.url))
    post("withdraw")
    row.refresh_from_db()
    assert (row.state, row.why, row.called) == (State.LEFT, Why.WITHDREW, "")


def test_a_question_without_a_name_keeps_the_line(terms, post):
    terms(way=Way.APPROVAL)
    response = post("ask", called=" ", line="From the first talk")
    assert response.status_code == 422
    assert "From the first talk</textarea>" in text(response)


def test_the_last_place_gone_she_stands_in_line(terms, post, learner, stranger, learner_client):
    kit = terms(capacity=1)
    Enrolment.objects.create(user=stranger, kit_key=kit.key)
    assert post("enrol")["Location"] == kit.url
    assert "You are number 1 on the waiting list." in text(learner_client.get(kit.url))


def test_a_refused_press_shows_the_kit_and_why(terms, post):
    terms(closes_at=timezone.now() - HOUR)
    response = post("enrol")
    assert response.status_code == 422
    assert "Enrolment closed on" in text(response)


@pytest.mark.parametrize("act", ["enrol", "code", "ask"])
def test_the_address_of_a_refusal_leads_back_to_the_kit(kit, learner_client, act):
    response = learner_client.get(f"/en/kits/record/kit/{kit.key}/{act}/")
    assert (response.status_code, response["Location"]) == (303, kit.url)


def test_withdrawing_ends_no_enrolment(post, put, learner):
    put(State.ACTIVE)
    post("withdraw")
    assert state_of(learner) == State.ACTIVE


# With a paper in her hand ----------------------------------------------------------------------------------------


def test_an_invitation_leads_to_its_kit_and_asks_there(terms, post, learner, learner_client, trainer):
    kit = terms(way=Way.INVITATION)
    code = make_invitations(kit_key=kit.key, count=1, days=30, by=trainer)[0]
    response = learner_client.post("/en/kits/join/", {"kit_code": code.upper()})
    assert (response.status_code, response["Location"]) == (303, kit.url)
    assert state_of(learner) == State.INVITED
    assert post("enrol")["Location"] == kit.lessons[0].url


def test_an_invitation_may_be_declined(terms, post, put, learner):
    terms(way=Way.INVITATION)
    put(State.INVITED)
    post("withdraw")
    assert Enrolment.objects.get().why == Why.DECLINED


def test_the_code_of_a_kit_is_taken_at_the_same_door(terms, learner, learner_client):
    kit = terms(way=Way.CODE, code="spring-2027")
    assert learner_client.post("/en/kits/join/", {"kit_code": "SPRING 2027"})["Location"] == kit.url
    assert state_of(learner) == State.ACTIVE


def test_an_unknown_code_stays_in_the_field(db, learner_client):
    response = learner_client.post("/en/kits/join/", {"kit_code": "abcd-efgh"})
    assert response.status_code == 422
    assert 'value="abcd-efgh"' in text(response)


def test_the_door_is_for_members(visitor, db):
    assert "/accounts/login/" in visitor.get("/en/kits/join/")["Location"]


# Words and marks --------------------------------------------------------------------------------------------------


def test_a_lesson_says_that_she_has_to_enrol_first(terms, learner_client):
    kit = terms(way=Way.CODE, code="spring-2027")
    assert "enrol in this kit first" in text(learner_client.get(kit.lessons[0].url))


def test_who_may_write_is_told_nothing(kit, put, learner_client):
    for _ in range(2):
        assert "enrol in this kit first" not in text(learner_client.get(kit.lessons[0].url))
        Enrolment.objects.all().delete()
        put(State.ACTIVE)


def test_a_mark_without_enrolment_is_refused_in_words(terms, learner_client):
    kit = terms(way=Way.CODE, code="spring-2027")
    response = learner_client.post(f"/en/kits/record/lesson/{kit.lessons[0].key}/done/", {"done": "1"})
    assert response.status_code == 422
    assert "you need a code from the organisation" in text(response)
    assert not LessonProgress.objects.exists()


def test_an_answer_without_enrolment_stays_in_its_field(terms, learner_client):
    kit = terms(way=Way.CODE, code="spring-2027")
    address = f"/en/kits/record/lesson/{kit.lessons[0].key}/{REFLECTION}/answer/"
    response = learner_client.post(address, {"text": "On the bus", "how": "screen"})
    assert response.status_code == 422
    assert "On the bus</textarea>" in text(response)
    assert "you need a code from the organisation" in text(response)
