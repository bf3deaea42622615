"""Before an English page is published: what her changes leave to translate, and one more press.

The page editor comes here; publishing several pages and approving a review ask in their own place (asking.py, approving.py).
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from courses.translation.freshness import SOURCE
from courses.translation.stale import Stale, becomes_stale
from hub.editor.checks_views import editor_page
from hub.lib.word_diff import word_diff

SHOWN = 30  # changed parts; the rest is counted


def before_publish(request, page):
    """Her page is saved as a draft already; where publishing would make translations older, she is asked first."""
    if not leaves_stale(page).languages:
        return None
    return redirect("editor_publish_english", page.pk, page.latest_revision_id)


def leaves_stale(draft):
    """What publishing `draft` makes older: something only where readers have the English page already."""
    return becomes_stale(draft) if draft.live and draft.locale.language_code == SOURCE else Stale()


def stale_pages(pages):
    """What to say of each of these pages whose latest draft would make translations older. One statement where none is English."""
    rows = Page.objects.filter(
        pk__in=[page.pk for page in pages], live=True, has_unpublished_changes=True, locale__language_code=SOURCE
    )
    return said_of(page.get_latest_revision_as_object() for page in rows.select_related("latest_revision"))


def said_of(drafts):
    found = [(draft, leaves_stale(draft)) for draft in drafts]
    return [context_of(draft, stale) for draft, stale in found if stale.languages]


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
    draft = revision.as_object()
    back = reverse("wagtailadmin_pages:edit", args=[page.pk])
    stale = context_of(draft, becomes_stale(draft))
    return editor_page(request, "publish_english", _("Before you publish"), stale=stale, back=back)


def publish(request, page, revision):
    if page.has_unpublished_changes and not revision.approved_go_live_at:  # else the button was pressed twice
        PublishPageRevisionAction(revision, user=request.user).execute(skip_permission_checks=True)
        messages.success(request, done_words(revision.as_object()))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def done_words(page):
    words = _("“%(title)s” is published. Its translators see on the page of freshness what has changed.")
    if goes_live(page):
        words = _("“%(title)s” goes live on %(when)s. Until then readers keep the version that they have.")
    return words % {"title": page.title, "when": goes_live(page)}


def goes_live(draft):
    """The moment that was set for it, in words, while it is still to come."""
    if not draft.go_live_at or draft.go_live_at <= timezone.now():
        return ""
    return date_format(timezone.localtime(draft.go_live_at), "DATETIME_FORMAT")


def context_of(draft, stale):
    return {
        "title": draft.title,
        "goes_live": goes_live(draft),
        "languages": [
            {"name": get_language_info(code)["name_translated"], "behind": behind, "new": new}
            for code, (behind, new) in stale.languages.items()
        ],
        "changes": [
            {"is_new": not change.before, "diff": word_diff(change.before, change.after)}
            for change in stale.changes[:SHOWN]
        ],
        "more": max(len(stale.changes) - SHOWN, 0),
    }
