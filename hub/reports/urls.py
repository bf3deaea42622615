"""/<lang>/reports/: figures for partners and funders. Who sees which: hub/reports/access.py."""

from django.urls import path

from hub.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("annex/", views.annex, name="annex"),
    path("file/", views.take, name="take"),
    path("targets/", views.targets, name="targets"),
    path("meaning/", views.meaning, name="meaning"),
]
