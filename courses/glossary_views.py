"""The glossary: all terms of the kits in the language of the page."""

from django import forms
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses import glossary
from hub.lib.text import TextField


class FindForm(forms.Form):
    q = TextField(max_length=100, one_line=True, required=False)


@require_safe
def show(request):
    language = get_language()
    form = FindForm(request.GET)
    asked = form.cleaned_data["q"] if form.is_valid() else ""
    found = glossary.find(language, asked)
    entries = [{"word": word, "related": glossary.related(language, word)} for word in found]
    groups = {}
    for entry in entries:
        groups.setdefault(entry["word"].letter, []).append(entry)
    context = {"form": form, "asked": asked, "count": len(found), "groups": groups.items()}
    return render(request, "courses/glossary.html", context)
