"""What somebody wants to see of the table."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from courses.translation.freshness import SOURCE
from hub.accounts.roles import edited_languages
from hub.editor.freshness import Standing

TO_DO = "todo"
SORTS = {"page": _("Order of the pages"), "words": _("Most words to translate"), "since": _("Waiting longest")}


def target_languages():
    return [(code, name) for code, name in settings.LANGUAGES if code != SOURCE]


def own_language(user):
    """The one language she translates into; empty for who writes English, and for who keeps several."""
    hers = [code for code in edited_languages(user) if code != SOURCE]
    return hers[0] if len(hers) == 1 else ""


class FreshnessForm(forms.Form):
    """A choice that does not exist is named, and counts as not made."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    kit = forms.ChoiceField(label=_("Kit"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    sort = forms.ChoiceField(label=_("In the order"), required=False, choices=SORTS.items())

    def __init__(self, data, *, user):
        """Who translates into one language sees at first what is to do in hers."""
        self.mine = own_language(user)
        super().__init__({"language": self.mine, "state": TO_DO if self.mine else "", "sort": "page", **data})
        self.user = user
        self.fields["language"].choices = [("", _("All languages")), *target_languages()]
        self.fields["state"].choices = [("", _("Everything")), (TO_DO, _("What is to do")), *Standing.choices]

    def know_kits(self, kits):
        """The kits of the table, [(key, title)]: they are known only after the languages are."""
        self.fields["kit"].choices = [("", _("All pages")), *kits, ("other", _("Other pages"))]

    def chosen(self, name):
        """A choice that was made and exists; empty otherwise."""
        value = self.data.get(name, "")
        return value if self.fields[name].valid_value(value) else ""

    @property
    def languages(self):
        """The languages to show, her own first."""
        codes = [code for code, _name in target_languages()]
        if self.chosen("language"):
            return [self.chosen("language")]
        hers = edited_languages(self.user)
        return sorted(codes, key=lambda code: (code not in hers, codes.index(code)))

    def pick(self, rows):
        """The rows that she asked for, in her order."""
        kit, state = self.chosen("kit"), self.chosen("state")
        rows = [row for row in rows if fits_kit(row, kit) and fits_state(row, state)]
        if self.chosen("sort") == "words":
            rows.sort(key=lambda row: -row.words)
        elif self.chosen("sort") == "since":
            rows.sort(key=lambda row: (row.since is None, row.since and row.since.timestamp()))
        return rows


def fits_kit(row, kit):
    return not kit or kit == (str(row.kit) if row.kit else "other")


def fits_state(row, state):
    if not state:
        return True
    return any(cell.to_do if state == TO_DO else cell.standing == state for cell in row.cells)


class WeeklyForm(forms.Form):
    wanted = forms.BooleanField(required=False)
