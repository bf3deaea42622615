"""The blocks of a question bank -> items: one row of blocks per language, with the same ids in each.

A row is what a StreamField keeps: [{"type", "id", "value"}], a list in a value [{"type": "item", "id", "value"}].
"""

import re
from dataclasses import dataclass

from wagtail.images import get_image_model

from courses.questions.items import Choice, Item, Pair, Picture, alike
from courses.questions.making import decimal_text
from courses.questions.texts import one_line, rich_html, tidy

MARKUP = re.compile(r"<[a-z/][^<>]*>")
PLAIN = {"situation": tidy, "prompt": tidy, "hint": tidy, "explanation": rich_html}


def items_of(rows, first):
    """Items of the blocks of `rows`, {language: blocks}, in the order of the language `first`."""
    found = {code: {block["id"]: block for block in blocks} for code, blocks in rows.items()}
    items = []
    for block in rows[first]:
        same = {code: blocks[block["id"]]["value"] for code, blocks in found.items() if block["id"] in blocks}
        items.append(item_of(block, {code: same[code] for code in sorted(same)}, first))
    return items


def item_of(block, values, first):
    read = Reader(values, first)
    item = Item(block["type"], ref=block["id"])
    if item.kind == "text":
        item.body = read.words(lambda value: value, rich_html)
    elif item.kind == "reflection":
        item.name, item.prompt, item.help = read.text("title", one_line), read.text("prompt"), read.text("help")
        item.rows = values[first].get("rows") or 5
    else:
        for name, form in PLAIN.items():
            setattr(item, name, read.text(name, form))
        READERS[item.kind](item, read)
        item.picture = picture_of(values[first].get("picture"), read.text("picture_alt", one_line))
    item.name = item.name or alike({code: shortened(text) for code, text in (item.prompt or item.body).items()})
    return item


def shortened(text):
    """The beginning of a text as the name that Moodle wants."""
    words = in_words(text)
    return words if len(words) <= 60 else words[:60].rpartition(" ")[0] or words[:60]


def in_words(text):
    """A plain or rich text as one line."""
    return one_line(MARKUP.sub(" ", text))


@dataclass
class Reader:
    """The values of one block in all languages."""

    values: dict
    first: str

    def words(self, get, form=tidy):
        found = {code: form(get(value) or "") for code, value in self.values.items()}
        return alike({"": found[self.first]} if len(found) == 1 else found)

    def text(self, name, form=tidy):
        return self.words(lambda value: value.get(name), form)

    def count(self, name):
        return len(self.values[self.first].get(name) or [])

    def places(self, name):
        """For each place of a list a Reader of its items."""
        for place in range(self.count(name)):
            lists = {code: value.get(name) or [] for code, value in self.values.items()}
            yield Reader(
                {code: items[place]["value"] for code, items in lists.items() if place < len(items)}, self.first
            )

    def bare(self, form=one_line):
        return self.words(lambda value: value, form)


def read_question(item, read):
    item.several = bool(read.values[read.first].get("several"))
    for option in read.places("options"):
        right = bool(option.values[read.first].get("correct"))
        item.choices.append(Choice(option.text("text", one_line), right, option.text("feedback")))


def read_true_false(item, read):
    item.correct = bool(read.values[read.first].get("correct"))
    item.feedback_true, item.feedback_false = read.text("feedback_true"), read.text("feedback_false")


def read_match(item, read):
    item.pairs = [Pair(pair.text("left", one_line), pair.text("right", one_line)) for pair in read.places("pairs")]
    item.extras = [extra.bare() for extra in read.places("extras")]
    item.feedback = read.text("feedback")


def read_order(item, read):
    item.lines, item.feedback = [line.bare() for line in read.places("items")], read.text("feedback")


def read_short_answer(item, read):
    lists = {
        code: [one_line(one["value"]) for one in value.get("accepted") or []] for code, value in read.values.items()
    }
    if len(lists) == 1:
        lists = {"": lists[read.first]}
    longest = max(map(len, lists.values()), default=0)
    item.accepted = [
        alike({code: texts[place] for code, texts in lists.items() if place < len(texts)}) for place in range(longest)
    ]
    item.feedback = read.text("feedback")


def read_numeric(item, read):
    value = read.values[read.first]
    item.answer, item.tolerance = (_number(value.get(name) or "0") for name in ("answer", "tolerance"))
    item.unit, item.feedback = one_line(value.get("unit") or ""), read.text("feedback")


def _number(text):
    try:
        return decimal_text(text)
    except ValueError:
        return "0"


READERS = {
    "question": read_question,
    "true_false": read_true_false,
    "match": read_match,
    "order": read_order,
    "short_answer": read_short_answer,
    "numeric": read_numeric,
}


def picture_of(number, alt):
    """The picture of a block with its bytes; None where there is none any more."""
    image = get_image_model().objects.filter(pk=number).first() if number else None
    if image is None:
        return None
    try:
        with image.open_file() as file:
            return Picture(image.filename[:100], file.read(), alt)
    except OSError:
        return None
