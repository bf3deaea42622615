"""Replacing a word: its address and its place in the menu, for those who publish in a language."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from hub.accounts.roles import published_languages
from hub.editor import replace_views


@hooks.register("register_admin_urls")
def replace_urls():
    return [path("replace/", replace_views.replace, name="editor_replace")]


class ReplaceItem(MenuItem):
    def is_shown(self, request):
        return bool(published_languages(request.user))


@hooks.register("register_reports_menu_item")
def replace_in_menu():
    return ReplaceItem(_("Replace a word"), reverse("editor_replace"), name="replace", icon_name="resubmit", order=110)
