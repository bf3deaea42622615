"""Checks in Wagtail's admin: addresses, the report's place in the menu, a button on each page, the checker of the preview."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.admin.widgets.button import Button

from courses.checks.texts import kind_of
from hub.editor import checks_views
from hub.editor.checker import OurChecker


@hooks.register("register_admin_urls")
def check_urls():
    return [
        path("checks/", checks_views.show_report, name="editor_checks"),
        path("checks/page/<int:page_id>/", checks_views.show_page, name="editor_checks_page"),
        path("checks/page/<int:page_id>/now/", checks_views.measure_unsaved, name="editor_checks_now"),
    ]


@hooks.register("register_reports_menu_item")
def checks_in_menu():
    return MenuItem(_("Checks"), reverse("editor_checks"), name="checks", icon_name="glasses", order=100)


@hooks.register("register_page_header_buttons")
def checks_button(page, user, view_name, next_url=None):
    if kind_of(page.specific_deferred) and page.permissions_for_user(user).can_edit():
        url = reverse("editor_checks_page", args=[page.pk])
        yield Button(_("Checks and measures"), url, icon_name="glasses", priority=70)


@hooks.register("insert_editor_js")
def captions_from_file():
    """Beside the captions of a film: take them from a file."""
    words = {
        "choose": _("Take the captions from a file (.vtt)"),
        "odd": _("This file is not in UTF-8. Save it with the encoding UTF-8."),
    }
    return format_html(
        '<script type="module" src="{}" data-choose="{}" data-odd="{}" data-captions-script></script>',
        static("js/editor-captions.js"),
        words["choose"],
        words["odd"],
    )


@hooks.register("construct_wagtail_userbar")
def our_checker(request, items, page):
    """Ours in the place of Wagtail's."""
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = OurChecker(in_editor=item.in_editor)
