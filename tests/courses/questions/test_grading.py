"""What a try is told, kind by kind: right, partly, not yet, and never what was not given."""

import pytest

from courses.completion import counts
from courses.questions.kinds import KINDS, in_words, is_right
from tests.courses.small_kit import key


def uid(name):
    return str(key(name))


def matched(metre, mile, second):
    return {"matched": {uid("pair-metre"): metre, uid("pair-mile"): mile, uid("pair-second"): second}}


LENGTH, TIME, WEIGHT = uid("pair-metre"), uid("pair-second"), uid("extra-weight")
FIRST, THEN, LAST = uid("item-first"), uid("item-then"), uid("item-last")
TRIES = [
    ("alone", {"chosen": [uid("option-alone right")]}, "right"),
    ("alone", {"chosen": [uid("option-alone wrong")]}, "not yet"),
    ("true_false", {"chosen": ["true"]}, "right"),
    ("true_false", {"chosen": ["false"]}, "not yet"),
    ("match", matched(LENGTH, LENGTH, TIME), "right"),
    ("match", matched(LENGTH, TIME, TIME), "partly"),
    ("match", matched(TIME, WEIGHT, LENGTH), "not yet"),
    ("match", {"matched": {}}, "not yet"),
    ("order", {"order": [FIRST, THEN, LAST]}, "right"),
    ("order", {"order": [FIRST, LAST, THEN]}, "partly"),
    ("order", {"order": [LAST, FIRST, THEN]}, "not yet"),
    ("order", {"order": [FIRST, THEN]}, "partly"),
    ("short_answer", {"given": "ΑΘΗΝΑ"}, "right"),
    ("short_answer", {"given": " athens. "}, "right"),
    ("short_answer", {"given": "Patras"}, "not yet"),
    ("numeric", {"given": "1,5"}, "right"),
    ("numeric", {"given": "1.6 h"}, "right"),
    ("numeric", {"given": "1.61"}, "not yet"),
    ("numeric", {"given": "no number"}, "not yet"),
]


@pytest.mark.parametrize(("name", "body", "grade"), TRIES)
def test_a_try_is_graded(part, name, body, grade):
    found = KINDS[part(name)["kind"]].grade(part(name), body)
    assert (found["right"], found["partly"]) == (grade == "right", grade == "partly")
    assert counts(part(name), body) == is_right(part(name), body) == found["right"]


@pytest.mark.parametrize("name", ["match", "order", "short_answer", "numeric"])
def test_what_helps_is_said_only_while_it_is_not_all_right(part, name):
    bodies = {grade: body for other, body, grade in TRIES if other == name}
    grade = KINDS[name].grade
    assert grade(part(name), bodies["right"])["feedback"] == ""
    assert grade(part(name), bodies["not yet"])["feedback"] == part(name)["feedback"]


def test_only_what_she_chose_is_explained(part):
    grade = KINDS["question"].grade(part("alone"), {"chosen": [uid("option-alone wrong")]})
    assert [line["feedback"] for line in grade["lines"]] == ["About alone wrong"]


def test_lines_to_order_are_never_shown_in_their_order(part):
    assert [item["id"] for item in part("order")["items"]] != part("order")["order"]


def test_two_pairs_may_share_an_answer_which_is_offered_once(part):
    assert sorted(answer["text"] for answer in part("match")["answers"]) == ["length", "time", "weight"]


def test_a_question_of_a_quiz_does_not_count_by_itself(part):
    body = {"chosen": [uid("option-one right")]}
    assert is_right(part("one"), body)
    assert not counts(part("one"), body)
    assert counts(part("quiz"), {"drawn": [], "passed": True})
    assert not counts(part("quiz"), {"drawn": [], "passed": False})


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("alone", {"chosen": [uid("option-alone wrong")]}, {"chosen": ["alone wrong"]}),
        ("true_false", {"chosen": ["true"]}, {"chosen": ["True"]}),
        (
            "match",
            matched(LENGTH, WEIGHT, TIME),
            {"matched": {"metre": "length", "mile": "weight", "second": "time"}},
        ),
        ("order", {"order": [LAST, FIRST, THEN]}, {"order": ["last", "first", "then"]}),
        ("short_answer", {"given": "Patras"}, {"given": "Patras"}),
        ("numeric", {"given": "1,5"}, {"given": "1,5"}),
        (
            "before",
            {"rated": {uid("statement-I know my way"): uid("scale-a little")}},
            {"rated": {"I know my way": "a little"}},
        ),
        ("quiz", {"drawn": [uid("two")], "passed": True}, {"drawn": ["Which two?"], "passed": True}),
    ],
)
def test_her_copy_says_it_in_words(part, name, body, words):
    assert in_words(part(name), body) == words
