"""A flat page as a text file, in the one canonical form; blocks that did not change keep the very text they had."""

import yaml

from courses.translation.documents import DocumentReader, parse_document
from courses.translation.ids import new_id
from courses.translation.schema import BLOCKS


def write_document(page_id, kind, flat, old=None):
    """The text of a page's file. `old` is the Document it replaces: its untouched parts are taken over as they are."""
    fresh = {"": write_front(page_id, kind, flat)}
    fresh |= {block_id: write_block(name, block_id, flat) for name, block_id in flat.get("#", ())}
    if old:
        for name, chunk in old.chunks:
            if name in fresh and part(old.flat, name, old) == part(flat, name, old):
                fresh[name] = chunk
    return "\n\n".join(fresh.values()) + "\n"


def part(flat, name, document):
    """Everything in `flat` that stands in one chunk of the file: a block, or the front matter."""
    if name:
        kinds = [kind for kind, block_id in flat.get("#", ()) if block_id == name]
        return kinds, {a: v for a, v in flat.items() if a.startswith(f"{name}.")}
    blocks = {block_id for flats in (flat, document.flat) for _kind, block_id in flats.get("#", ())}
    return {a: v for a, v in flat.items() if a != "#" and a.partition(".")[0] not in blocks}


def write_front(page_id, kind, flat):
    lines = ["---", f"id: {page_id}", f"type: {kind.name}"]
    return "\n".join([*lines, *write_fields(kind.fields, flat, "", 0), "---"])


def write_block(name, block_id, flat):
    kind = BLOCKS[name]
    head = f"::: {name.replace('_', '-')} {block_id}"
    if kind.bare:
        return "\n".join([head, flat[f"{block_id}.text"], ":::"])
    return "\n".join([head, *write_fields(kind.fields, flat, f"{block_id}.", 0), ":::"])


def write_fields(fields, flat, prefix, indent):
    lines = []
    for field in fields:
        if field.kind == "list":
            lines += write_items(field, flat, prefix, indent)
        elif (value := flat.get(prefix + field.name)) is not None and (field.always or value != usual(field, prefix)):
            lines += write_scalar(field.name, value, indent, literal=field.kind == "rich")
    return lines


def usual(field, prefix):
    """What a file need not say."""
    return prefix.split(".")[-2] if field.from_id else field.default


def write_items(field, flat, prefix, indent):
    ids = flat.get(f"{prefix}{field.name}#", ())
    space = " " * indent
    lines = [f"{space}{field.name}:"] if ids else []
    for item_id in ids:
        lines.append(f"{space}- id: {item_id}")
        lines += write_fields(field.fields, flat, f"{prefix}{item_id}.", indent + 2)
    return lines


def write_scalar(name, value, indent, *, literal=False):
    """`name: value`, plain if YAML reads it back so, else as a literal (`literal` prefers that) or in quotes."""
    space = " " * indent
    if isinstance(value, list):
        return [f"{space}{name}: [{', '.join(value)}]"]
    if isinstance(value, (bool, int)):
        return [f"{space}{name}: {str(value).lower()}"]
    plain = [f"{space}{name}: {value}"]
    block = [f"{space}{name}: |", *(f"{space}  {line}" if line else "" for line in value.split("\n"))]
    several = "\n" in value
    for lines in [block] if several else [plain, block] if literal else [plain]:
        if reads_back(lines, name, value, indent):
            return lines
    quoted = yaml.dump(value, default_style='"', allow_unicode=True, width=10**9).strip()
    return [f"{space}{name}: {quoted}"]


def reads_back(lines, name, value, indent):
    """Whether YAML makes the same text of these lines: a plain text may look like a number, a list or a comment."""
    if any(line.strip() == ":::" for line in lines):
        return False
    try:
        found = yaml.safe_load("\n".join(line[indent:] for line in lines))
    except yaml.YAMLError:
        return False
    return isinstance(found, dict) and isinstance(found.get(name), str) and found[name].strip() == value


# Ids ---------------------------------------------------------------------------------------------


def add_ids(text, path):
    """`text` with a new id wherever a page, block, item or option lacks one. Raises TextError for other faults."""
    while True:
        reader = DocumentReader(text, path, missing=[])
        reader.read()
        if not reader.missing:
            parse_document(text, path)
            return text
        line, column = reader.missing[0]
        lines = text.replace("\r\n", "\n").split("\n")
        made = new_id({*reader.names, text})
        if column is None:  # a block
            lines[line] = f"{lines[line].rstrip()} {made}"
        elif column == "":  # the page
            lines.insert(line, f"id: {made}")
        else:
            lines[line] = f"{lines[line][:column]}id: {made}"
            lines.insert(line + 1, " " * column + text.replace("\r\n", "\n").split("\n")[line][column:])
        text = "\n".join(lines)
