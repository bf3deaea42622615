"""Nothing half-translated goes live unnoticed: publishing a translated page with open texts asks first, whichever way it is done."""

from typing import NamedTuple

from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from courses.translation.older import standings_of

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


def ask(request, halves, *, action, fields, back, title=""):
    """The page that says what readers would see; its button sends `fields` to `action` again, with SURE."""
    title = title or _("Publish with open parts?")
    crumbs = [{"url": back, "label": _("Back")}, {"url": "", "label": title}]
    context = {"header_title": title, "page_title": title, "breadcrumbs_items": crumbs, "header_icon": "warning"}
    context |= {"halves": halves, "action": action, "back": back, "fields": [*fields, (SURE, "1")]}
    return render(request, "editor/translate_ask.html", context)


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
    halves = half_translated(pages)
    fields = [
        (name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"
    ]
    action_url = request.get_full_path()
    return ask(request, halves, action=action_url, fields=fields, back=action_url) if halves else None
