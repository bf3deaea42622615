"""A lesson that asks in every way: each kind of question by itself, a quiz with three of its own, a look before and after."""

from courses.models import LessonPage
from hub.lib.stamp import touch
from tests.courses.small_kit import block, key

AROUND = {"situation": "", "hint": "", "explanation": "<p>Because.</p>"}


def texts(name, *lines):
    return [{"type": "item", "id": str(key(f"{name}-{line}")), "value": line} for line in lines]


def option(text, correct):
    value = {"text": text, "correct": correct, "feedback": f"About {text}"}
    return {"type": "item", "id": str(key(f"option-{text}")), "value": value}


def pair(left, right):
    return {"type": "item", "id": str(key(f"pair-{left}")), "value": {"left": left, "right": right}}


def choice(name, **fields):
    options = [option(f"{name} right", True), option(f"{name} wrong", False)]
    return block("question", key(name), {"prompt": f"Which {name}?", "several": False, "options": options} | fields)


TRUE_FALSE = {"prompt": "It is so.", "correct": True, "feedback_true": "It is.", "feedback_false": "Look at it again."}
MATCH = {
    "prompt": "What belongs together?",
    "pairs": [pair("metre", "length"), pair("mile", "length"), pair("second", "time")],
    "extras": texts("extra", "weight"),
    "feedback": "Think of what is measured.",
}
ORDER = {
    "prompt": "In which order?",
    "items": texts("item", "first", "then", "last"),
    "feedback": "One comes before all.",
}
SHORT = {"prompt": "Which city?", "accepted": texts("accepted", "Αθήνα", "Athens"), "feedback": "It has a hill."}
NUMERIC = {
    "prompt": "How many hours?",
    "answer": "1.5",
    "tolerance": "0.1",
    "unit": "h",
    "feedback": "Add the minutes.",
}
BEFORE = {
    "topic": "steps",
    "moment": "before",
    "title": "Today",
    "intro": "",
    "statements": texts("statement", "I know my way", "I know whom to ask"),
    "scale": texts("scale", "not yet", "a little", "yes"),
}
AFTER = {"topic": "steps", "moment": "after", "title": "And now?", "intro": "", "statements": [], "scale": []}
KINDS = {"true_false": TRUE_FALSE, "match": MATCH, "order": ORDER, "short_answer": SHORT, "numeric": NUMERIC}


def quiz(**fields):
    value = {"title": "Three to look back", "intro": "", "draw": 2, "pass_mark": 1, "bank": ""} | fields
    return block("quiz", key("quiz"), value)


def body():
    alone = [block(kind, key(kind), AROUND | value) for kind, value in KINDS.items()]
    pool = [choice(name) for name in ("one", "two", "three")]
    hinted = choice("alone", situation="At nine she knocks.", hint="Look at the door.")
    return [
        hinted,
        *alone,
        block("assessment", key("before"), BEFORE),
        quiz(),
        *pool,
        block("text", key("between"), "<p>Something else.</p>"),
        choice("outside"),
        block("assessment", key("after"), AFTER),
    ]


def ask_everything(slug="small-one", blocks=None):
    """Put these blocks into the first lesson of the small kit, in each language."""
    for page in LessonPage.objects.filter(slug=slug):
        page.body = body() if blocks is None else blocks
        page.save()
    touch()
