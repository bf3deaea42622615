"""Our style sheets, written one per concern and for people, reach the phone joined and squeezed.

`css/hub.css` is what every page needs; the others come beside it, squeezed under their own names.
"""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCES = Path(__file__).resolve().parent / "static" / "css"
BUNDLES = {
    "css/hub.css": ["tokens", "base", "layout", "components", "print"],
    "css/reader.css": ["reader", "diagrams", "words"],
    "css/forum.css": ["forum"],
    "css/booklet.css": ["booklet"],
    "css/staff.css": ["staff"],
    "css/news.css": ["news"],
    "css/shelf.css": ["shelf"],
}


def squeeze(css):
    """`css` without comments and needless space. No string in our style sheets holds one of `{};`."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s*([{};])\s*", r"\1", css)
    return re.sub(r"([:,])\s+", r"\1", css).replace(";}", "}").strip()


class BundleFinder(BaseFinder):
    """Stands before Django's finders, so that a squeezed sheet is found before its source."""

    def __init__(self, *args, **kwargs):
        self.storage = FileSystemStorage(location=settings.VAR / "bundle")

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        found = [self.write(path)] if path in BUNDLES else []
        return found if find_all or not found else found[0]

    def list(self, ignore_patterns):
        for name in BUNDLES:
            self.write(name)
            yield name, self.storage

    def write(self, name):
        target = Path(self.storage.path(name))
        css = "\n".join(squeeze((SOURCES / f"{part}.css").read_text(encoding="utf-8")) for part in BUNDLES[name])
        if not target.exists() or target.read_text(encoding="utf-8") != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(css, encoding="utf-8")
        return str(target)
