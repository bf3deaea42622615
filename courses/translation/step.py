"""The languages of a page in step: its place is that of the English page, in every language."""

from django.conf import settings
from django.db import transaction
from wagtail.models import Page


def is_source(page):
    return page.locale.language_code == settings.LANGUAGE_CODE


def source_of(page):
    """The English page of which this one is the translation; None for an English page and for one that has none."""
    others = Page.objects.filter(translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE)
    return others.exclude(pk=page.pk).first()


def translations_of(page):
    """The pages of an English page in the other languages; none for other pages, whose place binds nobody."""
    if not is_source(page):
        return Page.objects.none()
    return Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)


def follow_source(page):
    """Bring every translation of an English page that was moved to the place it has in English.

    A language in which the new parent has no page keeps its own where it is.
    """
    for translation in translations_of(page).order_by("path"):
        with transaction.atomic():
            follow(page, Page.objects.select_for_update().get(pk=translation.pk))


def follow(page, translation):
    """One language: below the translation of the parent, right after the nearest page that stands before it in English."""
    parent_key = page.get_parent().translation_key
    parent = Page.objects.filter(translation_key=parent_key, locale=translation.locale_id, depth=page.depth - 1).first()
    if parent is None:
        return
    siblings = list(parent.get_children().order_by("path"))
    places = {sibling.translation_key: sibling for sibling in siblings if sibling.pk != translation.pk}
    before = [key for key in keys_before(page) if key in places]
    wanted = places[before[-1]] if before else None
    if not stands_after(translation, wanted, siblings):
        put_after(translation, wanted, parent, siblings)


def keys_before(page):
    """Translation keys of the pages that stand before it, in order."""
    return list(page.get_prev_siblings().order_by("path").values_list("translation_key", flat=True))


def stands_after(page, wanted, siblings):
    """Whether it is among the siblings already, and right after `wanted`, or first of all for None."""
    order = [sibling.pk for sibling in siblings]
    if page.pk not in order:
        return False
    index = order.index(page.pk)
    return (order[index - 1] if index else None) == (wanted.pk if wanted else None)


def put_after(page, wanted, parent, siblings):
    if wanted is not None:
        page.move(wanted, pos="right")
    elif siblings:
        page.move(siblings[0], pos="left")
    else:
        page.move(parent, pos="last-child")
