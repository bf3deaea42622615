"""Items -> the blocks of a question bank, as courses/questions/from_rows.py reads them."""

from copy import deepcopy
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from courses.questions.from_rows import PLAIN, shortened
from courses.questions.items import alike, base
from courses.questions.pictures import digest
from courses.questions.texts import rich_html, tidy

LISTS = {"question": ["options"], "match": ["pairs", "extras"], "order": ["items"], "short_answer": ["accepted"]}


@dataclass
class Writer:
    """Brings items into the rows of a bank. `told` are the languages of which the file speaks.

    What the file does not say in another language stays as that row has it, and is that of `first` where it has nothing.
    """

    space: UUID
    rows: dict  # {language: blocks}; changed in place
    first: str
    told: set
    holds_all: bool = True  # False: the file's format has no pictures and no number of lines
    pictures: dict = field(default_factory=dict)  # {digest: numbers of images that are here already}
    seen: dict = field(default_factory=dict)

    def put(self, item):
        """`new`, `changed` or `same`."""
        block_id = self.id_of(item)
        before = {code: self.find(code, block_id) for code in self.rows}
        lists = self.list_ids(item, block_id, before[self.first])
        changed = False
        for code, blocks in self.rows.items():
            old, first = before[code], before[self.first]
            value = Values(self, code, old and old["value"], first and first["value"], lists).of(item)
            block = {"type": item.kind, "id": block_id, "value": value}
            if old is None:
                blocks.append(block)
            elif old != block:
                blocks[blocks.index(old)] = block
            changed = changed or old != block
        return "new" if before[self.first] is None else "changed" if changed else "same"

    def find(self, code, block_id):
        return next((deepcopy(block) for block in self.rows[code] if block["id"] == block_id), None)

    def id_of(self, item):
        """That of the block that the item names, else one made of its key; a second item of the same key gets its own."""
        known = {block["id"]: block["type"] for block in self.rows[self.first]}
        if known.get(item.ref) == item.kind and item.ref not in self.seen:
            self.seen[item.ref] = 1
            return item.ref
        key = f"{item.kind} {item.key}"
        self.seen[key] = self.seen.get(key, 0) + 1
        return str(uuid5(self.space, key if self.seen[key] == 1 else f"{key} #{self.seen[key]}"))

    def list_ids(self, item, block_id, old):
        """{name of a list: the ids of its items}: an item with the same text keeps its id, then one in the same place."""
        return {
            name: kept_ids(
                UUID(block_id), name, (old and old["value"].get(name)) or [], list_texts(item, name, self.first)
            )
            for name in LISTS.get(item.kind, ())
        }


def list_texts(item, name, first):
    of = {
        "options": lambda: [choice.text for choice in item.choices],
        "pairs": lambda: [pair.left for pair in item.pairs],
        "extras": lambda: item.extras,
        "items": lambda: item.lines,
        "accepted": lambda: item.accepted,
    }
    return [base(words, first) for words in of[name]()]


def kept_ids(space, name, old, texts):
    free = {entry["id"]: _text(entry) for entry in old}
    ids = [None] * len(texts)
    for place, text in enumerate(texts):
        ids[place] = next((i for i, known in free.items() if known == text), None)
        free.pop(ids[place], None)
    for place, entry in enumerate(old[: len(texts)]):
        if ids[place] is None and entry["id"] in free:
            ids[place] = entry["id"]
            del free[entry["id"]]
    taken = {entry["id"] for entry in old}
    for place, text in enumerate(texts):
        if ids[place] is None:
            tries = (str(uuid5(space, f"{name} {text}" + " #" * n)) for n in range(len(texts) + len(taken) + 1))
            ids[place] = next(made for made in tries if made not in taken)
        taken.add(ids[place])
    return ids


def _text(entry):
    value = entry["value"]
    return value.get("text") or value.get("left") or "" if isinstance(value, dict) else value


