"""All text files of a folder: read, put in order, checked against each other."""

from pathlib import Path

from django.conf import settings

from courses.translation.checks import check_all
from courses.translation.data import read_data
from courses.translation.documents import TextError, read_file
from courses.translation.po import po_path, read_catalog
from courses.translation.schema import DATA
from courses.translation.segments import segments
from courses.translation.writing import add_ids


class BrokenFiles(Exception):
    """Everything that is wrong, so that nothing of it is loaded. `errors` are TextErrors."""

    def __init__(self, errors):
        self.errors = errors
        super().__init__("\n".join(str(error) for error in errors))


def keys(documents):
    """{(page id, address, English text): None} of everything to translate, in reading order."""
    return dict.fromkeys((d.id, *segment) for d in documents for segment in segments(d))


class Texts:
    """`documents`: page id -> Document, parents first, in reading order. `catalogs`: (language, unit) -> Catalog.

    `data`: name of a data file -> Document.
    """

    def __init__(self, root, documents, catalogs, data):
        self.root, self.documents, self.catalogs, self.data = Path(root), documents, catalogs, data

    def unit(self, document):
        """The id of the kit a page belongs to, or "site"."""
        while document.type not in {"kit", "home"} and document.parent:
            document = self.documents[document.parent]
        return document.id if document.type == "kit" else "site"

    def expected(self, catalog):
        """Every key that a complete catalog of this file would have, in reading order."""
        unit = next(u for (_language, u), known in self.catalogs.items() if known is catalog)
        return keys(self.units()[unit])

    def units(self):
        """{unit: its documents}, in order; each data file is a unit of its own."""
        found = {}
        for document in self.documents.values():
            found.setdefault(self.unit(document), []).append(document)
        return found | {name: [document] for name, document in self.data.items()}


def languages():
    return [code for code, _name in settings.LANGUAGES if code != "en"]


def text_paths(root):
    """Every text file under content/, parents before children and in the order of their names."""
    site = Path(root) / "content" / "site"
    site = [*sorted(site.glob("*.md")), *sorted(site.glob("*/*.md"), key=_reading_order)]
    return site + sorted((Path(root) / "content" / "kits").glob("*/**/*.md"), key=_reading_order)


def _reading_order(path):
    """`kit.md`, `module.md` and `index.md` stand before what lies beside them."""
    parts = [(1, part) for part in path.parts]
    if path.name in {"kit.md", "module.md", "index.md"}:
        parts[-1] = (0, path.name)
    return parts


def _home_first(document):
    """Home, then what is beside it, then the kits as their folders order them: a parent always before its children."""
    return document.type != "home", not document.path.startswith("content/site/")


def read_texts(root, *, catalogs=True, assets=True):
    """Texts of a folder. Raises BrokenFiles with everything that is wrong in it."""
    errors, documents = [], {}
    for path in text_paths(root):
        try:
            document = read_file(path, root)
        except TextError as error:
            errors.append(error)
            continue
        if document.id in documents:
            errors.append(TextError(document.path, 2, f"{documents[document.id].path} has the same id: choose another"))
            continue
        documents[document.id] = document
    data, data_errors = read_data(root)
    errors += [
        *data_errors,
        *(TextError(documents[i].path, 2, f"“{i}” is the name of a data file") for i in DATA if i in documents),
    ]
    if errors:
        raise BrokenFiles(errors)
    place(documents)
    documents = {d.id: d for d in sorted(documents.values(), key=_home_first)}
    errors = check_all(root, documents, data, assets=assets)
    texts = Texts(root, documents, {}, data)
    if not errors and catalogs:
        errors += read_catalogs(texts)
    if errors:
        raise BrokenFiles(errors)
    return texts


def place(documents):
    """Give every document its parent: the page whose file heads the folder above."""
    by_path = {d.path: d.id for d in documents.values()}
    first = {d.type: d.id for d in reversed(documents.values())}
    for document in documents.values():
        folder = Path(document.path).parent
        above = {
            "lesson": by_path.get((folder / "module.md").as_posix(), ""),
            "module": by_path.get((folder.parent / "kit.md").as_posix(), ""),
            "handout": by_path.get((folder.parent / "kit.md").as_posix(), ""),
        }
        wanted = document.kind.parent
        document.parent = above.get(document.type, first.get(wanted, "") if wanted else "")


def write_ids(root):
    """Write an id into every text file that lacks one somewhere; the paths that changed. Raises BrokenFiles."""
    errors, changed = [], []
    for path in text_paths(root):
        shown = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        try:
            new = add_ids(text, shown)
        except TextError as error:
            errors.append(error)
            continue
        if new != text:
            path.write_text(new, encoding="utf-8")
            changed.append(shown)
    if errors:
        raise BrokenFiles(errors)
    return changed


def read_catalogs(texts):
    errors = []
    for unit, documents in texts.units().items():
        expected = keys(documents)
        for language in languages():
            path = po_path(texts.root, language, unit)
            if not path.exists():
                continue
            try:
                texts.catalogs[language, unit] = read_catalog(path, texts.root, language, expected)
            except TextError as error:
                errors.append(error)
    return errors
