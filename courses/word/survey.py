"""What is in a document, counted in one pass that builds nothing: it tells whether the document can be taken, and what of it cannot."""

import zlib
from collections import Counter
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces
from zipfile import BadZipFile

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser
from django.utils.translation import gettext as _

from courses.word.package import damaged, too_large
from courses.word.refusal import WordRefused

MOST_WORDS = 80_000  # about 250 pages; the Learner's kit has 40,000
MOST_ELEMENTS = 250_000  # mammoth takes a second and 30 MB for 20,000 of them
MOST_DEPTH = 60  # mammoth reads recursively; a table in a table in a text box is 30 deep
# What a bad archive, a bad part and a part made to do harm fail with.
BROKEN = (BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, SAXException, DefusedXmlException)
BROKEN += (LookupError, ValueError)
# The names of elements, and how the list of what was not taken calls them.
NOT_TAKEN = {
    "oMath": "equation",
    "chart": "chart",
    "relIds": "diagram",  # SmartArt
    "OLEObject": "object",
    "webVideoPr": "video",
    "altChunk": "chunk",
    "delText": "deleted",
    "ins": "inserted",
    "txbxContent": "box",
    "comment": "comment",
}
LINK_FIELDS = ("HYPERLINK", "FORMCHECKBOX", "TOC")


class Survey(ContentHandler):
    """`found`: how often each kind of thing is there; `words`: of the text itself."""

    def __init__(self):
        super().__init__()
        self.found, self.words, self.elements, self.depth = Counter(), 0, 0, 0
        self.path, self.text = [], []

    def startElementNS(self, name, qname, attributes):
        local = name[1]
        self.elements += 1
        self.path.append(local)
        if len(self.path) > MOST_DEPTH:
            raise WordRefused(
                _("Tables or boxes stand in each other too deeply here. Please make the document simpler.")
            )
        if self.elements > MOST_ELEMENTS:
            raise WordRefused(too_large())
        # Word writes boxes and drawings twice: for itself, and for older programs.
        if local in NOT_TAKEN and "Fallback" not in self.path:
            self.found[NOT_TAKEN[local]] += 1
        if local == "fldSimple":
            self.count_field(next((value for key, value in attributes.items() if key[1] == "instr"), ""))

    def endElementNS(self, name, qname):
        local = self.path.pop()
        if local == "p":
            self.words += len("".join(self.text).split())
            self.text = []
            if self.words > MOST_WORDS:
                raise WordRefused(too_long())

    def characters(self, content):
        if not self.path:
            return
        if self.path[-1] == "t" and "Fallback" not in self.path:
            self.text.append(content)
        elif self.path[-1] == "instrText":
            self.count_field(content)

    def count_field(self, instruction):
        if (words := instruction.split()) and words[0].isupper() and words[0] not in LINK_FIELDS:
            self.found["field"] += 1


def too_long():
    message = _(
        "This document has more than %(limit)s words, more than one kit should have. Please part it into several documents."
    )
    return message % {"limit": f"{MOST_WORDS:,}"}


def survey(package):
    """A Survey of every part of the package that is XML. Raises WordRefused."""
    seen = Survey()
    for name in package.namelist():
        try:
            if is_xml(package, name):
                read_part(seen, package, name)
        except WordRefused:
            raise
        except BROKEN as broken:
            raise WordRefused(damaged()) from broken
    folders = Counter(name.split("/")[1] for name in package.namelist() if name.count("/") > 1)
    seen.found["object"] = max(seen.found["object"], folders["embeddings"] - folders["charts"])
    return seen


def is_xml(package, name):
    """By its first letter: no reader of XML gets past the first byte of a picture or the like."""
    with package.open(name) as part:
        return part.read(4).lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n").startswith(b"<")


def read_part(seen, package, name):
    is_text = name.startswith("word/") and name.rpartition("/")[2].startswith(("document", "footnotes", "endnotes"))
    handler = seen if is_text or "comments" in name else Survey()
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handler)
    before = seen.words
    with package.open(name) as part:
        parser.parse(part)
    if not is_text:
        seen.words = before
    if name.startswith(("word/header", "word/footer")) and handler.words:
        seen.found["margin"] += 1
