from django import forms
from django.utils.translation import gettext_lazy as _

from hub.lib.text import TextField
from hub.search.results import TABS

LONGEST = 200


class SearchForm(forms.Form):
    """An unknown tab or page is the first one: an old link still leads somewhere."""

    q = TextField(label=_("What are you looking for?"), max_length=LONGEST, one_line=True, required=False)
    tab = forms.CharField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=1_000)

    def clean_tab(self):
        tab = self.cleaned_data["tab"]
        return tab if tab in TABS else ""
