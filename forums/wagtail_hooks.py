from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from forums.models import Forum

RULES = ["staff_only", "moderated", "close_after_days"]


class ForumViewSet(SnippetViewSet):
    """Name and topic in each language. No list of people, aliases or posts is registered, on purpose."""

    model = Forum
    icon = "comment"
    menu_label = _("Forums")
    add_to_admin_menu = True
    list_display = ["name", "slug"]
    inspect_view_enabled = False
    edit_handler = TabbedInterface(
        [
            ObjectList([FieldPanel(f"name_{code}"), FieldPanel(f"topic_{code}")], heading=name)
            for code, name in settings.LANGUAGES
        ]
        + [
            ObjectList(
                [FieldPanel("slug"), *map(FieldPanel, RULES), FieldPanel("public", permission="forums.open_forum")],
                heading=_("Rules"),
            )
        ]
    )

    def get_queryset(self, request):
        """Without those of circles: their titles concern nobody but their members."""
        return Forum.objects.filter(cohort=None)


register_snippet(ForumViewSet)
