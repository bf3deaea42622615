"""Nothing half-translated goes live unnoticed, and no English that translators will have to follow: publishing asks first, once.

The ways of Wagtail and wagtail-localize are here; our own desk, the page editor and reviews ask by what stands here too.
"""

from typing import NamedTuple

from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from courses.translation.older import standings_of
from hub.editor.publishing import stale_pages

SURE = "sure"  # the field of the form that asks


class Half(NamedTuple):
    """A page that readers would see only in part in their language."""

    title: str
    language: str
    missing: int
    behind: int
    translation_id: int


def half_translated(pages):
    """A Half for each of these pages that is translated and has open texts. Four statements, one where none is translated."""
    places = {(page.translation_key, page.locale_id): page for page in pages}
    rows = Translation.objects.filter(
        enabled=True,
        source__object_id__in={key for key, _locale in places},
        target_locale__in={locale for _key, locale in places},
    ).select_related("source", "target_locale")
    rows = [row for row in rows if (row.source.object_id, row.target_locale_id) in places]
    if not rows:
        return []
    standings = standings_of({row.source_id for row in rows}, {row.target_locale_id for row in rows})
    found = []
    for row in rows:
        opened = standings[row.source_id, row.target_locale_id].open
        behind = sum(1 for text in opened if text.older)
        page = places[row.source.object_id, row.target_locale_id]
        if opened:
            name = row.target_locale.get_display_name()
            found.append(Half(page.get_admin_display_title(), name, len(opened) - behind, behind, row.pk))
    return found


def ask(request, halves, *, action, fields, back, title="", stale=()):
    """The page that says what readers would see; its button sends `fields` to `action` again, with SURE."""
    title = title or question(halves)
    crumbs = [{"url": back, "label": _("Back")}, {"url": "", "label": title}]
    context = {"header_title": title, "page_title": title, "breadcrumbs_items": crumbs, "header_icon": "warning"}
    context |= {"halves": halves, "stale_pages": stale, "action": action, "back": back}
    return render(request, "editor/translate_ask.html", context | {"fields": [*fields, (SURE, "1")]})


def question(halves):
    return _("Publish with open parts?") if halves else _("Before you publish")


def sent_fields(request):
    """What her form held, to be sent once more."""
    return [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]


def is_sure(request):
    return request.POST.get(SURE) == "1"


# Other ways than our own desk ----------------------------------------------------------------------------


def before_edit_page(request, page):
    """wagtail-localize's editor stands in for the page editor of a translated page; its button Publish comes here."""
    if request.method != "POST" or request.POST.get("action") != "publish" or is_sure(request):
        return None
    if not page.permissions_for_user(request.user).can_publish():
        return None
    halves = half_translated([page])
    return (
        ask(request, halves, action=request.path, fields=[("action", "publish")], back=request.path) if halves else None
    )


def before_bulk_publish(request, action_type, objects, action):
    """Several pages ticked in the list of pages. What lies below them counts too when it is published with them."""
    if action_type != "publish" or is_sure(request):
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    with_children = action.get_execution_context().get("include_descendants") if pages else False
    for page in list(pages) if with_children else ():
        pages += page.get_descendants().not_live()
    halves, stale = half_translated(pages), stale_pages(pages)
    if not halves and not stale:
        return None
    address = request.get_full_path()
    return ask(request, halves, action=address, fields=sent_fields(request), back=address, stale=stale)
