"""Questions as the exchange formats know them: plain values, no blocks and no database.

A text is a dict of words by language code, `{"en": "Hello", "it": "Ciao"}`; `{"": "42"}` is for every language.
Plain texts are in the form of `texts.tidy`, short ones in that of `texts.one_line`, rich ones in that of `texts.rich`.
"""

from dataclasses import dataclass, field, fields

# What a question is called here and in Moodle's XML.
MOODLE_TYPES = {
    "question": "multichoice",
    "true_false": "truefalse",
    "match": "matching",
    "order": "ordering",
    "short_answer": "shortanswer",
    "numeric": "numerical",
    "reflection": "essay",
    "text": "description",
}
KINDS = {moodle: kind for kind, moodle in MOODLE_TYPES.items()}


class Faults(ValueError):
    """A file that cannot be read: `lines` are (line, what is wrong and what to do). Nothing of it is taken."""

    def __init__(self, lines):
        self.lines = sorted(lines)
        super().__init__("\n".join(f"line {line}: {text}" for line, text in self.lines))


class Fault(Faults):
    def __init__(self, line, text):
        super().__init__([(line, text)])


class NotTaken(ValueError):
    """A question that is sound in Moodle and has no place here; the text says why."""


@dataclass(frozen=True)
class Picture:
    """`data` are the bytes of the file; `alt` says in words what it shows."""

    name: str
    data: bytes = field(repr=False)
    alt: dict = field(default_factory=dict)


@dataclass
class Choice:
    text: dict
    correct: bool = False
    feedback: dict = field(default_factory=dict)


@dataclass
class Pair:
    left: dict
    right: dict


@dataclass
class Item:
    """One question. Which fields count depends on `kind`; the others stay empty.

    situation, prompt, hint, feedback, help: plain. explanation, body: rich. name, title, texts of answers: one line.
    """

    kind: str
    name: dict = field(default_factory=dict)
    ref: str = ""  # an id given by whoever wrote the file
    situation: dict = field(default_factory=dict)
    prompt: dict = field(default_factory=dict)
    hint: dict = field(default_factory=dict)
    explanation: dict = field(default_factory=dict)
    picture: Picture | None = None
    feedback: dict = field(
        default_factory=dict
    )  # while the answer is not right yet: match, order, short_answer, numeric
    several: bool = False
    choices: list = field(default_factory=list)  # question
    correct: bool = False  # true_false, with its two feedbacks
    feedback_true: dict = field(default_factory=dict)
    feedback_false: dict = field(default_factory=dict)
    pairs: list = field(default_factory=list)  # match
    extras: list = field(default_factory=list)
    lines: list = field(default_factory=list)  # order: texts in the right order
    accepted: list = field(default_factory=list)  # short_answer
    answer: str = ""  # numeric: numbers with a decimal point
    tolerance: str = "0"
    unit: str = ""
    rows: int = 5  # reflection
    help: dict = field(default_factory=dict)
    body: dict = field(default_factory=dict)  # text
    line: int = field(default=0, compare=False)
    notes: list = field(default_factory=list, compare=False, repr=False)  # what of it was dropped or changed

    @property
    def key(self):
        """What makes it the same question when its file is read again."""
        return self.ref or base(self.name) or base(self.prompt) or base(self.body)

    def texts(self):
        """Every text of it."""
        for value in (getattr(self, f.name) for f in fields(self)):
            for text in value if isinstance(value, list) else [value]:
                yield from _texts_in(text)
        if self.picture:
            yield self.picture.alt

    def languages(self):
        return {code for text in self.texts() for code in text if code}


def _texts_in(value):
    if isinstance(value, dict):
        yield value
    elif isinstance(value, Choice):
        yield from (value.text, value.feedback)
    elif isinstance(value, Pair):
        yield from (value.left, value.right)


@dataclass
class LeftOut:
    """A question that was not taken: where it stands, its type in the file, why."""

    line: int
    type: str
    reason: str

    def __str__(self):
        return f"line {self.line}: {self.type}: {self.reason}"


@dataclass
class Reading:
    """What was read from a file."""

    items: list = field(default_factory=list)
    left_out: list = field(default_factory=list)

    def add(self, line, kind, make):
        """Take what `make()` gives, or note why it was not taken."""
        try:
            self.items.append(make())
        except NotTaken as reason:
            self.left_out.append(LeftOut(line, kind, str(reason)))


def base(words, language="en"):
    """A text for whoever reads none of its languages: that for all, else that of `language`, else the first."""
    return words.get("") or words.get(language) or next(iter(words.values()), "")


def alike(words):
    """`words` without empty texts; as one for all languages where they all say the same."""
    words = {code: text for code, text in words.items() if text}
    texts = set(words.values())
    return {"": texts.pop()} if len(words) > 1 and len(texts) == 1 else words
