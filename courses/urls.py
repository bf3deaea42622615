from django.urls import path

from courses import answer_views, enrolment_views, record_views, sheet_views, views
from courses.questions import views as question_views

app_name = "courses"

# A record address names keys, never slugs: it holds in every language and after every renaming.
kit_record = "record/kit/<uuid:kit_key>/"
lesson_record = "record/lesson/<uuid:lesson_key>/"
block_record = f"{lesson_record}<uuid:block_id>/"

urlpatterns = [
    path("", views.index, name="index"),
    path("join/", enrolment_views.join, name="join"),
    path(f"{kit_record}enrol/", enrolment_views.enrol, name="enrol"),
    path(f"{kit_record}code/", enrolment_views.give_code, name="give_code"),
    path(f"{kit_record}ask/", enrolment_views.ask, name="ask"),
    path(f"{kit_record}withdraw/", enrolment_views.withdraw, name="withdraw"),
    path(f"{kit_record}leave/", enrolment_views.leave, name="leave"),
    path(f"{lesson_record}done/", record_views.mark, name="mark"),
    path(f"{block_record}answer/", answer_views.answer, name="answer"),
    path(f"{block_record}check/", answer_views.answer, name="check"),
    path(f"{block_record}draw/", question_views.draw, name="draw"),
    path(f"{block_record}delete/", answer_views.delete, name="delete_answer"),
    path(f"{block_record}versions/", answer_views.versions, name="versions"),
    path(f"{block_record}versions/<uuid:client_id>/restore/", answer_views.restore, name="restore_version"),
    path(f"{block_record}versions/<uuid:client_id>/delete/", answer_views.delete_version, name="delete_version"),
    path("record/waiting/", answer_views.waiting, name="waiting"),
    path("record/captions/<uuid:page_key>/<uuid:block_id>.vtt", views.captions, name="captions"),
    path("<slug:kit>/", views.kit, name="kit"),
    path("<slug:kit>/print/", sheet_views.index, name="prints"),
    path("<slug:kit>/print/all/", sheet_views.whole_kit, name="print_kit"),
    path("<slug:kit>/print/plans/<uuid:block_id>/", sheet_views.plan, name="print_plan"),
    path("<slug:kit>/print/<slug:sheet>/", sheet_views.sheet, name="sheet"),
    path("<slug:kit>/<slug:module>/print/", sheet_views.module, name="print_module"),
    path("<slug:kit>/<slug:module>/", views.module, name="module"),
    path("<slug:kit>/<slug:module>/<slug:lesson>/", views.lesson, name="lesson"),
]
