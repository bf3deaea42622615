"""Asking and checking in a lesson: members and visitors, with and without a script."""

import re
from uuid import uuid4

import pytest

from courses.models import Answer
from courses.privacy import export_person
from tests.courses.questions import asked
from tests.courses.questions.test_grading import FIRST, LAST, LENGTH, THEN, TIME, uid
from tests.courses.small_kit import key


def text(response):
    return response.content.decode()


def line(name):
    return f"line-{uid(name)}"


@pytest.fixture
def tokens(part):
    return {answer["id"]: answer["token"] for answer in part("match")["answers"]}


@pytest.fixture
def sent(tokens):
    """{name of the block: (what is sent when it is right, what when it is not)}."""
    order = {line("item-first"): "1", line("item-then"): "2", line("item-last"): "3"}
    pairs = {
        line("pair-metre"): tokens[LENGTH],
        line("pair-mile"): tokens[LENGTH],
        line("pair-second"): tokens[TIME],
    }
    return {
        "alone": ({"choice": uid("option-alone right")}, {"choice": uid("option-alone wrong")}),
        "true_false": ({"choice": "true"}, {"choice": "false"}),
        "match": (pairs, pairs | {line("pair-mile"): tokens[TIME]}),
        "order": (order, order | {line("item-then"): "3", line("item-last"): "2"}),
        "short_answer": ({"given_text": "athens"}, {"given_text": "Patras"}),
        "numeric": ({"given_text": "1,5"}, {"given_text": "2"}),
    }


NAMES = ["alone", *asked.KINDS]


@pytest.mark.parametrize("name", NAMES)
def test_a_member_checks_and_finds_it_again(name, asking, learner_client, address, sent):
    right, wrong = sent[name]
    response = learner_client.post(address("check", name), wrong)
    assert (response.status_code, response["Location"]) == (303, f"{asking.url}#r-{key(name)}")
    page = text(learner_client.get(asking.url))
    assert "Look again; you can try as often as you like." in page
    assert "That is right." not in page
    learner_client.post(address("check", name), right)
    page = text(learner_client.get(asking.url))
    assert page.count("That is right.") == 1
    assert "Look again" not in page


@pytest.mark.parametrize("name", NAMES)
def test_what_she_gave_stands_in_its_field_again(name, asking, learner_client, address, sent):
    learner_client.post(address("check", name), sent[name][1])
    page = text(learner_client.get(asking.url))
    section = page[page.index(f'id="b-{key(name)}"') :].split("</form>")[0]
    for value in sent[name][1].values():
        assert re.search(rf'value="{re.escape(value)}"[^>]*(checked|selected|id=)', section), value


@pytest.mark.parametrize("name", NAMES)
def test_a_visitor_checks_by_an_address_and_nothing_is_kept(name, asking, visitor, sent):
    page = text(visitor.get(asking.url, {"check": str(key(name)), **sent[name][0]}))
    assert page.count("That is right.") == 1
    assert "Look again" in text(visitor.get(asking.url, {"check": str(key(name)), **sent[name][1]}))
    assert not Answer.objects.exists()


@pytest.mark.parametrize("name", NAMES)
def test_a_script_gets_the_part_anew(name, asking, learner_client, address, sent):
    response = learner_client.post(address("check", name), sent[name][0], headers={"Accept": "application/json"})
    assert f'id="b-{key(name)}"' in response.json()["html"]
    assert "That is right." in response.json()["html"]
    assert "Because." in response.json()["html"] or name == "alone"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("alone", {}, "Choose an answer first, then check it."),
        ("true_false", {"choice": ["true", "false"]}, "Choose one answer, then check it."),
        ("match", {}, "Choose something for each line, then check it."),
        ("match", {line("pair-metre"): "made up"}, "Select a valid choice"),
        ("order", {line("item-first"): "1"}, "Choose something for each line, then check it."),
        ("order", {line(f"item-{name}"): "2" for name in ("first", "then", "last")}, "Two lines have the same place."),
        ("order", {line("item-first"): "9"}, "Select a valid choice"),
        ("short_answer", {"given_text": " "}, "Write an answer first, then check it."),
        ("short_answer", {"given_text": "a" * 201}, "This text is longer than 200 characters."),
        ("numeric", {"given_text": "two"}, "Write a number with digits"),
    ],
)
def test_a_try_that_cannot_be_checked_is_answered_kindly_and_kept_in_its_fields(
    name, data, message, asking, learner_client, address
):
    response = learner_client.post(address("check", name), data)
    assert response.status_code == 422
    page = text(response)
    assert message in page
    assert all(
        f'value="{value}"' in page
        for value in data.values()
        if value not in (" ", "made up", "9") and isinstance(value, str)
    )
    assert not Answer.objects.exists()