@dataclass
class Values:
    """The value of one block in one language. `old` is what stood there, `first` what stood in the first language."""

    writer: Writer
    language: str
    old: object
    first: object
    ids: dict

    def of(self, item):
        if item.kind == "text":
            return self.pick(item.body, self.old, self.first)
        old = self.old if isinstance(self.old, dict) else {}
        return {**old, **VALUES[item.kind](self, item)}

    def pick(self, words, old, old_first):
        """The text for this language; as it stands there where it says the same."""
        if self.language in words or ("" in words and self.language in self.writer.told):
            text = words.get(self.language) or words[""]
        else:
            translated = old if old and old != old_first else ""
            text = translated or base(words, self.writer.first)
        return old if old and text in {tidy(old), rich_html(old)} else text

    def text(self, name, words, default=""):
        words = words or self.general(default)
        return self.pick(words, (self.old or {}).get(name), (self.first or {}).get(name))

    def general(self, default):
        """General words where the file has none, since no answer may stay without a reply."""
        if not default:
            return {}
        found = {}
        for code in {*self.writer.rows, self.writer.first}:
            with translation.override(code):
                found[code] = _(default)
        return found

    def around(self, item):
        value = {name: self.text(name, getattr(item, name)) for name in PLAIN}
        if item.picture:
            value["picture"] = self.picture(digest(item.picture))
            value["picture_alt"] = self.text("picture_alt", item.picture.alt)
        elif self.writer.holds_all or self.old is None:
            value |= {"picture": None, "picture_alt": ""}
        return value

    def picture(self, sha):
        """The number of the image; `sha1:…` where there is none yet."""
        known, old = self.writer.pictures.get(sha, []), (self.old or {}).get("picture")
        return old if old in known else known[0] if known else f"sha1:{sha}"

    def entries(self, name, values):
        """A list of a value; `values(Values of the entry, place)` gives each."""
        made = []
        for place, entry_id in enumerate(self.ids[name]):
            inner = Values(
                self.writer, self.language, entry(self.old, name, entry_id), entry(self.first, name, entry_id), {}
            )
            made.append({"type": "item", "id": entry_id, "value": values(inner, place)})
        return made


def entry(value, name, entry_id):
    """What stood in a list under an id."""
    entries = value.get(name) or [] if isinstance(value, dict) else []
    return next((one["value"] for one in entries if one["id"] == entry_id), None)


RIGHT = gettext_noop("That is right.")
NOT_YET = gettext_noop("Not yet. Look at the question again.")


def question_value(values, item):
    def option(inner, place):
        choice = item.choices[place]
        said = inner.text("feedback", choice.feedback, RIGHT if choice.correct else NOT_YET)
        return {"text": inner.text("text", choice.text), "correct": choice.correct, "feedback": said}

    return {**values.around(item), "several": item.several, "options": values.entries("options", option)}


def true_false_value(values, item):
    true, false = (RIGHT, NOT_YET) if item.correct else (NOT_YET, RIGHT)
    return {
        **values.around(item),
        "correct": item.correct,
        "feedback_true": values.text("feedback_true", item.feedback_true, true),
        "feedback_false": values.text("feedback_false", item.feedback_false, false),
    }


def match_value(values, item):
    def pair(inner, place):
        return {name: inner.text(name, getattr(item.pairs[place], name)) for name in ("left", "right")}

    return {
        **values.around(item),
        "pairs": values.entries("pairs", pair),
        "extras": values.entries("extras", lambda inner, place: bare(inner, item.extras[place])),
        "feedback": values.text("feedback", item.feedback, NOT_YET),
    }


def bare(inner, words):
    return inner.pick(words, inner.old, inner.first)


def order_value(values, item):
    return {
        **values.around(item),
        "items": values.entries("items", lambda inner, place: bare(inner, item.lines[place])),
        "feedback": values.text("feedback", item.feedback, NOT_YET),
    }


def short_answer_value(values, item):
    """Each language has its own list, which may be shorter than another's."""
    made = values.entries("accepted", lambda inner, place: bare(inner, item.accepted[place]))
    own = [n for n, words in enumerate(item.accepted) if values.language in words or "" in words]
    accepted = [made[n] for n in own] or made
    return {**values.around(item), "accepted": accepted, "feedback": values.text("feedback", item.feedback, NOT_YET)}


def numeric_value(values, item):
    numbers = {"answer": item.answer, "tolerance": item.tolerance, "unit": item.unit}
    return {**values.around(item), **numbers, "feedback": values.text("feedback", item.feedback, NOT_YET)}


def reflection_value(values, item):
    """What Moodle's essay does not know, such as the page of the booklet, stays as it is."""
    old = values.old or {"booklet": "", "pulls": "", "paper_first": False, "rows": 5}
    rows = item.rows if values.writer.holds_all else old.get("rows") or 5
    words = item.name or alike({code: shortened(text) for code, text in item.prompt.items()})
    texts = {name: values.text(name, getattr(item, name)) for name in ("prompt", "help")}
    return {**old, "title": values.text("title", words), **texts, "rows": rows}


VALUES = {
    "question": question_value,
    "true_false": true_false_value,
    "match": match_value,
    "order": order_value,
    "short_answer": short_answer_value,
    "numeric": numeric_value,
    "reflection": reflection_value,
}
