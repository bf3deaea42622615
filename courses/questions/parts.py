"""A question's block as a part: a plain dict of its texts and ids. What is right stays in it and never reaches a page."""

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from courses.questions.fold import fold
from courses.questions.forms import line_name
from courses.templatetags.prose_tags import prose


def around(value):
    """What every kind has: situation, picture, prompt, hint, explanation."""
    explanation = value.get("explanation")
    texts = {name: value.get(name) or "" for name in ("situation", "prompt", "hint")}
    return {**texts, "picture": picture(value), "explanation": prose(explanation) if explanation else ""}


def picture(value):
    """{"url", "width", "height", "alt"}, or None."""
    image = value.get("picture")
    if not image:
        return None
    shown = image.get_rendition("max-960x1200") if not image.is_svg() else image
    return {"url": shown.file.url, "width": shown.width, "height": shown.height, "alt": value.get("picture_alt") or ""}


def listed(value, name):
    """[{"id", "text"}] of a list of texts."""
    return [{"id": str(item.id), "text": item.value} for item in value[name].bound_blocks]


def read_choice(value):
    options = [{"id": str(item.id), **item.value} for item in value["options"].bound_blocks]
    return {**around(value), "several": value["several"], "options": options}


def read_true_false(value):
    # Translators: the two answers to choose from, of a sentence that is true or false.
    texts = [("true", _("True"), value["correct"]), ("false", _("False"), not value["correct"])]
    options = [
        {"id": name, "text": text, "correct": correct, "feedback": value[f"feedback_{name}"]}
        for name, text, correct in texts
    ]
    return {**around(value), "several": False, "options": options}


def read_match(value):
    answers, pairs = {}, []
    for item in value["pairs"].bound_blocks:
        answer = answers.setdefault(fold(item.value["right"]), {"id": str(item.id), "text": item.value["right"]})
        pairs.append({"id": str(item.id), "text": item.value["left"], "belongs": answer["id"]})
    for extra in listed(value, "extras"):
        answers.setdefault(fold(extra["text"]), extra)
    shown = [{**answer, "token": token(answer["id"])} for _folded, answer in sorted(answers.items())]
    return {**around(value), "pairs": pairs, "answers": shown, "feedback": value["feedback"]}


def token(item_id):
    """A name for an answer in the page from which nobody can tell to which pair it belongs."""
    return salted_hmac("courses.questions.match", item_id).hexdigest()[:12]


def read_order(value):
    """`items` as the page shows them: mixed, and the same for everybody in every language; `order` as they should be."""
    items = listed(value, "items")
    order = [item["id"] for item in items]
    mixed = sorted(items, key=lambda item: token(item["id"]))
    if [item["id"] for item in mixed] == order:
        mixed = [*mixed[1:], mixed[0]]
    return {**around(value), "items": mixed, "order": order, "feedback": value["feedback"]}


def read_short_answer(value):
    return {**around(value), "accepted": list(value["accepted"]), "unit": "", "feedback": value["feedback"]}


def read_numeric(value):
    names = ("answer", "tolerance", "unit", "feedback")
    return {**around(value), **{name: value.get(name) or "" for name in names}}


# What stands in the form: rows for the template of its inputs, with what was given ---------------------------------


def choice_rows(part, given):
    chosen = given.get("chosen", [])
    return [{**option, "checked": option["id"] in chosen} for option in part["options"]]


def match_rows(part, given):
    matched = given.get("matched", {})
    return [
        select_row(pair, ((a["token"], a["text"], a["id"] == matched.get(pair["id"])) for a in part["answers"]))
        for pair in part["pairs"]
    ]


def order_rows(part, given):
    places = given.get("places") or {item: str(n) for n, item in enumerate(given.get("order", []), 1)}
    numbers = [str(n) for n in range(1, len(part["items"]) + 1)]
    return [
        select_row(item, ((number, number, number == places.get(item["id"])) for number in numbers))
        for item in part["items"]
    ]


def select_row(line, choices):
    options = [{"value": value, "text": text, "selected": selected} for value, text, selected in choices]
    return {"name": line_name(line), "text": line["text"], "options": options}


def written_rows(part, given):
    return [{"value": given.get("given", "")}]


# In words, for her own copy of what she gave -----------------------------------------------------------------------


def choice_words(part, body):
    return {"chosen": [option["text"] for option in part["options"] if option["id"] in body.get("chosen", [])]}


def match_words(part, body):
    texts = {answer["id"]: answer["text"] for answer in part["answers"]}
    matched = body.get("matched", {})
    return {"matched": {pair["text"]: texts.get(matched.get(pair["id"]), "") for pair in part["pairs"]}}


def order_words(part, body):
    texts = {item["id"]: item["text"] for item in part["items"]}
    return {"order": [texts.get(item, item) for item in body.get("order", [])]}


def written_words(part, body):
    return {"given": body.get("given", "")}


def quiz_words(part, body):
    prompts = {asked["id"]: asked["prompt"] for asked in part["pool"]}
    return {**body, "drawn": [prompts.get(part_id, part_id) for part_id in body.get("drawn", [])]}


def assessment_words(part, body):
    return {"rated": dict(rated_pairs(part, body))}


def rated_pairs(part, body):
    """[(statement, answer)] in words, of those that she answered."""
    texts = {place["id"]: place["text"] for place in part["scale"]}
    answers = body.get("rated", {})
    found = [(statement["text"], texts.get(answers.get(statement["id"]))) for statement in part["statements"]]
    return [(text, place) for text, place in found if place]
