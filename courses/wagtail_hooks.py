from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from courses.models import KitPage, QuestionBank
from courses.questions.bank_admin import ADDRESSES, QuestionBankViewSet
from courses.questions.rights import BankPolicy
from hub.accounts.roles import can_see_staff_pages

register_snippet(QuestionBankViewSet)


@hooks.register("register_admin_urls")
def question_addresses():
    """Files of questions in and out."""
    return ADDRESSES


@hooks.register("before_bulk_action")
def banks_in_her_language(request, action_type, objects, action):
    """Bulk actions ask for the right to the model only."""
    may = BankPolicy(QuestionBank).user_has_permission_for_instance
    if QuestionBank in action.models and not all(may(request.user, "delete", bank) for bank in objects):
        raise PermissionDenied


@hooks.register("register_page_header_buttons")
def enrolment_button(page, user, view_name, next_url=None):
    """From a kit in the editor to its terms, requests and invitations."""
    if isinstance(page.specific_deferred, KitPage) and can_see_staff_pages(user):
        yield Button(
            _("Enrolment"), reverse("editor_enrolments", args=[page.translation_key]), icon_name="group", priority=80
        )


@hooks.register("register_admin_urls")
def enrolment_urls():
    """An address that holds in every language of the editor; the desk itself is a page of the hub's own."""
    desk = RedirectView.as_view(pattern_name="desk:kit")
    return [path("enrolments/<uuid:kit_key>/", desk, name="editor_enrolments")]
