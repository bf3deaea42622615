"""What was loaded last, and the numbers that names of pages, pictures and files have in this database."""

import hashlib
import uuid
from pathlib import Path

from django.core.files import File
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from courses.models.loaded import LoadedText
from courses.translation.checks import FOLDERS
from courses.translation.flat import walk
from courses.translation.ids import page_key

ASSETS = uuid.UUID(int=1)
STATE = uuid.UUID(int=2)


class Memory:
    """All LoadedText rows, read once; their full texts only where they are asked for."""

    def __init__(self):
        self.rows = {(row.key, row.language): row for row in LoadedText.objects.defer("texts")}

    def segments(self, key, language):
        row = self.rows.get((key, language))
        return row.segments if row else {}

    def known(self, key, language):
        row = self.rows.get((key, language))
        return row.known if row else {}

    def knows(self, key, language="en"):
        return (key, language) in self.rows

    def page_ids(self):
        return {row.key: row.page_id for row in self.rows.values() if row.language == "en"}

    def put(self, key, language, page_id, segments, texts=None, kept=()):
        """Remember the marks of what was loaded. `texts` are the same texts in full, without those that were `kept`."""
        row = self.rows.get((key, language))
        if row is None:
            row = self.rows[key, language] = LoadedText(key=key, language=language, page_id=page_id)
        known = {name: known for name, known in row.known.items() if name in kept}
        if row.pk and (row.segments, row.known) == (segments, known):
            return
        if texts is not None:
            row.texts = {name: text for name, text in {**row.texts, **texts}.items() if name in segments}
        row.segments, row.known = segments, known
        row.save()

    def learn(self, key, language, marks):
        """Remember one more mark of texts that were exported or decided: what needs no question at the next load."""
        row = self.rows.get((key, language))
        if row and marks.items() - row.known.items():
            row.known |= marks
            row.save(update_fields=["known"])

    def base_text(self, key, language, name):
        """The text that was loaded last, in full; empty where it is not known."""
        row = self.rows.get((key, language))
        return row.texts.get(name, "") if row else ""


class Numbers:
    """Names in the text files ⇄ numbers in this database."""

    def __init__(self, memory, documents, locale):
        self.memory = memory
        self.ids = {**memory.page_ids(), **{page_key(page_id): page_id for page_id in documents}}
        self.locale = locale
        self.assets = dict(memory.segments(ASSETS, ""))
        self.refresh()

    def refresh(self):
        """Read the pages' numbers again, after some were made."""
        pages = Page.objects.filter(locale=self.locale, depth__gt=1).values_list("translation_key", "pk")
        self.pk_by_key = dict(pages)
        self.id_by_pk = {str(pk): self.id_of(key) for key, pk in self.pk_by_key.items()}
        self.name_by_pk = {tuple(entry["at"]): name.partition(":")[2] for name, entry in self.assets.items()}

    def id_of(self, key):
        return self.ids.get(key, str(key))

    def page(self, page_id):
        return self.pk_by_key.get(page_key(page_id), 0)

    def page_id(self, pk):
        return self.id_by_pk.get(str(pk), "")

    def asset(self, kind, name):
        return self.assets[f"{kind}:{name}"]["at"][1]

    def pk_of(self, kind, name):
        """The number of a picture or file that was loaded or that a page read here has named; 0 for any other."""
        return next((pk for (k, pk), known in self.name_by_pk.items() if (k, known) == (kind, name)), 0)

    def asset_name(self, kind, pk):
        """The name of a picture or file; what an editor uploaded is named after its file."""
        if (kind, pk) not in self.name_by_pk:
            found = model_of(kind).objects.filter(pk=pk).first()
            self.name_by_pk[kind, pk] = Path(found.file.name).name if found else None
        return self.name_by_pk[kind, pk]


def model_of(kind):
    return get_image_model() if kind == "image" else get_document_model()


def used_assets(documents):
    """{(kind, name)} of every picture and file that a page names."""
    return {
        (field.kind, document.flat[address])
        for document in documents.values()
        for field, address in walk(document.flat, document.kind)
        if field.kind in FOLDERS and address in document.flat
    }


def load_assets(root, documents, numbers):
    """Bring pictures and files into Wagtail, each once; how many were made or replaced."""
    changed = 0
    for kind, name in sorted(used_assets(documents)):
        path = Path(root) / FOLDERS[kind] / name
        digest = hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()
        known = numbers.assets.get(f"{kind}:{name}")
        row = model_of(kind).objects.filter(pk=known["at"][1]).first() if known else None
        if row and (known["hash"] == digest or row.file_hash != known["hash"]):
            continue
        row = row or model_of(kind)(title=path.stem.replace("-", " ").capitalize())
        store_file(row, path)
        numbers.assets[f"{kind}:{name}"] = {"at": [kind, row.pk], "hash": digest}
        changed += 1
    if changed:
        numbers.memory.put(ASSETS, "", "assets", numbers.assets)
        numbers.refresh()
    return changed


def store_file(row, path):
    """Put the file at `path` into a picture or document, new or old."""
    with path.open("rb") as source:
        row.file = File(source, name=path.name)
        if isinstance(row, get_image_model()):
            row._set_image_file_metadata()
        else:
            row._set_document_file_metadata()
        row.save()
    if isinstance(row, get_image_model()):
        row.renditions.all().delete()
