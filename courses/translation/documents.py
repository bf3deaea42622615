"""A text file read into a Document, with the line of everything in it."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from courses.translation.ids import is_id
from courses.translation.markdown import MarkdownError, canonical
from courses.translation.schema import BLOCKS, DATA, PAGES
from hub.lib.text import clean_text


class TextError(Exception):
    """One fault in one file: where it is, what is wrong and what to do."""

    def __init__(self, path, line, message):
        super().__init__(f"{path}:{line}: {message}")
        self.path, self.line, self.message = path, line, message


@dataclass
class Document:
    """A page, or a data file, as its file says it. `flat` maps an address to a value (see the package), `lines` an address to a line.

    `chunks` is the file cut at its blocks: [(block id or "" for the front matter, raw text)].
    """

    path: str
    id: str
    type: str
    flat: dict
    lines: dict = field(default_factory=dict)
    chunks: list = field(default_factory=list)
    parent: str = ""

    @property
    def kind(self):
        return PAGES.get(self.type) or DATA[self.type]


FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(text):
    """The YAML node of a text, read by libyaml where there is one: five times as fast. The words of a fault are PyYAML's."""
    try:
        return yaml.compose(text, Loader=FAST)
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)


OPEN = re.compile(r"::: ([a-z-]+)(?: (\S+))?$")
LOOSE_OPEN = re.compile(r":::\s*\S")
NO_ID = "has no id: write one, or run load_kits --write-ids"
NOT_AN_ID = "an id is 2 to 40 of a-z 0-9 -, starting with a letter"


def parse_document(text, path):
    """The Document of one file. Raises TextError."""
    return DocumentReader(text, path).read()


