from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from courses.entry_admin import EntryPolicy, GlossaryViewSet, LibraryViewSet
from courses.models import GlossaryTerm, KitPage, QuestionBank, Resource
from courses.questions.bank_admin import ADDRESSES, QuestionBankViewSet
from courses.questions.rights import BankPolicy
from hub.accounts.roles import can_see_staff_pages

register_snippet(QuestionBankViewSet)
register_snippet(GlossaryViewSet)
register_snippet(LibraryViewSet)


@hooks.register("register_admin_urls")
def question_addresses():
    """Files of questions in and out."""
    return ADDRESSES


@hooks.register("before_bulk_action")
def rows_in_her_language(request, action_type, objects, action):
    """Bulk actions ask for the right to the model only."""
    policies = {QuestionBank: BankPolicy, GlossaryTerm: EntryPolicy, Resource: EntryPolicy}
    for row in objects:
        policy = policies.get(type(row))
        if policy and not policy(type(row)).user_has_permission_for_instance(request.user, "delete", row):
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
