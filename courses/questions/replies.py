"""What the script of a question gets: its part anew, and the state of the quiz around it."""

from django.template.loader import render_to_string

from courses.pieces import find_part
from courses.questions.kinds import KINDS
from courses.questions.shown import quiz_entries


def anew(request, place, pieces, part, mine, answers=None):
    """{} for a part that is no question. `answers` as in reading.read_answers, when something was kept."""
    if part["kind"] not in KINDS:
        return {}
    context = {"part": part, "mine": mine, "lesson": place.lesson}
    reply = {"html": render_to_string("courses/parts/question.html", context, request)}
    quiz = find_part(pieces, part.get("quiz")) if answers is not None else None
    return {**reply, **quiz_told(request, quiz, answers)} if quiz else reply


def quiz_told(request, quiz, answers):
    shown = quiz_entries(quiz, answers, str(request.user.pk), lambda part: None)
    return {"quiz": quiz["id"], "said": shown["said"]}
