"""Reads GIFT, Moodle's format of plain text (https://docs.moodle.org/en/GIFT_format).

Escaped characters become characters that no text may hold; after that every step is one search for a plain character,
so that the time grows with the length of the file and no more.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from courses.questions import making, texts
from courses.questions.items import Fault, Faults, Item, Pair, Reading
from courses.questions.making import RawAnswer
from courses.questions.texts import Source

HIDDEN = {char: chr(0xFDD0 + i) for i, char in enumerate("\\~=#{}:n")}
SHOWN = str.maketrans({hidden: "\n" if char == "n" else char for char, hidden in HIDDEN.items()})
ESCAPED = re.compile(r"\\([\\~=#{}:n])")
MLANG = re.compile(r"\{(\s*mlang\b[^{}\n]*)\}", re.I)
META = re.compile(r"\[(id|hint|feedback|unit|languages|tag):((?:[^\[\]\\]|\\.)*)\]")
FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{0,10})?)%")
ORDERING = re.compile(r">[ \t]*\d*(?:[ \t]+[\w-]+)*[ \t]*\n")
TRUE, FALSE = {"T", "TRUE"}, {"F", "FALSE"}
GOES_ON = ("=", "~", "#", "}")


def hide(text):
    return ESCAPED.sub(lambda match: HIDDEN[match[1]], text) if "\\" in text else text


def hide_tags(text):
    """Language tags are often written without escaping their braces."""
    return MLANG.sub(rf"{HIDDEN['{']}\1{HIDDEN['}']}", text) if "mlang" in text.lower() else text


def show(text):
    return text.translate(SHOWN)


@dataclass
class Chunk:
    """The lines of one question, escaped characters hidden, and what the comments above and in it tell."""

    line: int
    rows: list = field(default_factory=list)
    meta: dict = field(default_factory=dict)
    open: bool = False  # the last brace so far is a {

    def add(self, row):
        self.rows.append(row)
        opened, closed = row.rfind("{"), row.rfind("}")
        if opened != closed:
            self.open = opened > closed

    @property
    def text(self):
        return "\n".join(self.rows)


def read_gift(text):
    """A Reading. Raises Faults with all lines at which the file is broken."""
    reading, faults = Reading(), []
    text = text.translate(texts.NO_CHARACTERS).replace("\r\n", "\n").replace("\r", "\n")
    for number, chunk in enumerate(chunks(text), 1):
        making.not_too_many_questions(number, chunk.line)
        try:
            read_chunk(chunk, reading)
        except Faults as fault:
            faults += fault.lines
    if faults:
        raise Faults(faults)
    return reading


def chunks(text):
    """An empty line ends a question, as in Moodle; not so inside braces where an answer follows."""
    chunk, meta, waits = None, {}, False
    for number, row in enumerate(text.split("\n"), 1):
        row = row.strip()
        if row.startswith("//"):
            (chunk.meta if chunk and not waits else meta).update(metadata(row))
            row = ""
        elif not row:
            waits = True
        elif row.startswith("$CATEGORY:") and (waits or not chunk):
            continue  # everything comes into one bank
        else:
            if chunk and waits and not (chunk.open and row.startswith(GOES_ON)):
                yield chunk
                chunk = None
            if chunk is None:
                chunk, meta = Chunk(number, meta=meta), {}
            waits = False
        if chunk:
            chunk.add(hide_tags(hide(row)))
    if chunk:
        yield chunk


def metadata(comment):
    """What this hub and Moodle write into comments: `// [id:…] [hint:…]`."""
    return {name: re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), text) for name, text in META.findall(comment)}


# One question -----------------------------------------------------------------------------------------


def read_chunk(chunk, reading):
    text = chunk.text
    place = Place(chunk)
    name, start = read_name(text, place)
    opened, closed = braces(text, start, place)
    if opened < 0:
        reading.add(chunk.line, "description", lambda: description(chunk, name, text[start:]))
        return
    question = text[start:opened].rstrip() + ("" if not text[closed + 1 :].strip() else " _____ ")
    question = (question + text[closed + 1 :].strip()).strip()
    answers, _mark, general = text[opened + 1 : closed].rpartition("####")
    if not _mark:
        answers, general = general, ""
    place.at = opened + 1
    asking = Asking(chunk, name, question, answers, general, place)
    reading.add(chunk.line, asking.type, asking.item)


@dataclass
class Place:
    """Where in the file a position of a question's text lies."""

    chunk: Chunk
    at: int = 0

    def line(self, position=0):
        return self.chunk.line + self.chunk.text.count("\n", 0, self.at + position)

    def fault(self, position, text):
        return Fault(self.line(position), text)


