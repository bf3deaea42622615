"""/<lang>/staff/kits/: how one may enrol in each kit, and who waits for an answer."""

from django.urls import path

import hub.accounts.staff_urls  # noqa: F401  (knows <key:…>)
from courses import desk_views

app_name = "desk"

urlpatterns = [
    path("", desk_views.kits, name="kits"),
    path("<uuid:kit_key>/", desk_views.kit, name="kit"),
    path("<uuid:kit_key>/terms/", desk_views.terms, name="terms"),
    path("<uuid:kit_key>/people/", desk_views.people, name="people"),
    path("<uuid:kit_key>/people/<key:enrolment_id>/", desk_views.decide, name="decide"),
    path("<uuid:kit_key>/invitations/", desk_views.invitations, name="invitations"),
]
