"""/<lang>/results/: what those who run the hub have published elsewhere."""

from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hub.reports.models import Result


@require_safe
def results(request):
    return render(request, "reports/results.html", {"lines": [line_of(row) for row in Result.objects.all()]})


def line_of(row):
    """A result in the language of the page; where it has no words in it, English ones, marked so."""
    language = get_language()
    title, about = (getattr(row, f"{name}_{language}", "") for name in ("title", "about"))
    return {
        "row": row,
        "title": title or row.title_en,
        "title_lang": "" if title or language == "en" else "en",
        "about": about or row.about_en,
        "about_lang": "" if about or language == "en" else "en",
    }
