from django.urls import reverse
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from hub.reports.access import can_see_reports
from hub.reports.entries import ResultViewSet

register_snippet(ResultViewSet)


class FiguresItem(MenuItem):
    def is_shown(self, request):
        return can_see_reports(request.user)


@hooks.register("register_reports_menu_item")
def figures_in_menu():
    name = pgettext_lazy("statistics of the hub", "Figures")
    return FiguresItem(name, reverse("reports:overview"), name="figures", icon_name="table", order=900)
