"""The library to look things up in: a form by GET, so that a choice is an address that can be linked."""

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from courses import library
from courses.elsewhere import languages_elsewhere
from courses.models.resources import AUDIENCES, COUNTRIES, TOPICS, Kind
from hub.lib.text import TextField

A_PAGE = 60


def choice(label, choices):
    # Translators: first entry of a list to filter by: nothing is left out.
    found = choices if callable(choices) else lambda: choices
    return forms.ChoiceField(label=label, choices=lambda: [("", _("all")), *found()], required=False)


class FilterForm(forms.Form):
    country = choice(_("Country"), COUNTRIES)
    audience = choice(_("For"), AUDIENCES)
    topic = choice(_("Topic"), TOPICS)
    kind = choice(_("Kind"), Kind.choices)
    language = choice(_("Language"), languages_elsewhere)
    q = TextField(label=_("Words"), max_length=100, one_line=True, required=False, widget=forms.TextInput)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)


@require_safe
def show(request):
    form = FilterForm(request.GET or None)
    form.is_valid()
    chosen = {name: value for name, value in getattr(form, "cleaned_data", {}).items() if value}
    number = chosen.pop("page", 1)
    lines = library.resources_in(get_language())
    words = chosen.pop("q", "")
    found = library.find(lines, **chosen, words=words)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "found": len(found),
        "total": len(lines),
        "is_filtered": bool(chosen or words),
        "page": Paginator(found, A_PAGE).get_page(number),
        "query": query.urlencode(),
        "chosen": [dict(form.fields[name].choices)[value] for name, value in chosen.items()],
    }
    return render(request, "courses/library.html", context)
