"""Data files ⇄ the rows of their models: the same merge as for pages, once for a whole file and once per language.

A model has `key` (the id of the file), fields with the names of schema.DATA and a column per language of those that are translated.
"""

from django.apps import apps
from django.db import transaction
from django.utils.translation import override
from wagtail_localize.strings import StringValue

from courses.translation.data import data_path, parse_data
from courses.translation.documents import Document
from courses.translation.flat import Merged, merge, remember
from courses.translation.ids import page_key
from courses.translation.schema import DATA
from courses.translation.segments import cut, texts
from courses.translation.settle import Verdict, mark, settle_at
from courses.translation.writing import write_fields
from hub.lib.text import clean_text


def model_of_data(name):
    return apps.get_model(DATA[name].model)


def list_of(kind):
    """The one list of a data file: the Field of its entries."""
    return kind.fields[0]


def plain(value):
    return "\n".join(line.rstrip() for line in clean_text(value or "").split("\n"))


# Reading the rows --------------------------------------------------------------------------------


def read_rows(name):
    """The rows of a model as the flat form of their file, in English."""
    kind = DATA[name]
    rows = sorted(
        model_of_data(name).objects.all(), key=lambda row: row.key
    )  # databases sort a hyphen each its own way
    flat = {f"{list_of(kind).name}#": [row.key for row in rows]}
    for row in rows:
        flat |= {
            f"{row.key}.{field.name}": value for field in list_of(kind).fields if (value := read(row, field, "en"))
        }
        flat |= {f"{row.key}.{f.name}": bool(getattr(row, f.name)) for f in list_of(kind).fields if f.kind == "flag"}
    return flat


def read(row, field, language):
    """A field of a row in a language; a text that is not translated has one column for all."""
    translated = field.is_text and field.translated
    value = getattr(row, f"{field.name}_{language}" if translated else field.name)
    return (plain(value) if field.is_text else value) or None


def read_translated(name, document, language):
    """{address: text} of what the rows say in another language, where `document` has a text to translate."""
    rows = {row.key: row for row in model_of_data(name).objects.all()}
    found = {}
    for field, address in texts(document):
        row = rows.get(address.partition(".")[0])
        if row and (value := read(row, field, language)):
            found[address] = value
    return found


def translated_by(catalog, document):
    """{address: text} of what a catalog says for the English texts as they stand in the file."""
    strings = catalog.for_page(document.id) if catalog else {}
    found = {}
    for field, address in texts(document):
        if text := strings.get((address, *cut(field, document.flat[address]))):
            found[address] = plain_of(text)
    return found


def plain_of(text):
    """A text of a PO file as a row holds it."""
    return plain(StringValue(text).render_text())


# Loading -----------------------------------------------------------------------------------------


def load_data(loader):
    """Bring each data file into its rows, English first; `loader` is that of the pages."""
    for document in loader.texts.data.values():
        with transaction.atomic():
            load_file(loader, document)


def load_file(loader, document):
    name, key = document.id, page_key(document.id)
    base = loader.memory.segments(key, "en")
    ours = read_rows(name)
    merged = merge(base, document.flat, ours, document.kind, loader.memory.known(key, "en"))
    loader.clashes.add_merged(key=key, document=document, language="en", merged=merged, theirs=document.flat)
    written = write_rows(name, ours, merged.flat)
    taken = {a: text for a, text in merged.flat.items() if isinstance(text, str) and a not in merged.kept}
    loader.memory.put(key, "en", name, remember(base, merged), taken, merged.kept)
    note(loader, document.path, written, merged.kept)
    for language in (code for code in loader.locales if code != "en"):
        load_language(loader, document, language)


def load_language(loader, document, language):
    """The texts of one language. What an editor wrote there stays, also where the file has none."""
    name, key = document.id, page_key(document.id)
    catalog = loader.texts.catalogs.get((language, name))
    base = loader.memory.segments(key, language)
    ours = read_translated(name, document, language)
    theirs = translated_by(catalog, document)
    merged = merge_texts(base, theirs, ours, loader.memory.known(key, language))
    fields = {address: field for field, address in texts(document)}
    loader.clashes.add_merged(
        key=key,
        document=document,
        language=language,
        merged=merged,
        theirs=theirs,
        english=lambda address: cut(fields[address], document.flat[address])[0],
    )
    changed = {address: merged.flat.get(address, "") for address in {*ours, *merged.flat}}
    changed = {address: text for address, text in changed.items() if text != ours.get(address, "")}
    save_texts(name, language, changed)
    taken = {a: text for a, text in merged.flat.items() if a not in merged.kept}
    loader.memory.put(key, language, name, remember(base, merged), taken, merged.kept)
    note(loader, f"{document.path} ({language})", bool(changed), merged.kept)
    if catalog and catalog.missing:
        loader.report.notes.append(f"{catalog.path}: {catalog.missing} texts are not translated; they show English")


def merge_texts(base, theirs, ours, known=None):
    """As flat.merge, of single texts."""
    merged = Merged({}, [], [])
    for address in dict.fromkeys([*theirs, *ours]):
        new, old = theirs.get(address), ours.get(address)
        verdict = settle_at(address, old, new, base, known or {})
        if verdict in {Verdict.KEPT, Verdict.CONFLICT}:
            merged.kept.append(address)
        if verdict is Verdict.CONFLICT:
            merged.conflicts.append(address)
        value = new if verdict is Verdict.TAKEN else old
        if value is not None:
            merged.flat[address] = value
    return merged


