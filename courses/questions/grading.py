"""What she may know after a try: whether it is right, and the feedback on what she gave. Never what she did not give.

A grade is {"right": bool, "partly": bool, "lines": [{"text", "correct", "feedback"}], "feedback": str}: `lines` are what
she gave, `feedback` is said of the whole while it is not right.
"""

from courses.questions.fold import fold, parse_number


def grade_choice(part, body):
    chosen = body.get("chosen", [])
    lines = [option for option in part["options"] if option["id"] in chosen]
    wanted = {option["id"] for option in part["options"] if option["correct"]}
    return grade(wanted == set(chosen), lines)


def grade_match(part, body):
    """Two pairs may share an answer; `belongs` names the first of them for both."""
    texts = {answer["id"]: answer["text"] for answer in part["answers"]}
    matched = body.get("matched", {})
    lines = [
        {
            "text": f"{pair['text']} – {texts.get(matched.get(pair['id']), '…')}",
            "correct": matched.get(pair["id"]) == pair["belongs"],
        }
        for pair in part["pairs"]
    ]
    return grade(all(line["correct"] for line in lines), lines, part["feedback"])


def grade_order(part, body):
    texts = {item["id"]: item["text"] for item in part["items"]}
    order = [item for item in body.get("order", []) if item in texts]
    lines = [
        {"text": f"{place}. {texts[item]}", "correct": item == right}
        for place, (item, right) in enumerate(zip(order, part["order"], strict=False), 1)
    ]
    return grade(order == part["order"], lines, part["feedback"])


def grade_short_answer(part, body):
    right = fold(body.get("given", "")) in {fold(text) for text in part["accepted"]}
    return grade(right, [{"text": body.get("given", ""), "correct": right}], part["feedback"])


def grade_numeric(part, body):
    number = parse_number(body.get("given", ""), part["unit"])
    answer, tolerance = parse_number(part["answer"]), parse_number(part["tolerance"]) or 0
    right = number is not None and answer is not None and abs(number - answer) <= tolerance
    return grade(right, [{"text": body.get("given", ""), "correct": right}], part["feedback"])


def grade(right, lines, feedback=""):
    partly = not right and any(line["correct"] for line in lines)
    return {"right": right, "partly": partly, "lines": lines, "feedback": "" if right else feedback}
