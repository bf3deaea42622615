"""Writes of a quiz to the learning record."""

from django.db import transaction

from courses.answers import delete_answer, save_answer
from courses.models import Answer
from courses.questions.quiz import draw_other, drawn_ids, quiz_state
from courses.versions import new_id


@transaction.atomic
def save_try(*, user, quiz, lesson_key, kit_key, **answer):
    """Keep her try at a question of a quiz (as save_answer does), and with it her draw and whether the quiz is passed now."""
    saved = save_answer(user=user, lesson_key=lesson_key, kit_key=kit_key, **answer)
    kept = current_answers(user, lesson_key, quiz)
    bodies = {part_id: row.body for part_id, row in kept.items()}
    body = bodies.get(quiz["id"], {})
    ids = drawn_ids(quiz, body, str(user.pk))
    passed = quiz_state(quiz, body, ids, bodies)["passed"]
    keep_draw(user, kit_key, lesson_key, quiz, kept.get(quiz["id"]), {"drawn": ids, "passed": passed})
    return saved


@transaction.atomic
def draw_again(*, user, quiz, lesson_key, kit_key):
    """Begin the quiz anew: other questions where there are more, and no tries at any of them. What was passed stays passed."""
    kept = current_answers(user, lesson_key, quiz)
    body = kept[quiz["id"]].body if quiz["id"] in kept else {}
    drawn = draw_other(quiz, drawn_ids(quiz, body, str(user.pk)))
    for part_id in kept.keys() - {quiz["id"]}:
        delete_answer(user=user, lesson_key=lesson_key, block_id=part_id)
    body = {"drawn": drawn, "passed": bool(body.get("passed"))}
    keep_draw(user, kit_key, lesson_key, quiz, kept.get(quiz["id"]), body)


def current_answers(user, lesson_key, quiz):
    """{part id: Answer} of the quiz and of every question it may draw."""
    ids = [quiz["id"], *(part["id"] for part in quiz["pool"])]
    rows = Answer.objects.for_lesson(user, lesson_key).filter(block_id__in=ids, state=Answer.State.CURRENT)
    return {str(row.block_id): row for row in rows}


def keep_draw(user, kit_key, lesson_key, quiz, present, body):
    if present is None or present.body != body:
        save_answer(
            user=user,
            kit_key=kit_key,
            lesson_key=lesson_key,
            block_id=quiz["id"],
            client_id=new_id(after=present.client_id if present else None),
            base=present.client_id if present else None,
            body=body,
            kind="quiz",
            counts=body["passed"],
            moves=False,
        )
