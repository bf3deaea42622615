"""The place of each page in the tree, in every language: as the folders say, unless an editor moved pages."""

import uuid

from django.db import transaction
from wagtail.models import Page

from courses.translation.ids import page_key

ORDER = uuid.UUID(int=3)


def arrange(loader):
    """Bring every page below its parent and in the order of the files, where files and not editors changed them."""
    known = loader.memory.segments(ORDER, "")
    wanted = children(loader)
    if wanted == known:
        return
    for locale in loader.locales.values():
        tree = Tree(locale)
        for parent, ids in wanted.items():
            if ids != known.get(parent):
                arrange_children(loader, tree, parent, ids, known)
    loader.memory.put(ORDER, "", "order", wanted)


def children(loader):
    """{parent id: ids of its pages, in the order of the files}."""
    found = {}
    for document in loader.texts.documents.values():
        if document.parent and document.id not in loader.gone:
            found.setdefault(document.parent, []).append(document.id)
    return found


class Tree:
    """Where the pages of one language are, by translation key."""

    def __init__(self, locale):
        self.locale = locale
        self.read()

    def read(self):
        rows = (
            Page.objects.filter(locale=self.locale, depth__gt=1).order_by("path").values_list("translation_key", "path")
        )
        self.paths = dict(rows)

    def below(self, key):
        path = self.paths.get(key)
        return [k for k, p in self.paths.items() if path and p[: -Page.steplen] == path]

    def page(self, key):
        return Page.objects.get(translation_key=key, locale=self.locale)


def arrange_children(loader, tree, parent, ids, known):
    keys = [page_key(page_id) for page_id in ids if page_key(page_id) in tree.paths]
    if page_key(parent) not in tree.paths:
        return
    for key in keys:
        adopt(loader, tree, parent, key, known)
    now = [key for key in tree.below(page_key(parent)) if key in keys]
    before = [page_key(page_id) for page_id in known.get(parent, []) if page_key(page_id) in now]
    if now == keys:
        return
    if [key for key in now if key in before] != before:
        code = tree.locale.language_code
        loader.report.kept.append(f"{parent} ({code}): an editor moved its pages; their order was left alone")
        return
    for before_it, key in zip([None, *keys], keys, strict=False):
        move(tree, key, before_it, page_key(parent))


def adopt(loader, tree, parent, key, known):
    """Move a page whose file went to another folder, unless an editor moved it first."""
    home = page_key(parent)
    if key in tree.below(home):
        return
    old = next((p for p, ids in known.items() if key in map(page_key, ids)), None)
    if old is not None and key in tree.below(page_key(old)):
        with transaction.atomic():
            tree.page(key).move(tree.page(home), pos="last-child")
        tree.read()


def move(tree, key, before_it, parent):
    """Put a page right after another of its parent, or first."""
    now = tree.below(parent)
    if key not in now or (before_it is not None and before_it not in now):
        return
    index = now.index(key)
    if (index == 0 and before_it is None) or (index and now[index - 1] == before_it):
        return
    with transaction.atomic():
        if before_it is None:
            tree.page(key).move(tree.page(now[0]), pos="left")
        else:
            tree.page(key).move(tree.page(before_it), pos="right")
    tree.read()