class DocumentReader:
    """Reads one file. `missing` collects, when asked to, the places that lack an id: (line from 0, column or None)."""

    no_id = NO_ID

    def __init__(self, text, path, missing=None):
        self.path = str(path)
        self.text_lines = text.replace("\r\n", "\n").split("\n")
        self.missing = missing
        self.flat, self.lines, self.chunks, self.names = {}, {}, [], set()

    def fail(self, line, message):
        raise TextError(self.path, line + 1, message)

    def read(self):
        if self.text_lines[0] != "---" or "---" not in self.text_lines[1:]:
            self.fail(0, "a file begins with YAML between two lines of ---")
        end = self.text_lines.index("---", 1)
        node = self.compose(1, end)
        page_id, kind = self.read_identity(node)
        self.page_id = page_id
        self.read_fields(node, kind.fields, "", 1, skip={"id", "type"}, where=1)
        self.chunks.append(("", "\n".join(self.text_lines[: end + 1])))
        self.read_blocks(end + 1, kind)
        return Document(self.path, page_id, kind.name, self.flat, self.lines, self.chunks)

    def compose(self, start, end):
        """The YAML mapping in lines start..end, with marks whose line counts from `start`."""
        node = self.parse_yaml(start, end)
        if not isinstance(node, yaml.MappingNode):
            self.fail(start, "here stand fields, one a line: name: value")
        return node

    def parse_yaml(self, start, end):
        """The YAML node in lines start..end; None where there is nothing."""
        text = "\n".join(self.text_lines[start:end])
        try:
            return compose(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "this is not YAML"
            hint = "; a value with a colon needs quotes" if "mapping values" in problem else ""
            self.fail(start + (mark.line if mark else 0), f"{problem}{hint}")

    def read_identity(self, node):
        found = {key.value: value for key, value in node.value if isinstance(value, yaml.ScalarNode)}
        if "type" not in found or found["type"].value not in PAGES:
            line = found["type"].start_mark.line + 1 if "type" in found else 1
            self.fail(line, f"type must be one of {', '.join(PAGES)}")
        page_id = self.take_id(found.get("id"), 1, place=(1, ""), what="the page")
        return page_id, PAGES[found["type"].value]

    def take_id(self, node, line, place, what):
        if node is None:
            if self.missing is None:
                self.fail(line, f"{what} {self.no_id}")
            self.missing.append(place)
            return f"missing-{len(self.missing)}"
        if not is_id(node.value):
            self.fail(line, f"“{node.value}” cannot be the id of {what}: {NOT_AN_ID}")
        return node.value

    # Fields ----------------------------------------------------------------------------------

    def read_fields(self, node, fields, prefix, start, *, skip, where):
        known = {f.name: f for f in fields}
        seen = set()
        for key, value in node.value:
            line = start + key.start_mark.line
            if key.value in seen:
                self.fail(line, f"“{key.value}” stands here twice")
            seen.add(key.value)
            if key.value in skip:
                continue
            if key.value not in known:
                self.fail(line, f"“{key.value}” is not a field here: use {', '.join(known)}")
            self.read_value(known[key.value], value, prefix, start)
        for f in fields:
            if prefix + f.name not in self.flat and f.from_id:
                self.flat[prefix + f.name] = prefix.split(".")[-2]
            if prefix + f.name not in self.flat and f.default is not None:
                self.flat[prefix + f.name] = f.default
            if f.kind != "list" and f.required and prefix + f.name not in self.flat:
                self.fail(where, f"“{f.name}” is missing")
            if f.kind == "list" and f.required and not self.flat.get(f"{prefix}{f.name}#"):
                self.fail(where, f"“{f.name}” is missing")

    def read_value(self, spec, node, prefix, start):
        line = start + node.start_mark.line
        address = prefix + spec.name
        if spec.kind == "list":
            self.read_list(spec, node, prefix, start)
            return
        if spec.kind == "names":
            self.read_names(spec, node, address, line)
            return
        if not isinstance(node, yaml.ScalarNode):
            self.fail(line, f"“{spec.name}” is one value, not a list: put a text that begins with [ or {{ in quotes")
        value = self.convert(spec, node, line)
        if value is not None:
            self.flat[address] = value
            self.lines[address] = line + 1 + (node.style in {"|", ">"})

    def read_names(self, spec, node, address, line):
        """A list of ids, or of choices: `[one, two]`."""
        if not isinstance(node, yaml.SequenceNode) or any(not isinstance(n, yaml.ScalarNode) for n in node.value):
            self.fail(line, f"“{spec.name}” is a list: [one, two]")
        names = [clean_text(n.value) for n in node.value]
        for name in names:
            if spec.choices and name not in spec.choices:
                self.fail(line, f"“{spec.name}” must be of {', '.join(spec.choices)}")
            if not is_id(name) and not spec.choices:
                self.fail(line, f"“{name}” is no id: {NOT_AN_ID}")
        if len(set(names)) < len(names):
            self.fail(line, f"“{spec.name}” names something twice")
        if names:
            self.flat[address] = names
            self.lines[address] = line + 1

    def convert(self, spec, node, line):
        text = clean_text(node.value)
        if spec.is_text:
            return self.convert_text(spec, text, line + (node.style in {"|", ">"})) or None
        if spec.kind == "flag":
            if text not in {"true", "false"}:
                self.fail(line, f"“{spec.name}” must be true or false")
            return text == "true"
        if spec.kind == "date":
            return self.convert_date(spec, text, line)
        if spec.kind == "needs" and text == "all":
            return text
        if spec.kind in {"number", "needs"}:
            if not text.isdecimal() or not spec.low <= int(text) <= spec.high:
                word = ", or all" if spec.kind == "needs" else ""
                self.fail(line, f"“{spec.name}” must be a number from {spec.low} to {spec.high}{word}")
            return int(text)
        if spec.kind == "choice" and text not in spec.choices:
            self.fail(line, f"“{spec.name}” must be one of {', '.join(spec.choices)}")
        if spec.kind == "url" and text and not re.match(r"https?://\S+$", text):
            self.fail(line, f"“{spec.name}” must be an address that begins with https://")
        return text or None

    def convert_date(self, spec, text, line):
        try:
            return date.fromisoformat(text).isoformat() if text else None
        except ValueError:
            self.fail(line, f"“{spec.name}” must be a day such as 2026-05-03")

    def convert_text(self, spec, text, line):
        if spec.kind == "line" and "\n" in text:
            self.fail(line, f"“{spec.name}” is one line of text")
        if spec.kind == "lines":
            return "\n".join(part.rstrip() for part in text.split("\n"))
        if spec.kind in {"rich", "prose"}:
            try:
                return canonical(text, headings=spec.kind == "prose")
            except MarkdownError as error:
                self.fail(line + error.line, str(error))
        return text

    def read_list(self, spec, node, prefix, start):
        line = start + node.start_mark.line
        if isinstance(node, yaml.ScalarNode) and not node.value:
            return
        if not isinstance(node, yaml.SequenceNode):
            self.fail(line, f"“{spec.name}” is a list: each item begins with - id: …")
        ids = []
        for item in node.value:
            item_line = start + item.start_mark.line
            if not isinstance(item, yaml.MappingNode):
                self.fail(item_line, f"an item of “{spec.name}” begins with - id: …")
            found = {key.value: value for key, value in item.value}
            place = (item_line, item.start_mark.column)
            item_id = self.take_id(found.get("id"), item_line, place, f"this item of “{spec.name}”")
            if prefix + item_id in self.names:
                self.fail(item_line, f"the id “{item_id}” is used twice: give this one another")
            self.names.add(prefix + item_id)
            ids.append(item_id)
            self.lines[f"{prefix}{item_id}"] = item_line + 1
            self.read_fields(item, spec.fields, f"{prefix}{item_id}.", start, skip={"id"}, where=item_line)
        self.flat[f"{prefix}{spec.name}#"] = ids
        self.lines[f"{prefix}{spec.name}#"] = line + 1

    # Blocks ----------------------------------------------------------------------------------

    def read_blocks(self, number, kind):
        order = []
        while number < len(self.text_lines):
            line = self.text_lines[number]
            if not line.strip():
                number += 1
                continue
            match = OPEN.match(line.rstrip())
            if not match:
                what = "write ::: kind id" if LOOSE_OPEN.match(line) else "text stands in a block: ::: text id … :::"
                self.fail(number, what)
            end = self.find_close(number)
            order.append(self.read_block(match, number, end, kind))
            number = end + 1
        if order and not kind.blocks:
            self.fail(self.lines[order[0][1]] - 1, f"a {kind.name} has no blocks")
        if kind.blocks:
            self.flat["#"] = order

    def find_close(self, number):
        for end in range(number + 1, len(self.text_lines)):
            if self.text_lines[end].rstrip() == ":::":
                return end
            if OPEN.match(self.text_lines[end]):
                break
        self.fail(number, "this block is not closed: write ::: alone on a line at its end")

    def read_block(self, match, number, end, page_kind):
        name = match[1].replace("-", "_")
        if name not in BLOCKS:
            self.fail(number, f"“{match[1]}” is not a block: use {', '.join(BLOCKS).replace('_', '-')}")
        if page_kind.blocks and name not in page_kind.blocks:
            self.fail(number, f"a {page_kind.name} cannot hold the block “{match[1]}”")
        node = yaml.ScalarNode("tag:yaml.org,2002:str", match[2]) if match[2] else None
        block_id = self.take_id(node, number, (number, None), "this block")
        if block_id in self.names:
            self.fail(number, f"the id “{block_id}” is used twice on this page: give this block another")
        self.names.add(block_id)
        self.lines[block_id] = number + 1
        spec, prefix = BLOCKS[name], f"{block_id}."
        if spec.bare:
            self.read_bare(spec.fields[0], prefix, number, end)
        else:
            self.read_fields(self.compose(number + 1, end), spec.fields, prefix, number + 1, skip=(), where=number)
        self.chunks.append((block_id, "\n".join(self.text_lines[number : end + 1])))
        return [name, block_id]

    def read_bare(self, spec, prefix, number, end):
        body = self.text_lines[number + 1 : end]
        while body and not body[0].strip():
            body, number = body[1:], number + 1
        text = self.convert_text(spec, clean_text("\n".join(body)), number + 1)
        if not text:
            self.fail(number, "this block is empty: write its text, or remove it")
        self.flat[prefix + spec.name] = text
        self.lines[prefix + spec.name] = number + 2


def read_file(path, root):
    """The Document of a file. `root` is left out of the path that messages and records carry."""
    shown = Path(path).relative_to(root).as_posix()
    try:
        return parse_document(Path(path).read_text(encoding="utf-8"), shown)
    except UnicodeDecodeError as error:
        raise TextError(shown, 1, "this file is not UTF-8: save it as UTF-8") from error
