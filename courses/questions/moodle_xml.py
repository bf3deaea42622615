"""Reads Moodle XML (https://docs.moodle.org/en/Moodle_XML_format).

The parser is defusedxml's, which refuses document types, entities and references to other files; a small tree of our own keeps the
line of every element. What no question of ours can hold is named and left out.
"""

import base64
import binascii
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import InputSource

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.questions import making, texts
from courses.questions.items import KINDS, Fault, Faults, Item, NotTaken, Pair, Picture, Reading, alike
from courses.questions.making import RawAnswer
from courses.questions.texts import Source

MOST_HINTS = 10
DEEPEST = 20  # elements in elements; Moodle needs six
FORMATS = {"html": "html", "plain_text": "plain", "markdown": "markdown", "moodle_auto_format": "moodle"}
NOT_HERE = {
    "cloze": gettext_lazy("questions inside a text (Cloze) have no form here: please write one question for each gap"),
    "multianswer": gettext_lazy(
        "questions inside a text (Cloze) have no form here: please write one question for each gap"
    ),
    "gapselect": gettext_lazy("gaps to fill from a list have no form here; pairs to match come near"),
    "ddwtos": gettext_lazy("words to drag into a text need a mouse; pairs to match come near"),
    "ddmatch": gettext_lazy("pairs to drag need a mouse; please make it a matching question"),
    "ddimageortext": gettext_lazy("things to drag onto a picture need a mouse and eyes"),
    "ddmarker": gettext_lazy("things to drag onto a picture need a mouse and eyes"),
    "calculated": gettext_lazy(
        "numbers that are drawn anew each time have no form here; a numerical question comes near"
    ),
    "random": gettext_lazy("it stands for any question of a category; a quiz here draws by itself"),
}
NOT_HERE |= dict.fromkeys(("calculatedsimple", "calculatedmulti"), NOT_HERE["calculated"])
NOT_HERE |= dict.fromkeys(("randomsamatch", "missingtype"), NOT_HERE["random"])
DEFAULT_WORDS = {"Your answer is correct.", "Your answer is partially correct.", "Your answer is incorrect."}


# The tree ------------------------------------------------------------------------------------------


@dataclass
class Node:
    tag: str
    line: int
    attributes: dict
    children: list = field(default_factory=list)
    chunks: list = field(default_factory=list)

    @property
    def own_text(self):
        return "".join(self.chunks)

    def all(self, *tags):
        return [child for child in self.children if child.tag in tags]

    def one(self, tag):
        return next(iter(self.all(tag)), None)

    def value(self, tag, default=""):
        """The text of a child such as <single>true</single>."""
        child = self.one(tag)
        return text_of(child).strip() if child is not None else default


class _Tree(ContentHandler):
    def __init__(self):
        self.root, self.open = None, []

    def startElement(self, name, attrs):
        line = self._locator.getLineNumber() or 0
        if len(self.open) >= DEEPEST:
            raise Fault(line, _("<%(name)s> lies too deep in other elements") % {"name": name[:40]})
        node = Node(name, line, dict(attrs))
        if self.open:
            self.open[-1].children.append(node)
        self.root = self.root or node
        self.open.append(node)

    def endElement(self, name):
        self.open.pop()

    def characters(self, content):
        if self.open:
            self.open[-1].chunks.append(content)


def parse(data):
    """The root Node. Raises Fault with the line."""
    tree, parser, source = _Tree(), create_parser(forbid_dtd=True), InputSource()
    parser.setContentHandler(tree)
    source.setByteStream(BytesIO(data))
    try:
        parser.parse(source)
    except SAXParseException as error:
        message = _("this is not sound XML (%(reason)s)") % {"reason": error.getMessage()}
        raise Fault(error.getLineNumber() or 1, message) from None
    except DefusedXmlException:
        message = _("document types and entities (<!DOCTYPE, <!ENTITY) are not taken: please remove them")
        raise Fault(parser.getLineNumber() or 1, message) from None
    except (LookupError, ValueError) as error:
        if isinstance(error, Faults):
            raise
        raise Fault(1, _("the encoding that the first line names is not known here: save it as UTF-8")) from None
    return tree.root