def read_name(text, place):
    if not text.startswith("::"):
        return "", 0
    end = text.find("::", 2)
    if end < 0:
        raise place.fault(0, _("the title is opened with :: and never closed"))
    return show(text[2:end]), end + 2


def braces(text, start, place):
    """The positions of { and }; (-1, -1) where there are none."""
    opened, closed = text.find("{", start), text.find("}", start)
    if opened < 0 and closed < 0:
        return -1, -1
    if opened < 0 or 0 <= closed < opened:
        raise place.fault(closed, _("a } without a { before it: write \\} for the sign itself"))
    if closed < 0:
        raise place.fault(opened, _("a { that is never closed: write } after the answers, or \\{ for the sign itself"))
    another = text.find("{", opened + 1)
    if 0 <= another < closed:
        raise place.fault(another, _("a { inside the answers: write \\{ for the sign itself"))
    for sign in "{}":
        if (found := text.find(sign, closed + 1)) >= 0:
            message = _("a second %(sign)s: leave an empty line between two questions, or write \\%(sign)s")
            raise place.fault(found, message % {"sign": sign})
    return opened, closed


def source_of(text, default="moodle"):
    text = text.strip()
    if match := FORMAT.match(text):
        return Source(show(text[match.end() :]).strip(), match[1])
    return Source(show(text).strip(), default)


def description(chunk, name, text):
    item = Item("text", line=chunk.line, ref=chunk.meta.get("id", ""), name=texts.raw_line(name))
    item.body = making.need(texts.rich(source_of(text), item), _("it is empty"))
    return item


