"""Home and kit index by a short way of their own: pages of which there is one in each language.

Only what is open to all goes this way, as in courses/views.py; everything else is left to Wagtail.
"""

from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import render
from django.utils.translation import get_language
from wagtail.views import serve

from courses.english_left import tell_english
from courses.pieces import build_pieces
from courses.queries import is_open
from hub.lib.stamp import kept


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page as everybody may read it; its template knows it by these names, as it does the page itself."""

    title: str
    search_description: str
    lead: str
    body_html: str
    expire_at: datetime | None


def leave_to_wagtail(request):
    """The answer Wagtail gives at this address: it counts from behind the language."""
    return serve(request, request.path_info.split("/", 2)[2])


def show(request, model):
    """The page of this model that stands at the address asked for."""
    page = open_page(model, request.path_info, get_language())
    if page is None or not is_open(page):
        return leave_to_wagtail(request)
    return render(request, model.template, {"page": page})


def open_page(model, path, language):
    """The OpenPage at this path, or None when there is none that is open to all. Kept once per content stamp."""
    return kept(f"open-page:{model.__name__}:{language}", lambda: build_open_page(model, path, language))


def build_open_page(model, path, language):
    pages = model.objects.live().public().filter(locale__language_code=language).order_by("path")
    page = next((page for page in pages if page.relative_url(None) == path), None)
    if page is None:
        return None
    body = body_of(page)
    tell_english([page], language)
    return OpenPage(page.title, page.search_description, getattr(page, "lead", ""), body, page.expire_at)


def body_of(page):
    """The markup of a body without parts to answer."""
    return "".join(content for kind, content in build_pieces(page) if kind == "html") if hasattr(page, "body") else ""
