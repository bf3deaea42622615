"""The one table of questions: kind → block, form, body of an answer, inputs, grade, words.

| kind         | body of an answer                                          |
|--------------|------------------------------------------------------------|
| question     | {"chosen": [option id]}                                    |
| true_false   | {"chosen": ["true"]} or {"chosen": ["false"]}              |
| match        | {"matched": {pair id: id of the pair or extra whose text}} |
| order        | {"order": [item id]}                                       |
| short_answer | {"given": text}                                            |
| numeric      | {"given": text as typed}                                   |
| quiz         | {"drawn": [part id], "passed": bool} (courses/questions/quiz.py) |
| assessment   | {"rated": {statement id: id of a place on the scale}}      |
"""

from collections.abc import Callable
from dataclasses import dataclass

from wagtail.blocks import Block

from courses import forms as plain
from courses.questions import blocks, forms, grading, parts


@dataclass(frozen=True)
class Kind:
    name: str
    block: Block
    form: type  # of django.forms.Form: Form(data, part=part)
    read: Callable  # (value of the block) -> the part's own entries
    inputs: str  # a template below courses/parts/
    rows: Callable  # (part, body or what was refused) -> rows for that template
    grade: Callable  # (part, body) -> courses.questions.grading
    words: Callable  # (part, body) -> the body with texts instead of ids


def _kind(name, form, inputs, rows, words):
    read, grade = getattr(parts, f"read_{name}"), getattr(grading, f"grade_{name}")
    return Kind(name, dict(blocks.QUESTION_BLOCKS)[name], form, read, inputs, rows, grade, words)


def _choice(name, read):
    block = dict(blocks.QUESTION_BLOCKS)[name]
    rows, words = parts.choice_rows, parts.choice_words
    return Kind(name, block, forms.ChoiceForm, read, "options", rows, grading.grade_choice, words)


KINDS = {
    kind.name: kind
    for kind in [
        _choice("question", parts.read_choice),
        _choice("true_false", parts.read_true_false),
        _kind("match", forms.MatchForm, "selects", parts.match_rows, parts.match_words),
        _kind("order", forms.OrderForm, "selects", parts.order_rows, parts.order_words),
        _kind("short_answer", forms.WrittenForm, "written", parts.written_rows, parts.written_words),
        _kind("numeric", forms.NumberForm, "written", parts.written_rows, parts.written_words),
    ]
}
# Kinds whose answer is a try at something that is right or not: the last one stands, none is kept beside another.
CHECKED = frozenset(KINDS)
FORMS = {**plain.FORMS, **{name: kind.form for name, kind in KINDS.items()}, "assessment": forms.AssessmentForm}


def is_right(part, body):
    """Whether a try at a question is right; a quiz is right when it was passed."""
    if part["kind"] == "quiz":
        return bool(body.get("passed"))
    return KINDS[part["kind"]].grade(part, body)["right"]


WORDS = {
    **{name: kind.words for name, kind in KINDS.items()},
    "quiz": parts.quiz_words,
    "assessment": parts.assessment_words,
}


def in_words(part, body):
    """A body with the texts of its part instead of ids; as it is for a part of another package."""
    return WORDS[part["kind"]](part, body) if part["kind"] in WORDS else body
