"""`/<lang>/search/?q=`: a form by GET, so that what was looked for is an address. What she typed is in no log line and no title."""

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.queries import kit_outlines
from hub.search.forms import SearchForm
from hub.search.results import complete, search


@require_safe
def show(request):
    form = SearchForm(request.GET)
    form.is_valid()
    asked, status = form.cleaned_data.get("q", ""), 422 if "q" in form.errors else 200
    context = {"form": form, "asked": asked, "kits": kit_outlines(get_language()).values()}
    if asked:
        where = {"tab": form.cleaned_data.get("tab", ""), "number": form.cleaned_data.get("page") or 1}
        context["results"] = search(text=asked, language=get_language(), user=request.user, **where)
    response = render(request, "search/search.html", context, status=status)
    if request.GET:
        add_never_cache_headers(response)  # what is withdrawn must be gone at once
    return response


@require_safe
def suggest(request):
    """Titles for what she has typed so far."""
    form = SearchForm(request.GET)
    asked = form.cleaned_data["q"] if form.is_valid() else ""
    found = complete(text=asked, language=get_language())
    response = JsonResponse({"found": [{"title": place.title, "path": place.path} for place in found]})
    add_never_cache_headers(response)
    return response
