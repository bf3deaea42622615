"""A PO file that comes back, looked at entry by entry against the hub; nothing is changed here.

Both sides may have gone on since the file was taken out. What the file said then (TextExport, named in its head) is the base
of the merge; for a file without it, what was loaded or exported last.
"""

import re
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import LoadedText, TextExport
from courses.translation.documents import TextError
from courses.translation.held import read_texts_of, translatable_pages
from courses.translation.ids import page_key
from courses.translation.outgoing import EXPORT, entry_name
from courses.translation.po import Catalog, fault_in, language_of, parse_po_text
from courses.translation.settle import Verdict, settle

LARGEST = 5_000_000  # bytes; the largest kit has less than one million
LOCALIZE = "X-WagtailLocalize-TranslationID"
PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"\xfd7zXZ", b"Rar!")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}")

# Verdicts, in the order in which they are shown, with their words. Only those in SHOWN have a line each in the report.
WORDS = {
    "conflict": gettext_lazy("changed on both sides"),
    "refused": gettext_lazy("refused"),
    "changed": gettext_lazy("changed"),
    "new": gettext_lazy("new"),
    "behind": gettext_lazy("for an older English text"),
    "fuzzy": gettext_lazy("still marked as fuzzy"),
    "kept": gettext_lazy("changed only in the hub"),
    "same": gettext_lazy("the same"),
    "empty": gettext_lazy("not translated"),
}
SHOWN = ("conflict", "refused", "changed", "new", "behind", "fuzzy", "kept")


class Refused(Exception):
    """The whole file is refused: why, in words, and where."""

    def __init__(self, message, line=None):
        super().__init__(message)
        self.message, self.line = message, line


@dataclass
class Item:
    """One entry of the file. `base` is the text before both sides changed it; None where that is not known."""

    line: int
    page: str
    address: str
    english: str
    ours: str
    theirs: str
    verdict: str
    reason: str = ""
    base: str | None = None


@dataclass
class Plan:
    """What a file would do. `items` are those that are SHOWN, as dicts; `counts` {verdict: number} of all."""

    language: str
    items: list = field(default_factory=list)
    counts: dict = field(default_factory=dict)


# The file ----------------------------------------------------------------------------------------


