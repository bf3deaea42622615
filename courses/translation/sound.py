"""A sound tree: what breaks Wagtail's tree while pages are translated, kept from happening and found when it did.

wagtail-localize publishes a page on commit as it was when its revision was made. Within one transaction for many pages that is
before its children were added: their number (`numchild`) is written back as 0, navigation is empty, and the next child fails.
"""

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.operations import TranslationCreator

KEY, KEPT = "tree-problems", 3 * 86_400  # seconds; looked at once a day
KINDS = ["letters", "path", "orphans", "depth", "children"]  # as Page.find_problems() gives them


def count_children_again(page):
    """Mend the number of children of a page that was just saved, whoever saved it. One statement when it is right."""
    children = Page.objects.filter(path__startswith=page.path, depth=page.depth + 1).count()
    if page.numchild != children:
        Page.objects.filter(pk=page.pk).update(numchild=children)
        page.numchild = children


def translate_subtree(page_id, locales, components=None, user=None):
    """Translate what is below a page: parents first, each page in a transaction of its own.

    A locale in which a parent has no page yet gets one: wagtail-localize makes it. Run again, it finishes what was interrupted.
    """
    translator = TranslationCreator(user, list(locales))
    for page in Page.objects.get(pk=page_id).get_descendants().order_by("path").only("pk"):
        with transaction.atomic():
            translator.create_translations(Page.objects.get(pk=page.pk))
    if components is not None:
        components.save(translator, sources_and_translations=translator.mappings)


# Finding -------------------------------------------------------------------------------------------------------


def look_at_tree():
    """{kind of problem: how many pages}, empty for a sound tree; kept for /health/ready."""
    found = {kind: len(pages) for kind, pages in zip(KINDS, Page.find_problems(), strict=True) if pages}
    cache.set(KEY, {"problems": found, "at": timezone.now().isoformat(timespec="seconds")}, KEPT)
    return found


def tree_state():
    """What was found last: `ok`, `unknown` before the first look, or the problems with the time of looking."""
    found = cache.get(KEY)
    if found is None:
        return "unknown"
    return found if found["problems"] else "ok"
