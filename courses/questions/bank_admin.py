"""Question banks in the editor: each row of a bank is changed by those who may change its language."""

from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views import snippets

from courses.models import QuestionBank
from courses.questions import exchange_views
from courses.questions.rights import BankPolicy, editable_languages


class OwnLanguage:
    """Only rows in a language that she may change."""

    def get_object(self, *args, **kwargs):
        bank = super().get_object(*args, **kwargs)
        if bank.locale.language_code not in editable_languages(self.request.user):
            raise PermissionDenied
        return bank


class EditView(OwnLanguage, snippets.EditView):
    pass


class DeleteView(OwnLanguage, snippets.DeleteView):
    pass


class HistoryView(OwnLanguage, snippets.HistoryView):
    pass


class UsageView(OwnLanguage, snippets.UsageView):
    pass


class IndexView(snippets.IndexView):
    @property
    def header_buttons(self):
        buttons = super().header_buttons
        if self.user_has_permission("add"):
            url = reverse("question_import_start")
            buttons = [*buttons, HeaderButton(_("Import"), url=url, icon_name="upload", priority=20)]
        return [*buttons, HeaderButton(_("Export"), url=reverse("question_export"), icon_name="download", priority=30)]


class QuestionBankViewSet(snippets.SnippetViewSet):
    """One row per language; the quizzes of lessons draw from it."""

    model = QuestionBank
    icon = "help"
    menu_label = _("Question banks")
    add_to_admin_menu = True
    list_display = ["title", "locale"]
    search_fields = ["title"]
    copy_view_enabled = False
    index_view_class = IndexView
    edit_view_class = EditView
    delete_view_class = DeleteView
    history_view_class = HistoryView
    usage_view_class = UsageView

    @property
    def permission_policy(self):
        return BankPolicy(self.model)

    def get_queryset(self, request):
        codes = editable_languages(request.user)
        return QuestionBank.objects.filter(locale__language_code__in=codes).select_related("locale")


ADDRESSES = [
    path("questions/import/", exchange_views.start_import, name="question_import_start"),
    path("questions/import/<str:token>/", exchange_views.finish_import, name="question_import"),
    path("questions/export/", exchange_views.export, name="question_export"),
]
