"""Where texts go out and come in, in Wagtail's admin."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from hub.editor import texts
from hub.editor.texts_forms import her_languages


@hooks.register("register_admin_urls")
def text_urls():
    return [
        path("texts/", texts.overview, name="editor_texts"),
        path("texts/download/", texts.download, name="editor_texts_download"),
        path("texts/upload/", texts.upload, name="editor_texts_upload"),
        path("texts/imports/<uuid:token>/", texts.show_import, name="editor_texts_import"),
        path("texts/conflicts/", texts.show_conflicts, name="editor_texts_conflicts"),
    ]


class TextsItem(MenuItem):
    def is_shown(self, request):
        return bool(her_languages(request.user))


@hooks.register("register_admin_menu_item")
def texts_in_menu():
    # Translators: in the editor's menu: the texts of pages as files, out and in.
    return TextsItem(_("Texts"), reverse("editor_texts"), name="texts", icon_name="globe", order=850)
