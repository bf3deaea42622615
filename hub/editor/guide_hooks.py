"""The editor's guide in Wagtail's admin: its address, and its place in the menu Help before all others."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from hub.editor import guide_views


@hooks.register("register_admin_urls")
def guide_urls():
    return [path("guide/", guide_views.show_guide, name="editor_guide")]


@hooks.register("register_help_menu_item")
def guide_in_menu():
    return MenuItem(_("Editor’s guide"), reverse("editor_guide"), name="our-guide", icon_name="help", order=100)


@hooks.register("construct_help_menu")
def one_guide(request, menu_items):
    """Wagtail's own, in English and on another host, is linked at the end of ours; what is new in a version is for operators."""
    menu_items[:] = [item for item in menu_items if not str(item.url).startswith("https://guide.wagtail.org/")]
