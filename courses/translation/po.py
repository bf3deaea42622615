"""Translations on disk: `locale/<lang>/kits/<kit>.po`, `locale/<lang>/site.po` and one file per data file."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue

from courses.translation.documents import TextError
from courses.translation.schema import DATA
from courses.translation.segments import segments
from hub.lib.guess_language import guess_language

TAG = re.compile(r"<(/?)([a-z0-9]+)((?:\s[^<>]*)?)>")
LINE_BREAK = "<br/>"  # a translation may have its own
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}")
PO_LINE = re.compile(r'(#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?) )?"([^"\\]|\\.)*"|)$')
MARKUP = re.compile(r"[<>&]")
MANY_WORDS, MANY_TEXTS = 8, 20  # enough to know a language by
LINK_ID = re.compile(r'<a id="(a\d+)"')


@dataclass
class Catalog:
    """One PO file: `found` maps (page id, address, msgid) to msgstr; `stale` counts entries for older English."""

    path: str
    language: str
    found: dict = field(default_factory=dict)
    stale: int = 0
    missing: int = 0

    def for_page(self, page_id):
        """{(address, msgid): msgstr} of one page, without what is not translated yet."""
        return {key[1:]: text for key, text in self.found.items() if key[0] == page_id and text}


def po_path(root, language, unit):
    """Where the texts of a unit (a kit's id, "site", or the name of a data file) stand in a language."""
    base = Path(root) / "locale" / language
    return base / f"{unit}.po" if unit == "site" or unit in DATA else base / "kits" / f"{unit}.po"


def context(document, segment):
    return f"{document.id}#{segment.address}"


# Reading ---------------------------------------------------------------------------------------


def read_catalog(path, root, language, expected):
    """The Catalog of a file; `expected` are the keys a complete one has. Raises TextError for the first bad entry."""
    shown = Path(path).relative_to(root).as_posix()
    po = parse_po(path, shown)
    catalog = Catalog(shown, language)
    if po.metadata.get("Language", language) != language:
        raise TextError(shown, 1, f"the header says Language: {po.metadata['Language']}; it must be {language}")
    pages = {page_id for page_id, _address, _text in expected}
    for entry in po:
        if entry.obsolete:
            continue
        key = check_entry(entry, shown, pages, catalog)
        catalog.found[key] = entry.msgstr
        catalog.stale += key not in expected
    catalog.missing = sum(1 for key in expected if not catalog.found.get(key))
    if found := language_of(catalog):
        raise TextError(shown, 1, f"these translations read like “{found}”; the file is for {language}")
    return catalog


def language_of(catalog):
    """The other language of ours in which a whole file seems to be written, by mistake; None if it is right or too short to say.

    English is no mistake here: what is left in it is missing, and `make lint` names it.
    """
    long = [text for text in catalog.found.values() if text.count(" ") >= MANY_WORDS]
    if len(long) < MANY_TEXTS:
        return None
    found = guess_language(TAG.sub(" ", " ".join(long[:: len(long) // MANY_TEXTS])), chosen=catalog.language)
    return found if found not in (None, "en", catalog.language) else None


def parse_po(path, shown):
    """polib's reading of a file, after a look at each line: polib itself cuts a text that lacks its quotes."""
    try:
        return parse_po_text(Path(path).read_text(encoding="utf-8"), shown)
    except UnicodeDecodeError as error:
        raise TextError(shown, 1, "this file is not UTF-8: save it as UTF-8") from error


def parse_po_text(text, shown):
    """As parse_po, of the text of a file. Raises TextError."""
    fault = _("this line is not of a PO file: a text stands between quotes")
    for number, line in enumerate(text.split("\n"), 1):
        if not PO_LINE.match(line.strip()):
            raise TextError(shown, number, fault)
    try:
        return polib.pofile(f"{text}\n")  # with its line end, it cannot be taken for the name of a file
    except OSError as error:  # polib's word for a syntax error
        line = re.search(r"\(line (\d+)\)", str(error))
        raise TextError(shown, int(line[1]) if line else 1, fault) from error


def check_entry(entry, path, pages, catalog):
    """The key of an entry. Raises TextError where it would spoil a page."""

    def fail(message):
        raise TextError(path, entry.linenum, message)

    page_id, mark, address = (entry.msgctxt or "").partition("#")
    if not mark or not address:
        fail("msgctxt must be <page id>#<address>; run export_kits and translate the file it writes")
    if page_id not in pages:
        fail(f"the page “{page_id}” does not belong in this file")
    if entry.fuzzy:
        fail("this entry is marked fuzzy: check the text, then remove the mark")
    key = (page_id, address, entry.msgid)
    if key in catalog.found:
        fail("this entry stands in the file twice: remove one")
    if entry.msgstr and (fault := fault_in(entry.msgid, entry.msgstr)):
        fail(fault)
    return key


def fault_in(source, text):
    """What is wrong with a translation of `source`, or None."""
    source, text = source.replace(LINE_BREAK, "\n"), text.replace(LINE_BREAK, "\n")
    if text != text.strip():
        return _("the translation begins or ends with a space or a line break")
    if tags(source) != tags(text):
        # Translators: %(tags)s are HTML tags such as <b> </b>; they stay as they are.
        message = _("the translation must have the same tags as the English text: %(tags)s")
        return message % {"tags": " ".join(tags(source)) or "–"}
    if sorted(LINK_ID.findall(source)) != sorted(LINK_ID.findall(text)):
        return _("the translation must keep each <a id=…> as it is in the English text")
    if Counter(PLACEHOLDER.findall(source)) != Counter(PLACEHOLDER.findall(text)):
        return _("the translation must have the same {placeholders} as the English text")
    if not MARKUP.search(text):  # most texts
        return None
    try:
        normal = StringValue.from_translated_html(text).data
    except ValueError as error:
        return str(error)
    if normal.count("<") != text.count("<") or "<" in TAG.sub("", text):
        return _("a tag is not closed, or a < is not written as &lt;")
    return None


def tags(text):
    return sorted(f"<{m[1]}{m[2]}>" for m in TAG.finditer(text))


# Writing ---------------------------------------------------------------------------------------


def build_catalog(language, documents, translation):
    """A polib file for `documents` in order. `translation(document, segment)` gives a text or ""."""
    po = start_catalog(language)
    for document in documents:
        for segment in segments(document):
            po.append(
                polib.POEntry(
                    msgctxt=context(document, segment),
                    msgid=segment.text,
                    msgstr=translation(document, segment),
                    occurrences=[(document.path, "")],
                )
            )
    return po


def start_catalog(language):
    """An empty polib file with its head: without dates or wrapped lines, so that only what changed differs."""
    po = polib.POFile(wrapwidth=0)
    po.header = "The text of the hub, CC BY-SA 4.0. Keep tags and a-ids as they are; never edit a msgctxt."
    po.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return po


def write_catalog(path, po):
    """Write `po` unless the file already says the same; True if it was written. What is no longer used stays as #~."""
    path = Path(path)
    old = polib.pofile(str(path), encoding="utf-8") if path.exists() else []
    if entries(old) == entries(po):
        return False
    current = {(entry.msgctxt, entry.msgid) for entry in po}
    for entry in old:
        if entry.msgstr and (entry.msgctxt, entry.msgid) not in current:
            po.append(polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, msgstr=entry.msgstr, obsolete=True))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(po) + "\n", encoding="utf-8")
    return True


def entries(po):
    return [(entry.msgctxt, entry.msgid, entry.msgstr) for entry in po if not entry.obsolete]
