"""Before an English page is published: what her changes leave to translate, and one more press."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from courses.translation.freshness import SOURCE
from courses.translation.stale import becomes_stale
from hub.editor.checks_views import editor_page
from hub.lib.word_diff import word_diff

SHOWN = 30  # changed parts; the rest is counted


def before_publish(request, page):
    """Her page is saved as a draft already; where publishing would make translations older, she is asked first."""
    if page.locale.language_code != SOURCE or not page.live:
        return None
    if not becomes_stale(page).languages:
        return None
    return redirect("editor_publish_english", page.pk, page.latest_revision_id)


@require_http_methods(["GET", "POST"])
def publish_english(request, page_id, revision_id):
    """What publishing this draft makes older; a press on the button publishes it."""
    page = get_object_or_404(Page.objects.filter(locale__language_code=SOURCE), pk=page_id).specific
    revision = get_object_or_404(page.revisions, pk=revision_id)
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    if revision.pk != page.latest_revision_id:
        messages.warning(
            request, _("Somebody has saved this page since. Please look at it again before you publish it.")
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    if request.method == "POST":
        return publish(request, page, revision)
    stale = becomes_stale(revision.as_object())
    return editor_page(request, "publish_english", _("Before you publish"), **context_of(page, stale))


def publish(request, page, revision):
    if not page.has_unpublished_changes:  # the button was pressed twice
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    PublishPageRevisionAction(revision, user=request.user).execute(skip_permission_checks=True)
    words = _("“%(title)s” is published. Its translators see on the page of freshness what has changed.")
    messages.success(request, words % {"title": page.get_admin_display_title()})
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def context_of(page, stale):
    return {
        "page": page,
        "count": stale.behind,
        "languages": [
            {"name": get_language_info(code)["name_translated"], "behind": behind, "new": new}
            for code, (behind, new) in stale.languages.items()
        ],
        "changes": [
            {"is_new": not change.before, "diff": word_diff(change.before, change.after)}
            for change in stale.changes[:SHOWN]
        ],
        "more": max(len(stale.changes) - SHOWN, 0),
        "back": reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
