"""What an editor is told, and asked, before she moves, copies, unpublishes or deletes a page."""

from django.contrib import messages
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.unpublish import Unpublish

from courses.models import KitPage, LessonPage, ModulePage
from courses.records import records_in_words
from courses.translation.step import translations_of

RECORDED = (KitPage, ModulePage, LessonPage)


def tell_of_records(request, page):
    if request.method == "GET" and isinstance(page.specific_deferred, RECORDED) and (words := records_in_words(page)):
        messages.warning(request, words)


@hooks.register("before_delete_page")
def records_before_deleting(request, page):
    tell_of_records(request, page)


@hooks.register("before_move_page")
def records_before_moving(request, page, destination):
    tell_of_records(request, page)
    count = translations_of(page).count()
    if request.method == "GET" and count:
        messages.info(request, _("Its place is the same in every language: the other languages move with it."))


@hooks.register("before_copy_page")
def a_copy_is_new(request, page):
    if request.method == "GET" and isinstance(page.specific_deferred, RECORDED):
        messages.info(
            request,
            _(
                "A copy is a page of its own: learners begin it anew, and what they wrote stays with the page you copy. "
                "Its other languages are not copied."
            ),
        )


@hooks.register("construct_translated_pages_to_cascade_actions")
def languages_go_together(pages, action):
    """What is no longer there in English is there in no language. Moving has its own way: courses/translation/step.py."""
    if action in {"delete", "unpublish"}:
        return {page: translations_of(page) for page in pages}


# Unpublishing asks its hook only when it is done already.
stock_context = Unpublish.get_context_data


def context_with_records(view, **kwargs):
    tell_of_records(view.request, view.object)
    return stock_context(view, **kwargs)


Unpublish.get_context_data = context_with_records


# Wagtail warns, in the browser, that somebody else has saved meanwhile; it does not refuse.
stock_valid = EditView.form_valid


def refuse_once_what_is_stale(view, form):
    """The form comes back with what she typed and with the newer version's number, so that saving again is her decision."""
    by_another = view.latest_revision and view.latest_revision.user_id != view.request.user.pk
    if view.expects_json_response or not view.is_out_of_date or not by_another:
        return stock_valid(view, form)
    form.add_error(
        None,
        _(
            "Somebody else has saved this page since you opened it. Nothing of yours was saved yet. "
            "Look at the page history, then save again: your text will stand in place of theirs, which stays in the history."
        ),
    )
    return view.form_invalid(form)


EditView.form_valid = refuse_once_what_is_stale
