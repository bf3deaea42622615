"""/<lang>/trainer/: a trainer's circles. Who may see which: hub/trainer/access.py."""

from django.urls import path

import hub.accounts.staff_urls  # noqa: F401  (knows <key:…>)
from hub.trainer import (
    circle_views,
    list_views,
    paper_views,
    session_views,
    share_views,
    slip_views,
    trainer_views,
    views,
)

app_name = "trainer"

urlpatterns = [
    path("", views.room, name="room"),
    path("new/", circle_views.new, name="new"),
    path("<key:cohort_id>/", views.circle, name="circle"),
    path("<key:cohort_id>/questions/", views.questions, name="questions"),
    path("<key:cohort_id>/settings/", circle_views.change, name="settings"),
    path("<key:cohort_id>/code/", circle_views.code, name="code"),
    path("<key:cohort_id>/close/", circle_views.close, name="close"),
    path("<key:cohort_id>/messages/", circle_views.notices, name="messages"),
    path("<key:cohort_id>/members/<key:member_id>/", circle_views.member, name="member"),
    path("<key:cohort_id>/trainers/", trainer_views.trainers, name="trainers"),
    path("<key:cohort_id>/trainers/hand-over/", trainer_views.hand_over, name="hand_over"),
    path("<key:cohort_id>/trainers/take-out/", trainer_views.take_out, name="take_out"),
    path("<key:cohort_id>/sessions/", session_views.sessions, name="sessions"),
    path("<key:cohort_id>/sessions/<key:session_id>/", session_views.session, name="session"),
    path("<key:cohort_id>/sessions/<key:session_id>/change/", session_views.change, name="change_session"),
    path("<key:cohort_id>/sessions/<key:session_id>/delete/", session_views.delete, name="delete_session"),
    path("<key:cohort_id>/sessions/<key:session_id>/attendance/", session_views.attendance, name="attendance"),
    path("<key:cohort_id>/paper/", paper_views.paper, name="paper"),
    path("<key:cohort_id>/shared/", share_views.shared, name="shared"),
    path("<key:cohort_id>/shared/<key:share_id>/", share_views.share, name="share"),
    path("<key:cohort_id>/list/", list_views.take_out, name="list"),
    path("<key:cohort_id>/slips/", slip_views.upload, name="slips"),
    path("<key:cohort_id>/slips/make/", slip_views.make, name="make_slips"),
    path("<key:cohort_id>/slips/errors/", slip_views.errors, name="slip_errors"),
]