def text_of(node):
    """The text of an element, which Moodle puts into a <text> of its own."""
    inner = node.one("text")
    inner = node if inner is None else inner
    if inner.children and inner is not node:
        child = inner.children[0]
        raise Fault(
            child.line,
            _("<%(name)s> inside <text>: HTML must be escaped or stand in <![CDATA[ … ]]>") % {"name": child.tag[:40]},
        )
    return inner.own_text


def source_of(node):
    if node is None:
        return Source()
    return Source(text_of(node), FORMATS.get(node.attributes.get("format", ""), "moodle"))


# Questions -----------------------------------------------------------------------------------------


def read_xml(data):
    """A Reading of the bytes of a file. Raises Faults with all lines at which it is broken."""
    root = parse(data)
    if root.tag != "quiz":
        raise Fault(
            root.line, _("the file begins with <%(name)s>; Moodle's begin with <quiz>") % {"name": root.tag[:40]}
        )
    reading, faults, count = Reading(), [], 0
    for node in root.children:
        count += node.attributes.get("type") != "category"
        making.not_too_many_questions(count, node.line)
        try:
            read_question(node, reading)
        except Faults as fault:
            faults += fault.lines
    if faults:
        raise Faults(faults)
    return reading


def read_question(node, reading):
    kind = node.attributes.get("type", "")
    if node.tag != "question" or not kind:
        raise Fault(node.line, _("<%(name)s> where <question type=…> is expected") % {"name": node.tag[:40]})
    if kind == "category":
        return
    reading.add(node.line, kind[:40], lambda: Asking(node, kind).item())


