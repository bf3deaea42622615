"""Whether files and hub both are as the last load left them, so that a load with nothing to do ends at once."""

import hashlib
from pathlib import Path

from django.db.models import Count, Max
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from courses.models.loaded import LoadedText
from courses.translation.entries import model_of_data
from courses.translation.memory import STATE
from courses.translation.schema import DATA
from courses.translation.tree import languages


def files_digest(root):
    """A digest of every file that a load reads, and of the languages it serves."""
    digest = hashlib.blake2b(",".join(languages()).encode(), digest_size=16)
    for folder, pattern in (("content", "**/*"), ("locale", "*/*.po"), ("locale", "*/kits/*.po")):
        for path in sorted((Path(root) / folder).glob(pattern)):
            if path.is_file():
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def hub_mark():
    """A short text that changes whenever a page, an entry or a translation is made, published, edited or deleted."""
    pages = Page.objects.aggregate(n=Count("pk"), last=Max("latest_revision_created_at"), live=Max("last_published_at"))
    texts = StringTranslation.objects.aggregate(n=Count("pk"), last=Max("updated_at"))
    shown = Page.objects.filter(live=True).count()
    rows = [model_of_data(name).objects.aggregate(n=Count("pk"), last=Max("updated_at")) for name in DATA]
    marks = [pages["n"], shown, pages["last"], pages["live"], texts["n"], texts["last"]]
    return "/".join(map(str, [*marks, *(value for row in rows for value in row.values())]))


def is_as_left(root):
    row = LoadedText.objects.filter(key=STATE).first()
    return bool(row) and row.segments == {"files": files_digest(root), "hub": hub_mark()}


def leave(root, memory):
    memory.put(STATE, "", "state", {"files": files_digest(root), "hub": hub_mark()})