@dataclass
class Asking:
    """A question with braces, cut into its parts."""

    chunk: Chunk
    name: str
    question: str
    answers: str
    general: str
    place: Place

    @property
    def type(self):
        answers = self.answers.strip()
        if not answers:
            return "essay"
        if answers[0] == "#":
            return "numerical"
        if answers[0] == ">" and ORDERING.match(answers + "\n"):
            return "ordering"
        if "~" in answers:
            return "multichoice"
        if "->" in answers and answers[0] == "=" and not WEIGHT.match(answers[1:]):  # short answers may hold arrows too
            return "matching"
        return "truefalse" if answers.partition("#")[0].strip().upper() in TRUE | FALSE else "shortanswer"

    def item(self):
        meta, asked = self.chunk.meta, source_of(self.question)
        self.default = asked.format
        item = Item("", line=self.chunk.line, ref=meta.get("id", ""), name=texts.raw_line(self.name))
        read = making.asked(item, asked, split=self.type != "essay")
        if any(part.pictures for part in read.values()):
            texts.note(item, _("a picture was left out: GIFT holds no pictures, Moodle XML does"))
        item.explanation = texts.rich(source_of(self.general, self.default), item)
        item.hint = texts.raw_line(meta.get("hint", ""), texts.tidy)
        item.feedback = texts.raw_line(meta.get("feedback", ""), texts.tidy)
        item.unit = texts.one_line(meta.get("unit", ""))
        making.need(item.prompt, _("it asks nothing: there is no text before the {"))
        getattr(self, self.type)(item)
        return item

    def parts(self, sign):
        """(line, text) of what begins with `sign`; the text before the first one counts when it is not empty."""
        making.not_too_many(self.answers.count(sign))
        cuts = [-1, *(match.start() for match in re.finditer(re.escape(sign), self.answers)), len(self.answers)]
        for before, after in pairwise(cuts):
            text = self.answers[before + 1 : after]
            if text.strip() or before >= 0:
                yield self.place.line(before + 1 + len(text) - len(text.lstrip())), text.strip()

    def answer(self, line, text, fraction):
        """An answer with its weight and what is said to it."""
        if match := WEIGHT.match(text):
            fraction, text = float(match[1]) / 100, text[match.end() :]
        elif text.startswith("%") and "%" in text[1:]:
            raise Fault(line, _("a weight stands between two percent signs, such as %50%"))
        text, _sign, feedback = text.partition("#")
        return RawAnswer(source_of(text, self.default), fraction, source_of(feedback, self.default), line=line)

    # The types, each filling an item ------------------------------------------------------------------

    def essay(self, item):
        item.kind = "reflection"
        item.help, item.explanation = texts.plain(source_of(self.general, self.default), item), {}

    def truefalse(self, item):
        verdict, *said = [part.strip() for part in self.answers.split("#", 2)]
        wrong, right = (texts.plain(source_of(text, self.default), item) for text in [*said, "", ""][:2])
        item.kind, item.correct = "true_false", verdict.upper() in TRUE
        item.feedback_true, item.feedback_false = (right, wrong) if item.correct else (wrong, right)

    def multichoice(self, item):
        item.kind = "question"
        single = "=" in self.answers
        self.answers = self.answers.replace("~", "\0~").replace("=", "\0=")
        answers = []
        for line, text in self.parts("\0"):
            sign, text = (text[0], text[1:].strip()) if text[:1] in {"~", "="} else ("~", text)
            answers.append(self.answer(line, text, 1.0 if sign == "=" else 0.0))
        making.choices(item, answers, single)

    def shortanswer(self, item):
        item.kind = "short_answer"
        answers = [self.answer(line, text, 1.0) for line, text in self.parts("=")]
        for answer, language in zip(answers, self.chunk.meta.get("languages", "").split(), strict=False):
            answer.language = language if language.isalpha() else ""
        making.short_answers(item, answers)

    def matching(self, item):
        item.kind = "match"
        for line, text in self.parts("="):
            left, arrow, right = text.partition("->")
            if not arrow:
                raise Fault(line, _("a pair needs -> between its two sides"))
            right = making.need(texts.raw_line(show(right)), _("an answer is empty or only a picture"))
            left = texts.line(source_of(left, self.default), item)
            item.pairs += [Pair(left, right)] if left else []
            item.extras += [] if left else [right]
        making.pairs_are_enough(item)

    def ordering(self, item):
        item.kind = "order"
        rows = self.answers.strip().split("\n")[1:]
        making.not_too_many(len(rows))
        item.lines = [words for row in rows if (words := texts.line(source_of(row, self.default), item))]
        making.lines_are_enough(item)

    def numerical(self, item):
        item.kind = "numeric"
        lead = self.answers.index("#") + 1
        self.place.at, self.answers = self.place.at + lead, self.answers[lead:]
        right, _sign, wrong = self.answers.partition("~")
        self.answers = right
        answers = [self.numbered(self.answer(line, text, 1.0)) for line, text in self.parts("=")]
        making.number(item, [answer for answer in answers if answer])
        if _sign:
            said = texts.plain(source_of(wrong.partition("#")[2], self.default), item)
            item.feedback = item.feedback or said

    def numbered(self, answer):
        """The number and the tolerance of `5:0.1` or of `4.9..5.1`."""
        text = answer.text.text
        try:
            if ".." in text:
                value, answer.tolerance = making.middle(*text.split("..", 1))
            else:
                value, _sign, tolerance = text.partition(":")
                value = value.strip() if value.strip() == "*" else making.decimal_text(value)
                answer.tolerance = making.decimal_text(tolerance or "0")
        except ValueError:
            message = _("“%(text)s” is not a number, such as 5, 5:0.1 or 4.9..5.1")
            raise Fault(answer.line, message % {"text": texts.one_line(text)[:60]}) from None
        answer.text = Source(value, "plain")
        return answer
