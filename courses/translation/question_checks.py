"""What a question, a quiz or an assessment in a text file must hold to be of use: None, or what is wrong."""

from courses.questions.fold import fold, parse_number
from courses.translation.schema import QUESTIONS


def values(flat, block_id, name, field="text"):
    return [flat.get(f"{block_id}.{item}.{field}", "") for item in flat.get(f"{block_id}.{name}#", ())]


def check_question(flat, block_id):
    options = flat[f"{block_id}.options#"]
    right = sum(flat[f"{block_id}.{option}.correct"] for option in options)
    if len(options) < 2:
        return "a question needs two answers or more"
    if not right:
        return "no answer is right: mark one with correct: true"
    if right > 1 and not flat[f"{block_id}.several"]:
        return "more than one answer is right: write several: true"
    return None


def check_match(flat, block_id):
    lefts = values(flat, block_id, "pairs", "left")
    rights = {fold(text) for text in values(flat, block_id, "pairs", "right")}
    if len(rights) < 2:
        return "two different answers are needed: add a pair"
    if len({fold(text) for text in lefts}) < len(lefts):
        return "two pairs begin with the same text: change one"
    if rights & {fold(text) for text in values(flat, block_id, "extras")}:
        return "one of extras is also the right answer of a pair: change or remove it"
    return None


def check_order(flat, block_id):
    texts = values(flat, block_id, "items")
    if len(texts) < 2:
        return "two lines or more are needed to put in order"
    if len({fold(text) for text in texts}) < len(texts):
        return "two lines say the same: change one"
    return None


def check_short_answer(flat, block_id):
    if not all(any(char.isalnum() for char in text) for text in values(flat, block_id, "accepted")):
        return "an accepted answer needs a letter or a digit"
    return None


def check_numeric(flat, block_id):
    if parse_number(flat[f"{block_id}.answer"]) is None:
        return "answer is not a number: write digits, for example 12 or 3.5"
    tolerance = parse_number(flat[f"{block_id}.tolerance"])
    if tolerance is None or tolerance < 0:
        return "tolerance must be 0 or a number above 0"
    return None


def check_quiz(flat, block_id):
    draw, pass_mark = flat[f"{block_id}.draw"], flat[f"{block_id}.pass_mark"]
    there = count_after(flat, block_id)
    if flat.get(f"{block_id}.bank"):
        there = max(there, draw, pass_mark)
    elif not there:
        return "a quiz needs questions: write them straight after it, or name a bank"
    if draw > there:
        return f"draw is {draw}, but only {there} questions follow: make them agree"
    if pass_mark > (draw or there):
        return f"pass_mark is {pass_mark}, but only {draw or there} questions are drawn: make them agree"
    return None


def count_after(flat, block_id):
    """How many questions stand straight after a quiz."""
    blocks = flat["#"]
    start = [name for _kind, name in blocks].index(block_id) + 1
    count = 0
    while start + count < len(blocks) and blocks[start + count][0] in QUESTIONS:
        count += 1
    return count


def check_assessment(flat, block_id):
    statements, scale = values(flat, block_id, "statements"), values(flat, block_id, "scale")
    if flat[f"{block_id}.moment"] == "after":
        taken = "leave statements and scale out: they are those of the block before with this topic"
        return taken if statements or scale else None
    if not statements:
        return "write at least one of statements"
    return None if 3 <= len(scale) <= 7 else "scale needs three to seven answers"


CHECKS = {
    "question": check_question,
    "match": check_match,
    "order": check_order,
    "short_answer": check_short_answer,
    "numeric": check_numeric,
    "quiz": check_quiz,
    "assessment": check_assessment,
}
