from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList, TabbedInterface
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.entry_admin import CreateView, EditView, OwnPanel
from forums.models import Forum

RULES = ["staff_only", "moderated", "close_after_days"]


class ForumViewSet(SnippetViewSet):
    """Name and topic, each language for whoever publishes it; the rules for whoever publishes English.

    No list of people, aliases or posts is registered, on purpose.
    """

    model = Forum
    icon = "comment"
    menu_label = _("Forums")
    add_to_admin_menu = True
    list_display = ["name", "slug"]
    inspect_view_enabled = copy_view_enabled = False
    add_view_class, edit_view_class = CreateView, EditView
    edit_handler = TabbedInterface(
        [
            ObjectList([OwnPanel(f"name_{code}"), OwnPanel(f"topic_{code}")], heading=name)
            for code, name in settings.LANGUAGES
        ]
        + [
            ObjectList(
                [OwnPanel("slug"), *map(OwnPanel, RULES), OwnPanel("public", permission="forums.open_forum")],
                heading=_("Rules"),
            )
        ]
    )

    def get_queryset(self, request):
        """Without those of circles: their titles concern nobody but their members."""
        return Forum.objects.filter(cohort=None)


register_snippet(ForumViewSet)