def note(loader, path, changed, kept):
    if changed:
        loader.report.changed.append(path)
        loader.say(path)
    if kept:
        shown = ", ".join(address.rstrip("#") for address in kept[:3])
        more = " and more" if len(kept) > 3 else ""
        loader.report.kept.append(f"{path}: an editor changed {shown}{more}; that was left alone")


@override("en")
def write_rows(name, before, after):
    """Make the rows say `after`; True if anything changed. The texts of other languages stay with their rows."""
    model, spec = model_of_data(name), list_of(DATA[name])
    ids = f"{spec.name}#"
    gone = set(before[ids]) - set(after[ids])
    model.objects.filter(key__in=gone).delete()
    rows = {row.key: row for row in model.objects.all()}
    written = 0
    for key in after[ids]:
        addresses = [f"{key}.{field.name}" for field in spec.fields]
        if key in rows and all(before.get(address) == after.get(address) for address in addresses):
            continue
        row = rows.get(key) or model(key=key)
        for field, address in zip(spec.fields, addresses, strict=True):
            column = f"{field.name}_en" if field.is_text and field.translated else field.name
            setattr(row, column, after.get(address, empty(field)))
        row.save()
        written += 1
    return bool(written or gone)


def empty(field):
    return [] if field.kind == "names" else "" if field.default is None else field.default


@override("en")
def save_texts(name, language, changed):
    """Write {address: text} into the columns of a language."""
    wanted = {}
    for address, text in changed.items():
        key, _dot, field = address.partition(".")
        wanted.setdefault(key, {})[f"{field}_{language}"] = text
    for row in model_of_data(name).objects.filter(key__in=wanted):
        for column, text in wanted[row.key].items():
            setattr(row, column, text)
        row.save()


# Comparing and exporting -------------------------------------------------------------------------


def document_of(texts_read, name):
    """The data file as it is, or an empty one where there is none yet."""
    return texts_read.data.get(name) or Document(
        f"content/{name}.yaml", name, name, {f"{list_of(DATA[name]).name}#": []}
    )


def data_drift(texts_read):
    """[(path, addresses that differ)] between data files and rows, and between their catalogs and rows."""
    found = []
    for document in texts_read.data.values():
        held = read_rows(document.id)
        differing = [a for a in dict.fromkeys([*document.flat, *held]) if document.flat.get(a) != held.get(a)]
        found.append((document.path, differing))
    for (language, unit), catalog in texts_read.catalogs.items():
        if document := texts_read.data.get(unit):
            wanted, held = translated_by(catalog, document), read_translated(unit, document, language)
            found.append((catalog.path, [a for a in dict.fromkeys([*wanted, *held]) if wanted.get(a) != held.get(a)]))
    return found


def edited_texts(memory, texts_read, language):
    """{(name, address, English text): translation} of what editors wrote: what differs from what was loaded last."""
    found = {}
    for name in DATA:
        document = document_of(texts_read, name)
        current = Document(document.path, name, name, read_rows(name))
        base = memory.segments(page_key(name), language)
        held = read_translated(name, current, language)
        for field, address in texts(current):
            if address in held and base.get(address) != mark(held[address]):
                english = cut(field, current.flat[address])
                found[(name, address, *english)] = StringValue.from_plaintext(held[address]).data
    return found


def merge_for_file(memory, key, document, ours):
    """The flat text that a file shall have: what only the hub changed is taken over, what both did stays as it is there."""
    base = memory.segments(key, "en")
    merged = merge(base, document.flat, ours, document.kind, memory.known(key, "en"))
    flat = {a: document.flat.get(a) if a in merged.conflicts else value for a, value in merged.flat.items()}
    flat |= {a: document.flat[a] for a in merged.conflicts if document.flat.get(a) is not None}
    flat = {a: value for a, value in flat.items() if value is not None}
    ours_now = {a: mark(text) for a, text in flat.items() if isinstance(text, str) and text == ours.get(a)}
    memory.learn(key, "en", {a: known for a, known in ours_now.items() if known != base.get(a)})
    return flat


def export_data(memory, texts_read):
    """Write what editors changed into the data files; the paths that changed."""
    changed = []
    for name in DATA:
        old = document_of(texts_read, name)
        flat = merge_for_file(memory, page_key(name), old, read_rows(name))
        if flat == old.flat:
            continue
        text = write_data(name, flat, old)
        parse_data(text, name)  # what was written can be read again
        data_path(texts_read.root, name).write_text(text, encoding="utf-8")
        changed.append(old.path)
    return changed


def write_data(name, flat, old):
    """The text of a data file; entries that did not change keep the very text they had."""
    spec, kept = list_of(DATA[name]), dict(old.chunks)
    ids = sorted(flat[f"{spec.name}#"])
    parts = [kept[""]] if "" in kept else []
    for key in ids:
        prefix = f"{key}."
        same = {a: v for a, v in flat.items() if a.startswith(prefix)} == {
            a: v for a, v in old.flat.items() if a.startswith(prefix)
        }
        fresh = [f"- id: {key}", *write_fields(spec.fields, flat, prefix, 2)]
        parts.append(kept[key] if same and key in kept else "\n".join(fresh))
    text = "\n".join(parts).rstrip("\n")
    return f"{text}\n" if text else ""
