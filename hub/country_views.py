"""Country pages at their fixed addresses: in her language, or else in English, so that a link to them never leads nowhere."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.open_pages import leave_to_wagtail
from hub.models import CountryIndexPage, CountryPage


@require_safe
def show(request, country=""):
    try:
        return leave_to_wagtail(request)
    except Http404:
        if get_language() == "en" or not is_in_english(country):
            raise
    return redirect(f"/en/countries/{country}/" if country else "/en/countries/")


def is_in_english(slug):
    pages = CountryPage.objects.filter(slug=slug) if slug else CountryIndexPage.objects
    return pages.filter(locale__language_code="en", live=True).exists()