def read_po(data):
    """polib's reading of the bytes of an upload. Raises Refused."""
    if len(data) > LARGEST:
        raise Refused(_("The file is larger than %(limit)d MB.") % {"limit": LARGEST // 1_000_000})
    if data.startswith(PACKED):
        raise Refused(_("This is a packed file. Unpack it, and send each PO file by itself."))
    if data.startswith(UTF_16):
        raise Refused(_("This file is UTF-16. Save it as UTF-8."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_("This file is not UTF-8. Save it as UTF-8."), data.count(b"\n", 0, error.start) + 1) from None
    if "\0" in text:
        raise Refused(_("This is not a text file."))
    try:
        po = parse_po_text(text.replace("\r\n", "\n").replace("\r", "\n"), "")
    except TextError as error:
        raise Refused(_("This is not a PO file: a text stands between quotes."), error.line) from None
    if not [entry for entry in po if not entry.obsolete]:
        raise Refused(_("There is no entry in this file."))
    return po


def language_in(po, chosen=""):
    """The language of a file: its head and what was chosen have to agree. Raises Refused."""
    if LOCALIZE in po.metadata:
        raise Refused(_("This file comes from the translation editor of one page. Upload it there."))
    said = LANGUAGE_CODE.match(po.metadata.get("Language", "").strip().lower())
    said = said[0] if said else ""
    if not (said or chosen):
        raise Refused(_("The head of the file names no language. Choose one."))
    if said and chosen and said != chosen:
        names = {"said": po.metadata["Language"], "chosen": chosen}
        raise Refused(_("The head of the file says Language: %(said)s, but you chose %(chosen)s.") % names)
    language = said or chosen
    if language == "en" or language not in dict(settings.LANGUAGES):
        raise Refused(_("The hub has no translations into “%(language)s”.") % {"language": language})
    return language


# The plan ----------------------------------------------------------------------------------------


def plan_import(po, language, *, rows_too=True):
    """The Plan for a file. `rows_too` says whether data files may be changed, which are read at once. Raises Refused."""
    planner = Planner(po, language, rows_too)
    items = [planner.judge(entry) for entry in po if not entry.obsolete]
    if not planner.pages:
        raise Refused(
            _(
                "Nothing in this file is for a page of this hub. Is it from another hub, "
                "or is it for the buttons and messages of the interface?"
            )
        )
    texts = {
        (item.page, item.address, item.english): item.theirs for item in items if item.verdict in {"new", "changed"}
    }
    if found := language_of(Catalog("", language, texts)):
        words = {"found": found, "language": language}
        raise Refused(_("These translations read like “%(found)s”; the file is for “%(language)s”.") % words)
    planner.tell_bases(items)
    order = list(WORDS)
    shown = sorted((i for i in items if i.verdict in SHOWN), key=lambda item: (order.index(item.verdict), item.line))
    return Plan(language, [asdict(item) for item in shown], dict(Counter(item.verdict for item in items)))


class Planner:
    def __init__(self, po, language, rows_too):
        self.language, self.rows_too = language, rows_too
        entries = [entry for entry in po if not entry.obsolete]
        wanted = {page_of(entry) for entry in entries}
        self.pages = {i: page for i, page in translatable_pages().items() if i in wanted}
        read_texts_of(list(self.pages.values()), language)
        self.addresses = {i: {address for address, _english in page.places} for i, page in self.pages.items()}
        self.said = exported_texts(po, language)
        self.twice = said_twice(entries)
        self.seen = set()

    def judge(self, entry):
        """The Item of an entry."""
        page_id, _mark, address = (entry.msgctxt or "").partition("#")
        item = Item(entry.linenum, page_id, address, entry.msgid, "", entry.msgstr, "refused")
        page, place = self.pages.get(page_id), (address, entry.msgid)
        item.reason = self.refusal(entry, page)
        if not item.reason:
            item.ours = page.texts.get(place, "")
            item.verdict = self.verdict(entry, page, place)
        if item.verdict in {"new", "changed", "conflict"} and (fault := self.fault(entry, page)):
            item.verdict, item.reason = "refused", fault
        return item

    def refusal(self, entry, page):
        """Why an entry cannot be taken, whatever it says; or empty."""
        if entry.msgid_plural or not (entry.msgctxt or "").partition("#")[2]:
            return _("this is no entry of a page: its msgctxt must be <page id>#<address>")
        if page is None:
            return _("this page is not in the hub")
        if (entry.msgctxt, entry.msgid) in self.twice:
            return _("this entry stands in the file more than once, with different texts")
        if entry.msgctxt.partition("#")[2] not in self.addresses[page.id]:
            return _("this place is no longer on the page")
        return ""

    def verdict(self, entry, page, place):
        if not entry.msgstr:
            return "empty"
        if entry.fuzzy:
            return "fuzzy"
        if place not in page.places:
            return "behind"
        if (page.id, *place) in self.seen:
            return "same"
        self.seen.add((page.id, *place))
        return self.merged(entry, page, place)

    def merged(self, entry, page, place):
        ours, theirs = page.texts.get(place), page.mark(entry.msgstr)
        said = self.said.get(entry_name(entry.msgctxt, entry.msgid))
        bases = page.bases(place) if said is None else [page.mark(said)]
        verdict = settle(page.mark(ours), theirs, bases)
        if verdict is Verdict.SAME or verdict is Verdict.KEPT:
            return str(verdict)
        return "new" if not ours else "changed" if verdict is Verdict.TAKEN else "conflict"

    def fault(self, entry, page):
        if page.is_data and not self.rows_too:
            return _("readers see the glossary and the library at once: somebody who may publish has to bring this in")
        return fault_in(entry.msgid, entry.msgstr)

    def tell_bases(self, items):
        """What conflicts said before both changes, where that is known."""
        open_items = [item for item in items if item.verdict == "conflict"]
        keys = {page_key(item.page) for item in open_items}
        rows = LoadedText.objects.filter(key__in=keys, language=self.language)
        loaded = {row.page_id: row.texts for row in rows}
        for item in open_items:
            said = self.said.get(entry_name(f"{item.page}#{item.address}", item.english))
            name = self.pages[item.page].name((item.address, item.english))
            item.base = loaded.get(item.page, {}).get(name) if said is None else said


def page_of(entry):
    return (entry.msgctxt or "").partition("#")[0]


def said_twice(entries):
    """The entries that stand in a file more than once and do not agree."""
    texts = defaultdict(set)
    for entry in entries:
        texts[entry.msgctxt, entry.msgid].add(entry.msgstr)
    return {name for name, found in texts.items() if len(found) > 1}


def exported_texts(po, language):
    """{name of an entry: text} of the download that a file was made from, if its head still names one."""
    own = TextExport.objects.filter(language=language, digest=po.metadata.get(EXPORT, "")).first()
    return own.texts if own else {}
