from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from courses.translation.step import translations_of
from hub.editor import rights

rights.apply()
ONE_BY_ONE = {"delete", "move", "unpublish"}


@hooks.register("before_edit_page", order=-20)
def a_locked_translation_stays(request, page):
    """wagtail-localize's editor publishes without looking at locks: a page in review waits for its reviewer."""
    if request.method == "POST" and "action" in request.POST and page.permissions_for_user(request.user).page_locked():
        messages.error(request, _("This page is locked or waits for review. Nothing was changed."))
        return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_move_page")
def the_place_of_a_translation_is_given(request, page, destination):
    if rights.place_is_given(page):
        messages.error(
            request,
            _("The place of this page follows the English page. Move the English page; its languages move with it."),
        )
        return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def pages_with_languages_one_by_one(request, action_type, objects, action):
    """Wagtail's bulk actions neither ask about the other languages of a page nor tell what learners keep there."""
    if Page not in action.models or action_type not in ONE_BY_ONE:
        return None
    if not any(translations_of(page).exists() for page in objects):
        return None
    messages.error(
        request,
        _(
            "Nothing was changed. Pages that have translations are moved, unpublished and deleted one by one, "
            "so that you see what happens to their languages and to what learners wrote."
        ),
    )
    return redirect(action.next_url)
