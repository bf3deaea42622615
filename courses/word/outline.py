"""What a document comes to: a kit of modules of lessons of blocks, still without a row in the database."""

import math
from collections import Counter
from dataclasses import dataclass, field

WORDS_A_MINUTE = 120  # read with care, often not in a first language


@dataclass
class Piece:
    """A block. `kind` is text, key_idea, table or image; `value` what reading.py knows of it."""

    kind: str
    value: object
    words: int = 0


@dataclass
class Lesson:
    title: str
    aim: str = ""
    pieces: list = field(default_factory=list)
    notes: list = field(default_factory=list)  # markup of the footnotes, in order

    @property
    def words(self):
        return sum(piece.words for piece in self.pieces)

    @property
    def minutes(self):
        return min(max(math.ceil(self.words / WORDS_A_MINUTE), 1), 240)

    def count(self, kind):
        return sum(piece.kind == kind for piece in self.pieces)

    @property
    def tables(self):
        return self.count("table")

    @property
    def pictures(self):
        return self.count("image")


@dataclass
class Module:
    title: str
    aim: str = ""
    lessons: list = field(default_factory=list)


@dataclass
class Outline:
    """`pictures`: digest -> bytes of each picture that is taken; `left_out`: (kind, example) -> how often; see words.py."""

    title: str = ""
    aim: str = ""
    lead: list = field(default_factory=list)  # Pieces of text before the first heading
    modules: list = field(default_factory=list)
    pictures: dict = field(default_factory=dict)
    left_out: Counter = field(default_factory=Counter)
    headings: Counter = field(default_factory=Counter)

    @property
    def lessons(self):
        return [lesson for module in self.modules for lesson in module.lessons]

    @property
    def words(self):
        return sum(lesson.words for lesson in self.lessons) + sum(piece.words for piece in self.lead)

    @property
    def hours(self):
        return min(max(round(sum(lesson.minutes for lesson in self.lessons) / 60), 1), 500)

    def missing(self):
        """What has to be written before the pages can be published: {kind: how often}."""
        images = [p.value for lesson in self.lessons for p in lesson.pieces if p.kind == "image"]
        tables = [p.value for lesson in self.lessons for p in lesson.pieces if p.kind == "table"]
        return Counter(
            aim=sum(not item.aim for item in [self, *self.modules, *self.lessons]),
            alt=sum(not image["alt"] for image in images),
            caption=sum(not table["caption"] for table in tables),
            column=sum(not all(table["header"]) for table in tables),
        )
