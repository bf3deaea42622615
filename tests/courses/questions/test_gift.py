"""GIFT as people write it, and as nobody should."""

import contextlib
import time
from pathlib import Path

import pytest

from courses.questions.gift import read_gift
from courses.questions.items import Faults

FILES = Path(__file__).parent / "files"


def one(text):
    reading = read_gift(text)
    assert (len(reading.items), reading.left_out) == (1, [])
    return reading.items[0]


def reason(text):
    reading = read_gift(text)
    assert reading.items == []
    return str(reading.left_out[0])


def by_name():
    return {item.name.get("", ""): item for item in read_gift((FILES / "every_kind.gift").read_text()).items}


def test_every_type_becomes_its_kind():
    assert {name: item.kind for name, item in by_name().items()} == {
        "Deadline": "question",
        "Must haves": "question",
        "Contract": "true_false",
        "Words": "match",
        "First steps": "order",
        "Office": "short_answer",
        "Hours": "numeric",
        "Range": "numeric",
        "My letter": "reflection",
        "Intro": "text",
        "Greeting": "question",
    }


def test_an_answer_is_right_or_not_and_keeps_what_is_said_to_it():
    item = by_name()["Deadline"]
    assert [(c.text[""], c.correct) for c in item.choices] == [
        ("As soon as I can", True),
        ("On the last day", False),
        ("When my papers are ready", False),
    ]
    assert item.choices[1].feedback == {"": "There is no last day."}
    assert item.explanation == {
        "": '<p>They may choose <b>before</b> you write. <a href="https://example.org/adverts">More</a></p>'
    }
    assert (item.situation, item.prompt) == ({"": "An advert says open until filled."}, {"": "When do you write?"})
    assert (item.ref, item.notes) == (
        "deadline",
        ["answers that are worth a part only: here an answer is right or not"],
    )


def test_several_answers_have_weights_and_escaped_characters():
    item = by_name()["Must haves"]
    assert [choice.correct for choice in item.choices] == [True, True, False]
    assert item.several
    assert item.choices[2].text == {"": "Friendly {and} calm"}
    assert item.choices[2].feedback == {"": "A wish: nobody can test it."}


def test_true_or_false_has_two_feedbacks():
    item = by_name()["Contract"]
    assert (item.correct, item.feedback_false, item.feedback_true) == (
        True,
        {"": "In many countries it may."},
        {"": "Yes, but ask for paper."},
    )


def test_a_pair_without_a_left_side_is_one_more_answer():
    item = by_name()["Words"]
    assert [(p.left[""], p.right[""]) for p in item.pairs] == [("gross", "before tax"), ("net", "after tax")]
    assert item.extras == [{"": "tax free"}]


def test_text_after_the_answers_leaves_a_gap():
    item = by_name()["Office"]
    assert item.prompt == {"": "The office that recognises degrees in Sweden is called _____ ."}
    assert item.accepted == [{"": "UHR"}, {"": "Universitets\\- och högskolerådet"}]
    assert item.feedback == {"": "It begins with U."}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("#5", ("5", "0")),
        ("#5:0.5", ("5", "0.5")),
        ("#1..5", ("3", "2")),
        ("#-1.5e2:0", ("-150", "0")),
        ("#=%100%3,5:0,1#yes", ("3.5", "0.1")),
        ("#=2:0 =%50%2:1", ("2", "0")),
    ],
)
def test_numbers(answers, expected):
    item = one(f"How many? {{{answers}}}")
    assert (item.answer, item.tolerance) == expected


def test_languages_are_told_apart_also_with_unescaped_braces():
    item = by_name()["Greeting"]
    assert item.prompt == {"en": "Which word greets?", "it": "Quale parola saluta?"}
    assert one("{mlang en}A{mlang}{mlang it}B{mlang}? {T}").prompt == {"en": "A?", "it": "B?"}


def test_an_empty_line_inside_the_answers_does_not_end_the_question():
    assert len(one("Which? {\n=a\n\n// the others\n~b\n\n}").choices) == 2


def test_a_comment_and_a_category_are_no_questions():
    assert read_gift("// Hello\n\n$CATEGORY: top/A\n$CATEGORY: B\n\n").items == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Q {=a ~b\n\nNext {T}", "line 1: a { that is never closed"),
        ("\n\nQ }", "line 3: a } without a {"),
        ("Q {=a\n~{b}}", "line 2: a { inside the answers"),
        ("Q {T}\nQ2 {F}", "line 2: a second {"),
        ("::Title {T}", "line 1: the title is opened"),
        ("Q {=a -> b\n=c}", "line 2: a pair needs ->"),
        ("Q {#five}", "line 1: “five” is not a number"),
        ("Q {\n~%a lot%b\n=c}", "line 2: a weight stands between two percent signs"),
        ("Q {#1..2..3}", "line 1: “1..2..3” is not a number"),
    ],
)
def test_a_fault_is_named_with_its_line(text, said):
    with pytest.raises(Faults) as faults:
        read_gift(text)
    assert str(faults.value).startswith(said)


def test_all_faults_of_a_file_are_named():
    with pytest.raises(Faults) as faults:
        read_gift("A }\n\nB {T}\n\nC {")
    assert [line for line, _text in faults.value.lines] == [1, 5]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Q {~a ~b}", "line 1: multichoice: no answer is right"),
        ("Q {=a =b ~c}", "line 1: multichoice: several answers are right, but only one may be chosen"),
        ("Q {=%50%a}", "line 1: shortanswer: no answer of its own is right"),
        ("Q {=a*}", "line 1: shortanswer: no answer of its own is right"),
        ("Q {#=1 =2}", "line 1: numerical: several different numbers are right"),
        ("Q {=a -> b}", "line 1: matching: it has fewer than two pairs"),
        ("{T}", "line 1: truefalse: it asks nothing"),
        ("x" * 20_001 + "{T}", "line 1: truefalse: a text of 20001 characters; at most 20000 are taken"),
    ],
)
def test_what_has_no_form_here_is_left_out_with_the_reason(text, said):
    assert reason(text).startswith(said)


N = 1_000_000
NASTY = {
    "open braces": "{" * N,
    "braces on lines": "{\n" * (N // 2),
    "answers": "Q {" + "=a" * (N // 2) + "}",
    "weights": "Q {" + "~%50%a" * (N // 6) + "}",
    "titles": "::a" * (N // 3),
    "tags": "{mlang en}" * (N // 10) + "{=a}",
    "comments": "// " + "[id:" * (N // 4),
    "lines to order": "Q {> 1\n" + "a\n" * (N // 2) + "}",
    "categories": "$CATEGORY:a\n" * (N // 12),
    "questions": "a\n\n" * (N // 3),
    "broken tags": ("[html]" + "<a " * 6_000 + "{T}\n\n") * (N // 19_000),
    "comments of HTML": ("[html]" + "<!--" * 4_900 + "{T}\n\n") * (N // 19_600),
    "a huge number": "[html]" + "&#" + "9" * 19_000 + ";{T}",
    "markdown": ("[markdown]" + "[a](" * 4_900 + "{T}\n\n") * (N // 50_000),
}


@pytest.mark.parametrize("name", NASTY)
def test_a_file_made_to_hang_the_reader_does_not(name):
    begin = time.process_time()
    with contextlib.suppress(Faults):
        read_gift(NASTY[name])
    assert time.process_time() - begin < 10
