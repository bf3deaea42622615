"""From Wagtail back to text files. An untouched file stays byte for byte as it is."""

from pathlib import Path

from courses.translation.checks import FOLDERS, PRINT
from courses.translation.documents import Document
from courses.translation.entries import export_data, merge_for_file
from courses.translation.hub import Hub
from courses.translation.ids import page_key
from courses.translation.memory import model_of, used_assets
from courses.translation.po import build_catalog, po_path, write_catalog
from courses.translation.tree import languages, read_texts
from courses.translation.writing import write_document


def export_texts(texts):
    """Write every page and translation that an editor changed into its file; the paths that changed."""
    hub = Hub(texts)
    changed = export_pages(hub) + export_assets(hub) + export_data(hub.memory, texts)
    edited = {language: hub.edited(language) for language in languages()}
    after = read_texts(texts.root)
    changed += write_catalogs(after, lambda language, d, segment: edited[language].get((d.id, *segment), ""))
    hub.exported(edited)
    return changed


def export_pages(hub):
    root, changed, paths = hub.texts.root, [], {}
    for page in hub.pages.values():
        old = hub.texts.documents.get(page.id)
        paths[page.id] = old.path if old else new_path(page, paths)
        flat = merge_for_file(hub.memory, page.key, old, page.flat) if old else page.flat
        if old is None or flat != old.flat:
            target = root / paths[page.id]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(write_document(page.id, page.kind, flat, old), encoding="utf-8")
            changed.append(paths[page.id])
    return changed + remove_deleted(hub)


def new_path(page, paths):
    """Where the file of a page that an editor made shall stand."""
    slug = page.flat.get("slug", page.id)
    above = Path(paths.get(page.parent, "")).parent
    return {
        "kit": f"content/kits/{slug}/kit.md",
        "module": (above / f"{page.place:02}-{slug}" / "module.md").as_posix(),
        "lesson": (above / f"{page.place:02}-{slug}.md").as_posix(),
        "handout": (above / PRINT / f"{page.place:02}-{slug}.md").as_posix(),
        "countries": "content/site/countries/index.md",
        "country": f"content/site/countries/{slug}.md",
    }.get(page.kind.name, f"content/site/{slug}.md")


def remove_deleted(hub):
    """Remove the files of pages that were loaded once and that an editor has deleted since."""
    removed = []
    for document in hub.texts.documents.values():
        if document.id not in hub.pages and hub.memory.knows(page_key(document.id)):
            (hub.texts.root / document.path).unlink()
            removed.append(document.path)
    return removed


def export_assets(hub):
    """Write the pictures and files that editors brought in or replaced."""
    pages = {p.id: Document("", p.id, p.kind.name, p.flat) for p in hub.pages.values()}
    changed = []
    for kind, name in sorted(used_assets(pages)):
        target = hub.texts.root / FOLDERS[kind] / name
        known = hub.numbers.assets.get(f"{kind}:{name}")
        row = model_of(kind).objects.filter(pk=hub.numbers.pk_of(kind, name)).first()
        if row is None or (target.exists() and (not known or row.file_hash in {known["hash"], ""})):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with row.file.open("rb") as source:
            target.write_bytes(source.read())
        changed.append(target.relative_to(hub.texts.root).as_posix())
    return changed


def write_catalogs(texts, translation=None):
    """Bring every PO file in line with the English text; the paths that changed.

    What a translator wrote stays; what is new has an empty msgstr; what is no longer used stays at the end, marked #~.
    `translation(language, document, segment)` may know a newer text than the file, or give "".
    """
    changed = []
    for unit, documents in texts.units().items():
        for language in languages():
            path = po_path(texts.root, language, unit)
            known = texts.catalogs.get((language, unit))

            def text(document, segment, language=language, known=known):
                newer = translation(language, document, segment) if translation else ""
                return newer or (known.found.get((document.id, *segment), "") if known else "")

            if write_catalog(path, build_catalog(language, documents, text)):
                changed.append(path.relative_to(texts.root).as_posix())
    return changed
