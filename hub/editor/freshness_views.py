"""The table of pages and languages."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hub.accounts.roles import edited_languages, writes_everywhere
from hub.editor.checks_views import editor_page
from hub.editor.freshness import Table, sums_by_kit, sums_of
from hub.editor.freshness_forms import FreshnessForm, WeeklyForm
from hub.editor.other_texts import entry_queries, other_texts
from hub.editor.weekly import SCOPE, gets_mail, hers
from hub.lib.tables import csv_response
from hub.notifications.actions import choose_mail_for
from hub.notifications.models import How


@require_GET
def freshness(request):
    """What is missing, behind or waiting, page by page; with `format=csv` as a table to take along."""
    if not edited_languages(request.user):
        raise PermissionDenied
    form = FreshnessForm(request.GET.dict(), user=request.user)
    table = Table(form.languages, entry_queries(form.languages))
    form.know_kits([(str(kit.key), kit.draft_title or kit.title) for kit in table.kits.values()])
    rows = form.pick(table.rows)
    if request.GET.get("format") == "csv":
        return csv_response("freshness.csv", as_lines(rows))
    context = {
        "form": form,
        "rows": rows,
        "languages": [(code, settings.LANGUAGE_NAMES[code]) for code in table.languages],
        "alone": len(table.languages) == 1,
        "sums": sums_of(table.rows, table.languages),
        "groups": sums_by_kit(table),
        "mail": {"is_on": gets_mail(request.user)}
        if hers(request.user) and not writes_everywhere(request.user)
        else None,
        "others": other_texts(table.languages, table.entries),
        "csv_query": "&".join(filter(None, [request.GET.urlencode(), "format=csv"])),
    }
    status = 422 if form.errors else 200
    return editor_page(request, "freshness", _("Freshness of the translations"), status, **context)


@require_POST
def weekly_mail(request):
    """She wants the e-mail of Monday morning, or no longer."""
    form = WeeklyForm(request.POST)
    if not hers(request.user):
        raise PermissionDenied
    if form.is_valid():
        choose_mail_for(user=request.user, scope=SCOPE, how=How.WEEKLY if form.cleaned_data["wanted"] else How.NONE)
        messages.success(request, _("Your choice is kept."))
    return redirect("editor_freshness")


def as_lines(rows):
    """A line for each page and language, with a heading."""
    names = [_("Page"), _("Language"), _("State"), _("Parts behind"), _("Parts missing"), _("Words to translate")]
    yield [*names, _("Waiting since"), _("Last translated by"), _("Address")]
    for row in rows:
        for cell in row.cells:
            since = localtime(cell.since).date().isoformat() if cell.to_do and cell.since else ""
            counts = [cell.behind, cell.missing, cell.words if cell.to_do else 0]
            yield [
                row.title,
                cell.language,
                cell.said,
                *counts,
                since,
                cell.by,
                settings.WAGTAILADMIN_BASE_URL + cell.url,
            ]