def test_what_is_right_is_not_in_the_page_before_it_was_given(asking, learner_client, visitor, address):
    for response in (learner_client.get(asking.url), visitor.get(asking.url)):
        page = re.sub(r"<svg.*?</svg>", "", text(response), flags=re.DOTALL)  # the numbers of a drawing tell nothing
        for secret in [
            "About alone",
            "Because.",
            "It is.",
            "Αθήνα",
            "Athens",
            "1.5",
            "It has a hill.",
            "Add the minutes.",
        ]:
            assert secret not in page
        selects = page[page.index(f'id="b-{key("match")}"') :].split("</form>")[0]
        assert not any(f'value="{uid}"' in selects for uid in (LENGTH, TIME))
        shown = [uid for uid in re.findall(r'name="line-([^"]+)"', page) if uid in (FIRST, THEN, LAST)]
        assert shown != [FIRST, THEN, LAST]


def test_a_situation_stands_above_and_a_hint_is_closed(asking, visitor):
    page = text(visitor.get(asking.url))
    assert page.index("At nine she knocks.") < page.index("Which alone?") < page.index("Look at the door.")
    assert "<details" in page[: page.index("Look at the door.")].rpartition("Which alone?")[2]


# Quizzes -----------------------------------------------------------------------------------------------------


def drawn(page):
    return [name for name in ("one", "two", "three") if f'id="b-{key(name)}"' in page]


def test_a_quiz_says_in_words_how_far_she_is(asking, learner_client, address):
    first = drawn(text(learner_client.get(asking.url)))[0]
    sent = {"choice": uid(f"option-{first} right")}
    reply = learner_client.post(address("check", first), sent, headers={"Accept": "application/json"}).json()
    assert (reply["quiz"], reply["said"]) == (str(key("quiz")), "1 of 2 is right. This quiz is passed.")
    assert "1 of 2 is right. This quiz is passed." in text(learner_client.get(asking.url))


def test_beginning_again_is_a_press_and_not_an_address(asking, learner, learner_client, address):
    before = drawn(text(learner_client.get(asking.url)))
    assert learner_client.get(address("draw", "quiz")).status_code == 303
    assert not Answer.objects.exists()
    response = learner_client.post(address("draw", "quiz"))
    assert (response.status_code, response["Location"]) == (303, f"{asking.url}#b-{key('quiz')}")
    after = drawn(text(learner_client.get(asking.url)))
    assert set(after) != set(before)
    assert drawn(text(learner_client.get(asking.url))) == after


def test_only_a_quiz_can_be_begun_again_and_a_quiz_takes_no_answer(asking, learner_client, address):
    assert learner_client.post(address("draw", "alone")).status_code == 404
    assert learner_client.post(address("answer", "quiz"), {"drawn": "x"}).status_code == 404
    assert not Answer.objects.exists()


def test_nobody_sees_the_draw_of_another(asking, learner_client, stranger, sign_in, address):
    learner_client.post(address("draw", "quiz"))
    assert Answer.objects.filter(user=stranger).count() == 0
    sign_in(stranger).post(address("draw", "quiz"))
    assert Answer.objects.filter(user=stranger).count() == 1


# Before and after -----------------------------------------------------------------------------------------------


def rate(way, whom):
    return {line("statement-I know my way"): way and uid(f"scale-{way}"), line("statement-I know whom to ask"): whom}


