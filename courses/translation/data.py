"""Data files: `content/<name>.yaml`, a list of entries with ids, read like the fields of a page (schema.DATA)."""

from itertools import pairwise
from pathlib import Path

from courses.translation.documents import Document, DocumentReader, TextError
from courses.translation.schema import DATA


class DataReader(DocumentReader):
    """Reads one data file: its one list is the list of the kind, its id the name of the kind."""

    no_id = "has no id: write one"

    def __init__(self, text, path, kind):
        super().__init__(text, path)
        self.kind = kind

    def read(self):
        spec = self.kind.fields[0]
        node = self.parse_yaml(0, len(self.text_lines))
        self.flat[f"{spec.name}#"] = []
        if node is not None:
            self.read_list(spec, node, "", 0)
        self.check_order(self.flat[f"{spec.name}#"])
        return Document(self.path, self.kind.name, self.kind.name, self.flat, self.lines, self.cut())

    def check_order(self, ids):
        for before, after in pairwise(ids):
            if after < before:
                self.fail(self.lines[after] - 1, f"“{after}” stands after “{before}”: sort the entries by id")

    def cut(self):
        """[(id or "" for what stands above the first entry, raw text)]."""
        ids = self.flat[f"{self.kind.fields[0].name}#"]
        starts = [0, *(self.lines[i] - 1 for i in ids), len("\n".join(self.text_lines).rstrip("\n").split("\n"))]
        pieces = [self.text_lines[a:b] for a, b in pairwise(starts)]
        return [(i, "\n".join(piece)) for i, piece in zip(["", *ids], pieces, strict=True) if piece]


def data_path(root, name):
    return Path(root) / "content" / f"{name}.yaml"


def parse_data(text, name):
    """The Document of a data file. Raises TextError."""
    return DataReader(text, f"content/{name}.yaml", DATA[name]).read()


def read_data(root):
    """({name: Document} of the data files there are, TextErrors of those that cannot be read)."""
    found, errors = {}, []
    for name in DATA:
        path = data_path(root, name)
        if not path.exists():
            continue
        try:
            found[name] = parse_data(path.read_text(encoding="utf-8"), name)
        except UnicodeDecodeError:
            errors.append(TextError(f"content/{name}.yaml", 1, "this file is not UTF-8: save it as UTF-8"))
        except TextError as error:
            errors.append(error)
    return found, errors


def entry_ids(data, name):
    """The ids of a data file's entries, in their order; none where there is no such file."""
    return data[name].flat[f"{DATA[name].fields[0].name}#"] if name in data else []


def check_data(data):
    """TextErrors for what a single entry cannot know to be wrong."""
    for name, document in data.items():
        ids = entry_ids(data, name)
        for field in DATA[name].fields[0].fields:
            if field.kind == "names" and not field.choices:
                yield from check_names(document, field, ids)


def check_names(document, field, ids):
    for entry in ids:
        address = f"{entry}.{field.name}"
        for wanted in document.flat.get(address, ()):
            if wanted == entry or wanted not in ids:
                yield TextError(document.path, document.lines[address], f"“{wanted}” is no other entry of this file")
