"""A further language made ready for translators: a draft of every page, and files with nothing translated in them."""

from pathlib import Path

import django
import polib
from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.operations import translate_object

from courses.translation import freshness
from courses.translation.po import build_catalog, po_path, write_catalog
from courses.translation.tree import read_texts

INTERFACE = "LC_MESSAGES/django.po"


def prepare_tree(code, say=lambda line: None):
    """Make a draft of every live English page that has none in this language; how many were made. Safe to run again.

    One transaction for each page, parents first: a long one breaks the tree (docs/decisions.md).
    """
    locale = Locale.objects.get_or_create(language_code=code)[0]
    there = set(Page.objects.filter(locale=locale).values_list("translation_key", flat=True))
    made = 0
    with freshness.paused():
        for page in english_pages():
            if page.translation_key not in there and (page.depth == 2 or parent_key(page) in there):
                with transaction.atomic():
                    translate_object(page.specific, [locale])
                there.add(page.translation_key)
                made += 1
                say(f"{page.title} ({code})")
    freshness.recount()
    return made


def english_pages():
    ours = Page.objects.live().not_exact_type(Page)  # Wagtail's own first page is none of ours
    return ours.filter(locale__language_code="en", depth__gt=1).order_by("path")


def parent_key(page):
    return page.get_parent().translation_key


def write_files(root, code):
    """Write the PO files of a language where there are none; their paths. What is there stays as it is."""
    texts = read_texts(root, catalogs=False)
    written = []
    for unit, documents in texts.units().items():
        path = po_path(root, code, unit)
        if not path.exists() and write_catalog(path, build_catalog(code, documents, lambda *_: "")):
            written.append(path)
    path = Path(root) / "locale" / code / INTERFACE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        empty_interface(root, code).save(str(path))
        written.append(path)
    return [path.relative_to(root).as_posix() for path in written]


def empty_interface(root, code):
    """The strings of the interface as another language has them, without their translations."""
    model = sorted((Path(root) / "locale").glob(f"*/{INTERFACE}"))[0]
    messages = polib.pofile(str(model), wrapwidth=0)
    messages.metadata |= {"Language": code, "Plural-Forms": plural_forms(code)}
    for entry in messages:
        entry.msgstr = ""
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(number_of_forms(code)), "")
    return messages


def plural_forms(code):
    """As Django itself writes them for this language."""
    own = Path(django.__file__).parent / "conf" / "locale" / code / INTERFACE
    return polib.pofile(str(own)).metadata["Plural-Forms"]


def number_of_forms(code):
    return int(plural_forms(code).partition("nplurals=")[2].partition(";")[0])
