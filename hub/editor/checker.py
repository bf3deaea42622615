"""Wagtail's content checker with what our pages are held to; it runs in the preview, in the language that is shown."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

HELP = {
    "duplicate-id": (_("Two things have the same name"), _("Ask whoever looks after the hub")),
    "image-alt": (_("A picture has no words"), _("Say what it shows, for those who cannot see it")),
    "list": (_("A list holds something else than items"), _("Make it anew with the list button")),
    "svg-img-alt": (_("A drawing has no words"), _("Say what it shows, for those who cannot see it")),
    "td-headers-attr": (_("A cell names a heading that is not there"), _("Ask whoever looks after the hub")),
    "th-has-data-cells": (_("A column has a title and no cells"), _("Fill it in, or take the column out")),
    "video-caption": (_("A film has no captions"), _("Add captions (WebVTT) to the block of the film")),
}


class OurChecker(ContentCheckerItem):
    axe_run_only = [*ContentCheckerItem.axe_run_only, *HELP]
    axe_messages = ContentCheckerItem.axe_messages | {
        rule: {"error_name": name, "help_text": text} for rule, (name, text) in HELP.items()
    }
    # What belongs to the hub and not to the text: an editor can do nothing about it.
    axe_exclude = ["body > header", "body > footer", ".help-now", "nav"]
