"""Published results in the editor: as the library, with a tab for each language; each person changes the languages that are hers."""

from django.conf import settings
from django.utils.text import capfirst
from wagtail.admin.panels import ObjectList, TabbedInterface

from courses.entry_admin import EntryViewSet, OwnPanel
from hub.reports.models import Result

SHARED = ["language", "published_on", "licence", "deposited", "url"]
TRANSLATED = ["title", "about"]


def panel(name, code=""):
    label = Result._meta.get_field(name).verbose_name
    return OwnPanel(f"{name}_{code}" if code else name, heading=capfirst(label))


class ResultViewSet(EntryViewSet):
    model = Result
    icon = "doc-full-inverse"
    list_display = ["title", "language", "published_on", "deposited"]
    edit_handler = TabbedInterface(
        [
            ObjectList([*(panel(name, "en") for name in TRANSLATED), *map(panel, SHARED)], heading="English"),
            *(
                ObjectList([panel(name, code) for name in TRANSLATED], heading=language)
                for code, language in settings.LANGUAGES
                if code != "en"
            ),
        ]
    )
