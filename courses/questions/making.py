"""What the readers of GIFT and of Moodle XML have in common: an Item from the answers of a question, or the reason against it.

Moodle gives each answer a part of the grade, 0 to 1. Here an answer is right or not.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from courses.questions import texts
from courses.questions.items import Choice, Fault, NotTaken, alike, base
from courses.questions.texts import Source

WHOLE, NEAR = 1, 0.001
MOST_ANSWERS = 100
MOST_QUESTIONS = 2_000
LISTED = re.compile(r"- |\d+\. ")


@dataclass
class RawAnswer:
    """An answer as the file has it. fraction: its part of the grade; language: of a short answer, when the file tells."""

    text: Source
    fraction: float = 1
    feedback: Source = field(default_factory=Source)
    language: str = ""
    tolerance: str = "0"
    line: int = 0


def need(words, what):
    if not words:
        raise NotTaken(what)
    return words


def choices(item, answers, single):
    """The options of a multichoice question."""
    not_too_many(len(answers))
    item.several = not single
    for answer in answers:
        right = answer.fraction > 0 if item.several else answer.fraction > WHOLE - NEAR
        text = need(texts.line(answer.text, item), _("an answer is empty or only a picture"))
        item.choices.append(Choice(text, right, texts.plain(answer.feedback, item)))
    if len(item.choices) < 2:
        raise NotTaken(_("it has fewer than two answers"))
    right = sum(choice.correct for choice in item.choices)
    if not right:
        raise NotTaken(_("no answer is right"))
    if right > 1 and not item.several:
        raise NotTaken(_("several answers are right, but only one may be chosen"))
    _note_weights(item, answers)


def _note_weights(item, answers):
    parts = {round(answer.fraction, 3) for answer in answers if answer.fraction > 0}
    if len(parts) > 1:
        texts.note(item, _("answers that are worth a part only: here an answer is right or not"))


def short_answers(item, answers):
    """The accepted texts; one that is worth nothing carries what is said to a wrong answer."""
    not_too_many(len(answers))
    for answer in answers:
        words = texts.raw_line(answer.text.text)
        if answer.fraction < NEAR:
            take_wrong_feedback(item, answer, base(words))
        elif answer.fraction < WHOLE - NEAR:
            texts.note(item, _("“%(text)s” is worth a part only and is not accepted") % {"text": base(words)})
        elif "*" in base(words):
            texts.note(item, _("“%(text)s” has a place for any text and is not accepted") % {"text": base(words)})
        elif words:
            accept(item.accepted, words, answer.language)
            note_feedback(item, answer)
    if not item.accepted:
        raise NotTaken(_("no answer of its own is right"))


def accept(accepted, words, language):
    """Texts of several languages stand in the file one after the other: the first of each belong together, and so on."""
    if language and set(words) == {""}:
        words = {language: words[""]}
        if accepted and "" not in accepted[-1] and language not in accepted[-1]:
            accepted[-1] |= words
            return
    accepted.append(words)


def take_wrong_feedback(item, answer, text):
    """`*` stands for any other answer: what is said then is said as long as the answer is not right."""
    if text == "*" and not item.feedback:
        item.feedback = texts.plain(answer.feedback, item)
    elif answer.feedback:
        texts.note(item, _("what is said to the wrong answer “%(text)s” was left out") % {"text": text})


def note_feedback(item, answer):
    if answer.feedback:
        texts.note(item, _("what is said to a right answer was left out: use the general feedback"))


def number(item, answers):
    """The one right number with its tolerance."""
    right = [answer for answer in answers if answer.fraction > WHOLE - NEAR and answer.text.text.strip() != "*"]
    for answer in answers:
        text = answer.text.text.strip()
        if answer.fraction < NEAR:
            take_wrong_feedback(item, answer, text)
        elif answer.fraction < WHOLE - NEAR:
            texts.note(item, _("“%(text)s” is worth a part only and is not accepted") % {"text": text})
    numbers = {(decimal_text(answer.text.text), decimal_text(answer.tolerance)) for answer in right}
    if len(numbers) != 1:
        raise NotTaken(_("several different numbers are right") if numbers else _("no number of its own is right"))
    item.answer, item.tolerance = numbers.pop()
    for answer in right:
        note_feedback(item, answer)


def decimal_text(text):
    """A number with a decimal point, as short as can be. Raises ValueError."""
    text = text.strip().replace("−", "-")
    if len(text) > 40:
        raise ValueError(text)
    try:
        value = Decimal(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not value.is_finite() or not -30 <= value.adjusted() <= 30:
        raise ValueError(text)
    written = f"{value:f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) or "0"


def middle(low, high):
    """(answer, tolerance) of a range."""
    low, high = Decimal(decimal_text(low)), Decimal(decimal_text(high))
    if high < low:
        raise ValueError(f"{low}..{high}")
    return decimal_text(str((low + high) / 2)), decimal_text(str((high - low) / 2))


def pairs_are_enough(item):
    if len(item.pairs) < 2:
        raise NotTaken(_("it has fewer than two pairs"))


def lines_are_enough(item):
    if len(item.lines) < 2:
        raise NotTaken(_("it has fewer than two lines to put in order"))


def not_too_many(count):
    if count > MOST_ANSWERS:
        message = _("it has %(count)d answers; at most %(limit)d are taken")
        raise NotTaken(message % {"count": count, "limit": MOST_ANSWERS})


def not_too_many_questions(count, line):
    if count > MOST_QUESTIONS:
        raise Fault(line, _("more than %(limit)d questions: please split the file") % {"limit": MOST_QUESTIONS})


def asked(item, source, split=True):
    """The text of a question: its situation, its prompt, and what was read, {language: Read}.

    Where the file does not mark a situation, the last paragraph asks when it can stand alone, and those before tell.
    """
    read = texts.readings(source, item)
    parts = {code: _parts(part) if split else ("", _whole(part)) for code, part in read.items()}
    item.situation = alike({code: situation for code, (situation, _prompt) in parts.items()})
    item.prompt = alike({code: prompt for code, (_situation, prompt) in parts.items()})
    return read


def _parts(read):
    told, _sign, last = read.text.rpartition("\n\n")
    if read.marked or not told or len(last) > 300 or "\n" in last or " | " in last or LISTED.match(last):
        return read.situation, read.text
    return told, last


def _whole(read):
    return "\n\n".join(part for part in (read.situation, read.text) if part)