class Asking:
    """One <question> on its way to an Item."""

    def __init__(self, node, kind):
        self.node, self.kind = node, "matching" if kind == "match" else kind
        self.used = set()  # names of the files that found a place

    def item(self):
        if self.kind not in KINDS:
            raise NotTaken(NOT_HERE.get(self.kind) or _("this type of question is not known here"))
        node = self.node
        if node.one("questiontext") is None:
            raise Fault(node.line, _("a question without <questiontext>"))
        item = Item(KINDS[self.kind], line=node.line, ref=texts.one_line(node.value("idnumber"))[:100])
        item.name = texts.raw_line(node.value("name"))
        getattr(self, self.kind)(item)
        self.note_the_rest(item)
        return item

    def ask(self, item):
        read = making.asked(item, source_of(self.node.one("questiontext")), split=self.kind != "essay")
        item.picture = self.picture(item, read)
        item.explanation = texts.rich(source_of(self.node.one("generalfeedback")), item)
        hints = [texts.plain(source_of(hint), item) for hint in self.node.all("hint")[:MOST_HINTS]]
        codes = {code for hint in hints for code in hint}
        item.hint = alike(
            {code: "\n\n".join(hint.get(code) or hint.get("", "") for hint in hints).strip() for code in codes}
        )
        making.need(item.prompt, _("it asks nothing: its text is empty"))

    # The types -----------------------------------------------------------------------------------

    def description(self, item):
        item.body = making.need(texts.rich(source_of(self.node.one("questiontext")), item), _("it is empty"))

    def essay(self, item):
        self.ask(item)
        item.help, item.explanation = texts.plain(source_of(self.node.one("generalfeedback")), item), {}
        rows = self.node.value("responsefieldlines")
        item.rows = min(max(int(rows), 3), 12) if rows.isascii() and rows.isdigit() and len(rows) < 5 else 5

    def truefalse(self, item):
        self.ask(item)
        said = {answer.text.text.strip().lower(): answer for answer in self.answers()}
        if set(said) != {"true", "false"}:
            raise Fault(self.node.line, _("a truefalse question needs the two answers “true” and “false”"))
        item.correct = said["true"].fraction > said["false"].fraction
        item.feedback_true = texts.plain(said["true"].feedback, item)
        item.feedback_false = texts.plain(said["false"].feedback, item)

    def multichoice(self, item):
        self.ask(item)
        making.choices(item, self.answers(), self.node.value("single", "true") not in {"false", "0"})

    def shortanswer(self, item):
        self.ask(item)
        making.short_answers(item, self.answers())
        if self.node.value("usecase") == "1":
            texts.note(item, _("capital letters count in Moodle; here they make no difference"))

    def numerical(self, item):
        self.ask(item)
        answers = self.answers()
        for answer in answers:
            self.check_number(answer)
        making.number(item, answers)
        self.units(item)

    def check_number(self, answer):
        try:
            making.decimal_text(answer.tolerance or "0")
            if answer.text.text.strip() != "*":
                making.decimal_text(answer.text.text)
        except ValueError:
            shown = texts.one_line(answer.text.text)[:60]
            raise Fault(answer.line, _("“%(text)s” is not a number") % {"text": shown}) from None
        answer.tolerance = answer.tolerance or "0"

    def units(self, item):
        units = self.node.one("units")
        units = units.all("unit") if units is not None else []
        for number, unit in enumerate(units):
            name = texts.one_line(unit.value("unit_name"))
            if not number and float_of(unit, "multiplier", 1.0) == 1.0 and len(name) <= 20:
                item.unit = name
            else:
                texts.note(item, _("the unit “%(name)s” was left out") % {"name": name[:40]})

    def matching(self, item):
        self.ask(item)
        parts = self.node.all("subquestion")
        making.not_too_many(len(parts))
        for part in parts:
            answer = part.one("answer")
            if answer is None:
                raise Fault(part.line, _("a <subquestion> without <answer>"))
            right = making.need(texts.raw_line(text_of(answer)), _("an answer is empty or only a picture"))
            left = texts.line(source_of(part), item)
            item.pairs += [Pair(left, right)] if left else []
            item.extras += [] if left else [right]
        making.pairs_are_enough(item)

    def ordering(self, item):
        self.ask(item)
        answers = self.node.all("answer")
        making.not_too_many(len(answers))
        what = _("an answer is empty or only a picture")
        item.lines = [making.need(texts.line(source_of(answer), item), what) for answer in answers]
        making.lines_are_enough(item)

    # Their parts ---------------------------------------------------------------------------------

    def answers(self):
        return [
            RawAnswer(
                source_of(answer),
                float_of(answer, None, 0.0) / 100,
                source_of(answer.one("feedback")),
                answer.attributes.get("lang", ""),
                answer.value("tolerance", "0").strip(),
                answer.line,
            )
            for answer in self.node.all("answer")
        ]

    def picture(self, item, read):
        """The first picture of the question that is in the file, its words in all languages."""
        wanted = [(address, alt) for part in read.values() for address, alt in part.pictures]
        files = {file.attributes.get("name"): file for file in self.files("questiontext")}
        for address, _alt in wanted:
            name = unquote(address.rpartition("/")[2])
            file = files.get(name)
            if address.startswith("@@PLUGINFILE@@") and file is not None:
                self.used.add(name)
                alts = {code: alt for code, part in read.items() for src, alt in part.pictures if src == address}
                return Picture(name[:100], decoded(file), alike(alts))
        if wanted:
            texts.note(item, _("a picture that is not in the file was left out"))
        return None

    def files(self, tag):
        return [file for part in self.node.all(tag) for file in part.all("file")]

    def note_the_rest(self, item):
        """What Moodle keeps beside a question and this hub does not."""
        feedback = [self.node.one(f"{name}feedback") for name in ("incorrect", "partiallycorrect", "correct")]
        said = [source for source in map(source_of, feedback) if source and not is_default(source)]
        if said and item.kind in {"match", "order"}:
            item.feedback = texts.plain(said.pop(0), item)
        if said:
            texts.note(item, _("the general words for right, partly right or wrong answers were left out"))
        if any(source_of(self.node.one(name)) for name in ("graderinfo", "responsetemplate")):
            texts.note(item, _("notes for graders and the template of the answer were left out"))
        names = [file.attributes.get("name", "") for file in files_in(self.node)]
        for name in sorted({name for name in names if name not in self.used}):
            texts.note(item, _("the file “%(name)s” was left out") % {"name": texts.one_line(name)[:60]})


def is_default(source):
    return {part.text for part in texts.readings(source).values()} <= DEFAULT_WORDS


def files_in(node):
    for child in node.children:
        if child.tag == "file":
            yield child
        else:
            yield from files_in(child)


def float_of(node, tag, default):
    """A number of a child, or the fraction of an answer."""
    text = node.value(tag, "") if tag else node.attributes.get("fraction", "")
    if not text.strip():
        return default
    try:
        value = float(text)
    except ValueError:
        value = 999.0
    if not -100 <= value <= 100:
        raise Fault(node.line, _("“%(text)s” is not a number from −100 to 100") % {"text": text[:40]})
    return value


def decoded(file):
    try:
        return base64.b64decode("".join(file.own_text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Fault(file.line, _("the content of this file is not sound base64")) from None
