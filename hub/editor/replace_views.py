"""A word of a language replaced everywhere: look, tick, write, and the way back."""

import csv

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.replace.carry_out import carry_out
from courses.replace.hits import MOST, find
from hub.accounts.roles import published_languages
from hub.editor.checks_views import editor_page
from hub.editor.replace_forms import FindForm, WriteForm
from hub.lib.wording import fold


@require_http_methods(["GET", "POST"])
def replace(request):
    if not published_languages(request.user):
        raise PermissionDenied
    return write(request) if request.method == "POST" else look(request)


def look(request):
    """The form, and with words in it every place where they stand."""
    form = FindForm(request.GET or None, user=request.user)
    if not form.is_bound:
        return page(request, form=FindForm(user=request.user))
    if not form.is_valid():
        return page(request, 422, form=form)
    return page(request, form=form, **shown(form))


def shown(form, ticked=None):
    hits = find(form.wanted, form.cleaned_data["language"])
    groups = {}
    for hit in hits[:MOST]:
        groups.setdefault(hit.title, []).append((hit, ticked is None or hit.id in ticked))
    return {
        "groups": groups.items(),
        "count": len(hits),
        "most": MOST,
        "cut": len(hits) > MOST,
        "how": WriteForm(user=form.user)["how"],
        "listed": listed(form.cleaned_data["old"], form.cleaned_data["language"]),
    }


def write(request):
    form = WriteForm(request.POST, user=request.user)
    chosen = set(request.POST.getlist("hit")[:MOST])
    if not form.is_valid():
        return page(request, 422, form=form)
    if not chosen:
        return page(request, 422, form=form, nothing_ticked=True, **shown(form, ticked=chosen))
    data = form.cleaned_data
    done = carry_out(
        wanted=form.wanted,
        language=data["language"],
        chosen=chosen,
        by=request.user,
        publish=data["how"] == "publish",
    )
    return page(request, form=FindForm(user=request.user), done=done, back=way_back(data), asked=form.wanted)


def way_back(data):
    """The address that looks for the new word and offers the old one."""
    query = QueryDict(mutable=True)
    query.update({"language": data["language"], "old": data["new"], "new": data["old"]})
    for name in ("endings", "exact_case"):
        if data[name]:
            query[name] = "on"
    return query.urlencode()


def listed(word, language):
    """The English name of a term that translators are held to, if this word is its name in a language; or ""."""
    path = settings.BASE_DIR / "locale" / "glossary.csv"
    column = "term_en" if language == "en" else language
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            row["term_en"] for row in csv.DictReader(file) if fold(word) in fold(row.get(column) or "").split(" / ")
        ]
    return rows[0] if rows else ""


def page(request, status=200, **context):
    return editor_page(request, "replace", _("Replace a word"), status, header_icon="resubmit", **context)
