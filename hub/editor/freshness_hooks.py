"""Freshness in Wagtail's admin: its address and its place in the menu of reports."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from hub.accounts.roles import edited_languages
from hub.editor import freshness_views, publishing
from hub.editor.freshness_panel import add_panel


@hooks.register("register_admin_urls")
def freshness_urls():
    return [
        path("freshness/", freshness_views.freshness, name="editor_freshness"),
        path("freshness/mail/", freshness_views.weekly_mail, name="editor_freshness_mail"),
        path("publish/<int:page_id>/<int:revision_id>/", publishing.publish_english, name="editor_publish_english"),
    ]


# After all others that may have something to say about it.
hooks.register("before_publish_page", publishing.before_publish, order=100)


hooks.register("construct_homepage_panels", add_panel)


class EditorsItem(MenuItem):
    def is_shown(self, request):
        return bool(edited_languages(request.user))


@hooks.register("register_reports_menu_item")
def freshness_in_menu():
    url = reverse("editor_freshness")
    return EditorsItem(_("Freshness of the translations"), url, name="freshness", icon_name="globe", order=90)
