"""/<lang>/reports/: figures for partners and funders. Who sees which: hub/reports/access.py."""

from django.urls import path

import hub.accounts.staff_urls  # noqa: F401  (knows <key:…>)
from hub.reports import slip_views, views

app_name = "reports"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("annex/", views.annex, name="annex"),
    path("file/", views.take, name="take"),
    path("targets/", views.targets, name="targets"),
    path("slips/", slip_views.slips, name="slips"),
    path("slips/<key:slips_id>/delete/", slip_views.delete, name="delete_slips"),
    path("meaning/", views.meaning, name="meaning"),
]
