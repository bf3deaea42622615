"""A quiz: which of its questions are hers, and how far she is.

A draw is kept as her answer of the quiz block: {"drawn": [part id], "passed": bool}. Before her first try nothing is kept:
the draw follows from who she is, so that it is the same whenever and in whichever language she comes back. A visitor,
who is nobody, gets the first questions. Once passed, a quiz stays passed.
"""

import random

from courses.questions.kinds import KINDS


def draw_size(quiz):
    size = len(quiz["pool"])
    return min(quiz["draw"] or size, size)


def needed(quiz):
    return min(quiz["pass_mark"] or draw_size(quiz), draw_size(quiz))


def drawn_ids(quiz, body, reader):
    """The ids of her questions. What an editor has taken out since is replaced. `reader`: "" for a visitor."""
    pool = [part["id"] for part in quiz["pool"]]
    kept = [part_id for part_id in body.get("drawn", []) if part_id in pool]
    rest = [part_id for part_id in pool if part_id not in kept]
    if reader and draw_size(quiz) < len(pool):
        random.Random(f"{reader} {quiz['id']}").shuffle(rest)
    return [*kept, *rest][: draw_size(quiz)]


def draw_other(quiz, drawn):
    """Another draw: first what was not drawn last time, in a random order."""
    pool = [part["id"] for part in quiz["pool"]]
    if draw_size(quiz) == len(pool):
        return pool
    fresh = [part_id for part_id in pool if part_id not in drawn]
    again = [part_id for part_id in pool if part_id in drawn]
    random.shuffle(fresh)
    random.shuffle(again)
    return [*fresh, *again][: draw_size(quiz)]


def drawn_parts(quiz, ids):
    parts = {part["id"]: part for part in quiz["pool"]}
    return [parts[part_id] for part_id in ids]


def quiz_state(quiz, body, ids, bodies):
    """{"right", "total", "tried", "needed", "passed"}; `bodies` maps the ids of parts to her current answers."""
    tried = [part for part in drawn_parts(quiz, ids) if bodies.get(part["id"])]
    right = sum(KINDS[part["kind"]].grade(part, bodies[part["id"]])["right"] for part in tried)
    passed = bool(ids) and right >= needed(quiz)
    return {
        "right": right,
        "total": len(ids),
        "tried": len(tried),
        "needed": needed(quiz),
        "passed": passed or bool(body.get("passed")),
    }
