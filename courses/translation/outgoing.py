"""The hub's texts as PO files for those who translate elsewhere: an agency, a Weblate, somebody's own program."""

import hashlib
import io
import json
import zipfile

import polib
from django.utils import timezone

from courses.models import TextExport
from courses.translation.held import in_scope, read_texts_of, translatable_pages
from courses.translation.po import start_catalog
from courses.translation.schema import DATA

EXPORT, SCOPE = "X-Hub-Export", "X-Hub-Texts"


def export_file(*, language, scope, todo=False, pages=None):
    """The bytes of the PO file of a scope in a language, byte for byte the same while the texts are.

    With `todo` only what is not translated, or translated from older English. What it says is remembered (TextExport), so
    that it can be merged when it comes back.
    """
    held = in_scope(pages or translatable_pages(), scope)
    read_texts_of(held, language, older=True)
    lines = [line for page in held for line in entries_of(page) if not (todo and line.msgstr and not line.fuzzy)]
    texts = {entry_name(line.msgctxt, line.msgid): "" if line.fuzzy else line.msgstr for line in lines}
    po = start_catalog(language)
    po.metadata |= {SCOPE: scope, EXPORT: remember_export(language=language, scope=scope, texts=texts)}
    po.extend(lines)
    return f"{po}\n".encode()


def entry_name(context, english):
    """The name of an entry in what is remembered of a file."""
    return json.dumps([context, english], ensure_ascii=False)


def entries_of(page):
    """The polib entries of a page. Where the English has changed, the older translation, marked fuzzy."""
    for place in page.places:
        address, english = place
        older_english, older_text = page.older.get(place, (None, ""))
        yield polib.POEntry(
            msgctxt=f"{page.id}#{address}",
            msgid=english,
            msgstr=page.texts.get(place) or older_text,
            previous_msgid=older_english,
            flags=["fuzzy"] if older_english else [],
            occurrences=[(page.url or f"content/{page.id}.yaml", "")],
        )


def remember_export(*, language, scope, texts):
    """Keep what a file says; its digest, which is the same while the texts are."""
    said = json.dumps([language, scope, texts], ensure_ascii=False, sort_keys=True)
    digest = hashlib.blake2b(said.encode(), digest_size=12).hexdigest()
    fresh = {"language": language, "scope": scope, "packed": TextExport.pack(texts)}
    TextExport.objects.update_or_create(
        digest=digest, defaults={"made_at": timezone.now()}, create_defaults={**fresh, "digest": digest}
    )
    return digest


def file_path(language, scope):
    """Where a file stands in a packed download: as under locale/."""
    unit, _slash, module = scope.partition("/")
    if module:
        return f"{language}/kits/{unit}.{module}.po"
    return f"{language}/{unit}.po" if unit == "site" or unit in DATA else f"{language}/kits/{unit}.po"


def has_entries(data):
    return b"\nmsgctxt " in data


def export_zip(*, languages, scopes, todo=False):
    """Several files in one, byte for byte the same while the texts are; without those that have no entry."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for language in languages:
            for scope in scopes:
                data = export_file(language=language, scope=scope, todo=todo)
                entry = zipfile.ZipInfo(file_path(language, scope))  # without a time of day
                entry.compress_type = zipfile.ZIP_DEFLATED
                if has_entries(data):
                    archive.writestr(entry, data)
        found = archive.namelist()
    return packed.getvalue() if found else b""


def write_folder(folder, *, languages, todo=False):
    """A file per language and unit below `folder`, as under locale/; the paths. With `todo` none that would be empty."""
    pages = translatable_pages()
    written = []
    for language in languages:
        for unit in dict.fromkeys(page.unit for page in pages.values()):
            data = export_file(language=language, scope=unit, todo=todo)
            if has_entries(data):
                path = folder / file_path(language, unit)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                written.append(path)
    return written
