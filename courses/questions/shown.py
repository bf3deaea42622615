"""What a question, quiz or assessment shows of hers: more entries for `mine` of a part (courses/reading.py)."""

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.questions.forms import line_name
from courses.questions.kinds import KINDS
from courses.questions.parts import rated_pairs
from courses.questions.quiz import drawn_ids, drawn_parts, quiz_state


def tried(part, body):
    kind = KINDS[part["kind"]]
    return {"graded": True, "rows": kind.rows(part, body), **kind.grade(part, body)}


def rated(part, body, before=None):
    """The rows of an assessment; with what she answered before, the two side by side, in words."""
    answers = body.get("rated", {})
    rows = [
        {
            **statement,
            "name": line_name(statement),
            "places": [{**place, "checked": answers.get(statement["id"]) == place["id"]} for place in part["scale"]],
        }
        for statement in part["statements"]
    ]
    compared = changes(part, before, answers) if before else []
    return {"rows": rows, "statements": with_places(part, answers), "changes": compared}


def with_places(part, answers):
    """The markup of the statements, which is made once for everybody, with her places chosen."""
    markup = part.get("unrated", "")
    for statement, place in answers.items():
        radio = f'name="line-{statement}" value="{place}"'
        markup = markup.replace(radio, f"{radio} checked")
    return mark_safe(markup)


def changes(part, before, answers):
    """[{"name", "text", "then", "now"}] of the statements that she answered the first time."""
    texts = {place["id"]: place["text"] for place in part["scale"]}
    then = before.get("rated", {})
    return [
        {
            "name": line_name(statement),
            "text": statement["text"],
            "then": texts[then[statement["id"]]],
            "now": texts.get(answers.get(statement["id"]), ""),
        }
        for statement in part["statements"]
        if then.get(statement["id"]) in texts
    ]


def rated_lines(part, body):
    """["statement – answer"] of what she answered."""
    return [f"{text} – {place}" for text, place in rated_pairs(part, body)]


def entries(part, body, before=None):
    """For `mine` of any part of this package that is no quiz."""
    if part["kind"] == "assessment":
        return rated(part, body, before)
    return tried(part, body) if part["kind"] in KINDS and body else {}


def refused(part, form):
    """What she sent and could not be taken, back in its fields."""
    if part["kind"] == "assessment":
        return rated(part, form.given())
    return {"rows": KINDS[part["kind"]].rows(part, form.given())} if part["kind"] in KINDS else {}


def quiz_entries(quiz, answers, reader, mine):
    """`answers` as in reading.read_answers; `mine(part)` gives that of a single question."""
    bodies = {block_id: kept["current"]["body"] for block_id, kept in answers.items() if kept["current"]}
    body = bodies.get(quiz["id"], {})
    ids = drawn_ids(quiz, body, reader)
    drawn = [{"part": part, "mine": mine(part)} for part in drawn_parts(quiz, ids)]
    return {"drawn": drawn, **told(quiz_state(quiz, body, ids, bodies)), "draws_other": len(ids) < len(quiz["pool"])}


def told(state):
    """The state with its words."""
    rule = ngettext(
        "%(needed)d right answer is needed. You can try as often as you like.",
        "%(needed)d right answers are needed. You can try as often as you like.",
        state["needed"],
    )
    return {**state, "rule": rule % state, "said": said(state)}


def said(state):
    """Nothing as long as nothing is right: what helps stands beside each question."""
    if not state["right"]:
        return _("This quiz is passed.") if state["passed"] else ""
    right = ngettext("%(right)d of %(total)d is right.", "%(right)d of %(total)d are right.", state["right"]) % state
    return f"{right} {_('This quiz is passed.')}" if state["passed"] else right
