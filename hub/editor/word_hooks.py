from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from courses.models import KitIndexPage
from hub.editor import word_views


@hooks.register("register_admin_urls")
def kit_import_addresses():
    return [
        path("kits/import/", word_views.choose_document, name="kit_import"),
        path("kits/import/<uuid:key>/", word_views.preview_document, name="kit_import_preview"),
    ]


@hooks.register("register_page_header_buttons")
def kit_import_button(page, user, view_name, next_url=None):
    """Beside the English list of kits."""
    ours = isinstance(page.specific_deferred, KitIndexPage) and page.locale.language_code == "en"
    if ours and word_views.can_make_kits(user):
        yield Button(_("Kit from a Word document"), reverse("kit_import"), icon_name="doc-full", priority=70)
