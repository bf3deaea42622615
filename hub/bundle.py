"""Our style sheets, written as one file per concern, reach the phone as one: css/hub.css is found by joining its parts."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCES = Path(__file__).resolve().parent / "static" / "css"
PARTS = ["tokens", "base", "layout", "components", "print"]
NAME = "css/hub.css"


def squeeze(css):
    """`css` without comments and indentation; nothing else is touched."""
    return "\n".join(filter(None, map(str.strip, re.sub(r"/\*.*?\*/", "", css, flags=re.S).splitlines())))


class BundleFinder(BaseFinder):
    """Finds one file more than the folders hold."""

    def __init__(self, *args, **kwargs):
        self.storage = FileSystemStorage(location=settings.VAR / "bundle")

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path != NAME:
            return []
        return [self.write()] if find_all else self.write()

    def list(self, ignore_patterns):
        self.write()
        yield NAME, self.storage

    def write(self):
        target = Path(self.storage.path(NAME))
        css = "\n".join(squeeze((SOURCES / f"{part}.css").read_text(encoding="utf-8")) for part in PARTS) + "\n"
        if not target.exists() or target.read_text(encoding="utf-8") != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(css, encoding="utf-8")
        return str(target)
