"""What the English texts are held to, beyond being readable: length, parts, words, sentences, links. `content/style.yaml` has the limits.

Nothing here stops a page from being loaded: an editor may decide otherwise; `make lint` asks.
"""

import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from courses.translation.checks import fault
from courses.translation.documents import TextError
from courses.translation.flat import walk
from courses.translation.schema import QUESTIONS
from hub.lib.prose import plain, reading_level, sentences, words

READING = frozenset({"text", "key_idea", "example", "steps", "accordion"})  # what is read, not done or looked up
ACTIVITIES = {"reflection", "checklist", "session"}
ADDRESS = re.compile(r"https?://[^\s()<>\"']+")
LEAST_WORDS = 8  # of a sentence that must not stand twice
ALIKE = 0.8  # share of four-word pieces in common


def read_rules(root):
    return yaml.safe_load((Path(root) / "content" / "style.yaml").read_text(encoding="utf-8"))


def style_faults(root, texts):
    """TextErrors of every page of `texts` (tree.Texts), in reading order."""
    rules = read_rules(root)
    for document in texts.documents.values():
        audience = audience_of(document, texts)
        yield from avoided(document, rules["avoid"], audience)
        if document.type == "lesson":
            yield from parts_of_lesson(document)
            yield from lesson_measures(document, rules, audience)
        elif document.type == "module":
            yield from parts_of_module(document, texts)
    yield from repeated(texts, rules["repeated"])
    yield from unknown_links(root, texts)


def audience_of(document, texts):
    """learner or trainer: whose words a page must use."""
    unit = texts.unit(document)
    return "learner" if unit == "site" else texts.documents[unit].flat["audience"]


# One page ----------------------------------------------------------------------------------------


def block_texts(document, names):
    """(address, text) of everything to read in the blocks of these names."""
    for name, block_id in document.flat.get("#", ()):
        if name in names:
            for field, address in walk({**document.flat, "#": [(name, block_id)]}, document.kind):
                value = document.flat.get(address)
                if field.is_text and field.translated and value and address.startswith(f"{block_id}."):
                    yield address, value


def reading_text(document):
    return "\n\n".join(value for _address, value in block_texts(document, READING))


def lesson_measures(document, rules, audience):
    text = reading_text(document)
    count, least, most = len(words(text)), rules["words"]["least"], rules["words"]["most"]
    has_sheets = any(name == "session" for name, _id in document.flat["#"])
    if count < least or (count > most and not has_sheets):
        yield fault(document, "", f"{count} words to read: a lesson has {least} to {most}")
    level, limit = round(reading_level(text)), rules["reading_level"][audience]
    if level > limit:
        yield fault(document, "", f"reading level {level}: shorter sentences and words, down to {limit}")


def parts_of_lesson(document):
    names = [name for name, _id in document.flat["#"]]
    if not names or names[0] != "text":
        yield fault(document, "", "a lesson opens with a situation: begin with a text block")
    if "key_idea" not in names[-1:]:
        yield fault(document, "", "a lesson ends with what to keep: put a key-idea last")
    for wanted, what in [
        (ACTIVITIES, "an activity (reflection, checklist or session)"),
        (set(QUESTIONS), "a question"),
    ]:
        if not wanted & set(names):
            yield fault(document, "", f"a lesson needs {what}: add one")


def parts_of_module(document, texts):
    inside = [d for d in texts.documents.values() if d.type == "lesson" and d.parent == document.id]
    names = [name for lesson in inside for name, _id in lesson.flat["#"]]
    for wanted, least, what in [
        (set(QUESTIONS), 3, "three questions"),
        ({"example"}, 1, "an example"),
        ({"diagram", "image"}, 1, "a picture"),
    ]:
        if sum(name in wanted for name in names) < least:
            yield fault(document, "", f"a module needs {what} in its lessons: add what is missing")


def avoided(document, rules, audience):
    """Words that are not written, wherever they stand on the page."""
    rules = [(pattern(rule["word"]), rule) for rule in rules if rule["where"] in ("all", audience)]
    for address, value in every_text(document):
        text = plain(value)
        for wanted, rule in rules:
            if found := wanted.search(text):
                yield fault(document, address, f"“{found.group()}” is not written here: {rule['instead']}")


def pattern(word):
    """A word as it stands in a text; with * at its end also every longer one."""
    ending = r"\w*" if word.endswith("*") else r"(?!\w)"
    return re.compile(rf"(?<![\w-]){re.escape(word.rstrip('*'))}{ending}", re.IGNORECASE)


def every_text(document):
    for field, address in walk(document.flat, document.kind):
        value = document.flat.get(address)
        if field.is_text and value:
            yield address, value


# All pages ---------------------------------------------------------------------------------------


def repeated(texts, allowed):
    """Sentences of lessons that say in nearly the same words what another one says."""
    said = Said(allowed)
    for document in texts.documents.values():
        if document.type != "lesson":
            continue
        for address, value in block_texts(document, READING - {"example"}):
            for sentence in sentences(value):
                if twin := said.add(sentence, document):
                    yield fault(document, address, f"“{sentence}” stands in {twin.path} too: say it once, link there")


class Said:
    """What was said before, sentence by sentence, each with its place. `allowed` may stand anywhere."""

    def __init__(self, allowed=()):
        self.allowed = {key(sentence) for sentence in allowed}
        self.seen, self.places, self.pieces = [], [], defaultdict(set)

    def add(self, sentence, place):
        """The place of a sentence seen before that says nearly the same, or None."""
        found = key(sentence)
        if len(found) < LEAST_WORDS or found in self.allowed:
            return None
        twin = self.nearest(found)
        for piece in cut(found):
            self.pieces[piece].add(len(self.seen))
        self.seen.append(found)
        self.places.append(place)
        return twin

    def nearest(self, found):
        """The place of what shares most of its four-word pieces with `found`, or None."""
        mine, shared = cut(found), defaultdict(int)
        for piece in mine:
            for other in self.pieces.get(piece, ()):
                shared[other] += 1
        for other, count in shared.items():
            if count / len(mine | cut(self.seen[other])) >= ALIKE:
                return self.places[other]
        return None


def key(sentence):
    return tuple(word.lower() for word in words(sentence))


def cut(found):
    return {found[start : start + 4] for start in range(len(found) - 3)}


def unknown_links(root, texts):
    """Every outside address belongs to a host in content/links.yaml, which says what it is and since when it is listed."""
    path = Path(root) / "content" / "links.yaml"
    listed = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    hosts = [entry["host"] for entry in listed]
    for before, after in pairwise(hosts):
        if after <= before:
            yield TextError("content/links.yaml", 1, f"{after} stands after {before}: sort by host, each once")
    for entry in listed:
        if not entry.get("listed_on") or not entry.get("what"):
            yield TextError("content/links.yaml", 1, f"{entry['host']}: say what it is and listed_on")
    for document in [*texts.documents.values(), *texts.data.values()]:
        for address, value in document.flat.items():
            for url in ADDRESS.findall(value) if isinstance(value, str) else ():
                if (host := urlsplit(url).hostname) not in hosts:
                    yield fault(
                        document, address, f"{host} is not in content/links.yaml: add it when it may be trusted"
                    )


__all__ = ["reading_text", "style_faults"]