def test_what_has_changed_shows_both_answers_side_by_side_in_words(asking, learner_client, address):
    learner_client.post(address("answer", "before"), rate("not yet", uid("scale-a little")))
    learner_client.post(address("answer", "after"), rate("yes", ""))
    page = text(learner_client.get(asking.url))
    table = page[page.index("What has changed for you?") :].split("</table>")[0]
    assert re.findall(r"<t[hd][^>]*>([^<]+)</t[hd]>", table) == [
        "Statement", "Then", "Now", "I know my way", "not yet", "yes", "I know whom to ask", "a little", "–",
    ]  # fmt: skip
    assert not re.search(r"\d|score|%", re.sub(r"<[^>]*>", "", table))


def test_without_an_answer_before_there_is_nothing_to_compare(asking, learner_client, address):
    learner_client.post(address("answer", "after"), rate("yes", ""))
    page = text(learner_client.get(asking.url))
    assert "What has changed for you?" not in page
    assert page.count("I know my way") == 2


def test_each_statement_may_stay_open_and_a_made_up_place_is_refused(asking, learner, learner_client, address):
    assert learner_client.post(address("answer", "before"), rate("", "")).status_code == 303
    assert Answer.objects.get(user=learner).body == {"rated": {}}
    response = learner_client.post(address("answer", "before"), rate("yes", "made up"))
    assert response.status_code == 422
    assert f'value="{uid("scale-yes")}" checked' in text(response)


def test_an_assessment_counts_for_nothing(asking, learner, learner_client, address):
    learner_client.post(address("answer", "before"), rate("yes", ""))
    assert not Answer.objects.filter(user=learner, counts=True).exists()


def test_an_assessment_afterwards_without_one_before_is_not_shown(asking, learner_client):
    alone = [block for block in asked.body() if block["id"] == str(key("after"))]
    asked.ask_everything(blocks=alone)
    assert "And now?" not in text(learner_client.get(asking.url))


def test_two_windows_are_both_shown_in_words(asking, learner_client, address):
    for place in ("not yet", "yes"):
        learner_client.post(address("answer", "before"), rate(place, "") | {"client_id": str(uuid4())})
    page = text(learner_client.get(asking.url))
    assert "I know my way – " in page


# Cost -----------------------------------------------------------------------------------------------------------


def queries_for_a_lesson(client, url, django_assert_num_queries, number):
    client.get(url)
    with django_assert_num_queries(number):
        client.get(url)


@pytest.mark.parametrize("many", [False, True])
def test_questions_cost_no_query_of_their_own(many, asking, learner_client, address, django_assert_num_queries):
    # Session, user; her enrolment and record in the kit; her answers; her answer before; the newest threads of the kit.
    blocks = asked.body()
    asked.ask_everything(blocks=blocks if many else blocks[-1:] + blocks[6:7])
    learner_client.post(address("answer", "before"), rate("yes", ""))
    queries_for_a_lesson(learner_client, asking.url, django_assert_num_queries, 7)


# My data --------------------------------------------------------------------------------------------------------


def test_my_data_tells_her_tries_her_draw_and_where_she_stood_in_words(asking, learner, learner_client, address, sent):
    for name in ("match", "order", "numeric"):
        learner_client.post(address("check", name), sent[name][1])
    first = drawn(text(learner_client.get(asking.url)))[0]
    learner_client.post(address("check", first), {"choice": uid(f"option-{first} right")})
    learner_client.post(address("answer", "before"), rate("a little", ""))
    rows = {row["part"]: row["words"] for row in export_person(learner)["answers"]}
    assert rows["What belongs together?"] == {"matched": {"metre": "length", "mile": "time", "second": "time"}}
    assert rows["In which order?"] == {"order": ["first", "last", "then"]}
    assert rows["How many hours?"] == {"given": "2"}
    assert rows["Today"] == {"rated": {"I know my way": "a little"}}
    assert rows["Three to look back"]["passed"] is True
    assert f"Which {first}?" in rows["Three to look back"]["drawn"]


def test_my_data_needs_no_part_that_is_gone(asking, learner, learner_client, address, sent):
    learner_client.post(address("check", "order"), sent["order"][0])
    asked.ask_everything(blocks=[])
    assert export_person(learner)["answers"][0]["words"] == {"order": [FIRST, THEN, LAST]}
