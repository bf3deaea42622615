from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.models import QuestionBank


class QuestionBankViewSet(SnippetViewSet):
    """One row per language; the quizzes of lessons draw from it."""

    model = QuestionBank
    icon = "help"
    menu_label = _("Question banks")
    add_to_admin_menu = True
    list_display = ["title", "locale"]
    search_fields = ["title"]


register_snippet(QuestionBankViewSet)
