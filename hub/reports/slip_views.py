"""What has changed for a group: slips without a name, counted by hand and entered by a trainer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hub.accounts.access import posted, staff_page
from hub.lib.limits import allow
from hub.lib.redirects import see_other
from hub.reports.access import can_count_slips
from hub.reports.actions import add_slips
from hub.reports.forms import SlipsForm
from hub.reports.models import SlipCount

SHOWN = 20
PER_DAY = 50


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(can_count_slips)
def slips(request):
    form = SlipsForm(posted(request))
    if form.is_valid():
        if allow(f"slips:{request.user.pk}", limit=PER_DAY, seconds=86_400):
            add_slips(organisation=request.user.organisation, **form.cleaned_data)
            messages.success(request, _("The slips are counted. They are in the figures from tomorrow."))
            return see_other(reverse("reports:slips"))
        form.add_error(None, _("There were too many attempts. Please wait a few minutes and try again."))
    rows = SlipCount.objects.filter(organisation=request.user.organisation).order_by("-day", "-pk")[:SHOWN]
    context = {"form": form, "rows": rows, "organisation": request.user.organisation}
    return render(request, "reports/slips.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff_page(can_count_slips)
def delete(request, slips_id):
    """For a mistake: it is deleted and entered again."""
    get_object_or_404(SlipCount, pk=slips_id, organisation=request.user.organisation).delete()
    messages.success(request, _("Deleted. From tomorrow the figures are without these slips."))
    return see_other(reverse("reports:slips"))
