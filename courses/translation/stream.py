"""A flat page ⇄ the fields of a Wagtail page. StreamField data is always written in its full form."""

from datetime import date

from courses.translation.flat import uuid_names, walk
from courses.translation.ids import block_uuid
from courses.translation.markdown import html_to_markdown, markdown_to_html
from courses.translation.schema import BLOCKS
from hub.lib.text import clean_text


def page_fields(page_id, flat, kind, numbers):
    """{field: value} for a Wagtail page. `numbers` gives the numbers of pages, pictures and files by name."""
    writer = Writer(page_id, flat, numbers)
    values = {}
    for field in kind.fields:
        if field.kind == "list":
            values[field.name] = writer.outcomes(field)
        else:
            values[field.name] = page_value(field, flat.get(field.name, "" if field.is_text else field.default))
    if kind.blocks:
        values["body"] = [writer.block(name, block_id) for name, block_id in flat.get("#", ())]
    return values


def page_value(field, value):
    """A flat value as the page keeps it: all of them is an empty field."""
    if field.kind == "date":
        return date.fromisoformat(value) if value else None
    return None if field.kind == "needs" and value == "all" else value


class Writer:
    def __init__(self, page_id, flat, numbers):
        self.page_id, self.flat, self.numbers = page_id, flat, numbers

    def outcomes(self, field):
        """A list of a page itself is a StreamField of one kind of block."""
        return [
            {"type": field.name.rstrip("s"), "id": block_uuid(self.page_id, name), "value": self.flat[f"{name}.text"]}
            for name in self.flat.get(f"{field.name}#", ())
        ]

    def block(self, name, block_id):
        kind = BLOCKS[name]
        prefix = f"{block_id}."
        value = self.value(kind.fields[0], prefix) if kind.bare else self.struct(kind.fields, prefix)
        return {"type": name, "id": block_uuid(self.page_id, block_id), "value": value}

    def struct(self, fields, prefix):
        return {field.name: self.value(field, prefix) for field in fields}

    def value(self, field, prefix):
        if field.kind == "list":
            return [self.item(field, prefix, name) for name in self.flat.get(f"{prefix}{field.name}#", ())]
        value = self.flat.get(prefix + field.name, field.default)
        if field.kind in {"rich", "prose"}:
            return markdown_to_html(value, page_pk=self.numbers.page) if value else ""
        if field.kind in {"image", "file"}:
            return self.numbers.asset(field.kind, value) if value else None
        return "" if value is None else value

    def item(self, field, prefix, name):
        path = [*prefix.split(".")[:-1], name]
        inner = f"{prefix}{name}."
        value = self.value(field.fields[0], inner) if field.bare else self.struct(field.fields, inner)
        return {"type": "item", "id": block_uuid(self.page_id, *path), "value": value}


def read_page(page, page_id, kind, numbers, *named):
    """The flat form of a Wagtail page. `named` are flats or marks whose short ids are known."""
    reader = Reader(uuid_names(page_id, *named), numbers)
    for field in kind.fields:
        if field.kind == "list":
            reader.read_outcomes(field, getattr(page, field.name).get_prep_value())
        else:
            reader.put(field, field.name, getattr(page, field.name))
    if kind.blocks:
        reader.read_body(page.body.get_prep_value())
    return {address: reader.flat[address] for address in _ordered(reader.flat, kind)}


def _ordered(flat, kind):
    addresses = [address for _field, address in walk(flat, kind) if address in flat]
    return [*addresses, "#"] if "#" in flat else addresses


class Reader:
    def __init__(self, names, numbers):
        self.names, self.numbers, self.flat = names, numbers, {}

    def name(self, raw):
        return self.names.get(raw["id"], raw["id"])

    def read_outcomes(self, field, raw):
        self.flat[f"{field.name}#"] = [self.name(item) for item in raw]
        for item in raw:
            self.put(field.fields[0], f"{self.name(item)}.text", item["value"])
        if not raw:
            del self.flat[f"{field.name}#"]

    def read_body(self, raw):
        self.flat["#"] = [[block["type"], self.name(block)] for block in raw]
        for block in raw:
            kind, prefix = BLOCKS[block["type"]], f"{self.name(block)}."
            if kind.bare:
                self.put(kind.fields[0], f"{prefix}text", block["value"])
            else:
                self.read_struct(kind.fields, prefix, block["value"])

    def read_struct(self, fields, prefix, raw):
        for field in fields:
            if field.kind == "list":
                self.read_list(field, prefix, raw.get(field.name) or [])
            else:
                self.put(field, prefix + field.name, raw.get(field.name))

    def read_list(self, field, prefix, raw):
        if raw:
            self.flat[f"{prefix}{field.name}#"] = [self.name(item) for item in raw]
        for item in raw:
            inner = f"{prefix}{self.name(item)}."
            if field.bare:
                self.put(field.fields[0], f"{inner}{field.fields[0].name}", item["value"])
            else:
                self.read_struct(field.fields, inner, item["value"])

    def put(self, field, address, value):
        value = self.convert(field, value)
        if value is not None:
            self.flat[address] = value

    def convert(self, field, value):
        if field.kind in {"rich", "prose"}:
            return html_to_markdown(value or "", page_id=self.numbers.page_id) or None
        if field.is_text:
            text = clean_text(value or "")
            return "\n".join(part.rstrip() for part in text.split("\n")) or None
        if field.kind in {"image", "file"}:
            return self.numbers.asset_name(field.kind, value) if value else None
        if field.kind == "needs":
            return "all" if value is None else value
        if field.kind == "date":
            return value.isoformat() if value else None
        return field.default if value in (None, "") else value
