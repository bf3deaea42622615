"""Where the translator's desk is found in Wagtail's admin."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.userbar import BaseItem
from wagtail.admin.widgets.button import Button

from hub.editor import approving, asking, translate_views


@hooks.register("register_admin_urls")
def desk_urls():
    one = [
        path("", translate_views.translate, name="editor_translate"),
        path("suggest/", translate_views.suggest, name="editor_translate_suggest"),
        path("submit/", translate_views.submit, name="editor_translate_submit"),
        path("publish/", translate_views.publish, name="editor_translate_publish"),
        path("review/", translate_views.review, name="editor_translate_review"),
    ]
    return [
        path("translate/page/<int:page_id>/", translate_views.of_page, name="editor_translate_page"),
        path("translate/<int:translation_id>/", include(one)),
    ]


def desk_button(page, user, next_url=None, view_name=None):
    """On a page that is not English, in its list and in its head."""
    if page.depth > 1 and page.locale.language_code != "en" and page.permissions_for_user(user).can_edit():
        yield Button(_("Translate"), reverse("editor_translate_page", args=[page.pk]), icon_name="globe", priority=5)


hooks.register("register_page_listing_buttons", desk_button)
hooks.register("register_page_header_buttons", desk_button)

# Before wagtail-localize's own hook, which publishes.
hooks.register("before_edit_page", asking.before_edit_page, order=-10)
hooks.register("before_bulk_action", asking.before_bulk_publish)
approving.apply()


class TranslateItem(BaseItem):
    template_name = "editor/translate_userbar.html"

    def __init__(self, page):
        self.page = page

    def get_context_data(self, request):
        return {**super().get_context_data(request), "page": self.page}


@hooks.register("construct_wagtail_userbar")
def desk_from_the_page(request, items, page):
    """On the hub itself, in the round button that editors have there."""
    if page and page.pk and page.locale.language_code != "en" and page.permissions_for_user(request.user).can_edit():
        items.append(TranslateItem(page))
