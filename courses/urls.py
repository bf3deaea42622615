from django.urls import path

from courses import record_views, views
from courses.questions import views as question_views

app_name = "courses"

# A record address names keys, never slugs: it holds in every language and after every renaming.
lesson_record = "record/lesson/<uuid:lesson_key>/"
block_record = f"{lesson_record}<uuid:block_id>/"

urlpatterns = [
    path("record/kit/<uuid:kit_key>/enrol/", record_views.enrol, name="enrol"),
    path("record/kit/<uuid:kit_key>/leave/", record_views.leave, name="leave"),
    path(f"{lesson_record}done/", record_views.mark, name="mark"),
    path(f"{block_record}answer/", record_views.answer, name="answer"),
    path(f"{block_record}check/", record_views.answer, name="check"),
    path(f"{block_record}draw/", question_views.draw, name="draw"),
    path(f"{block_record}delete/", record_views.delete, name="delete_answer"),
    path(f"{block_record}versions/<uuid:client_id>/delete/", record_views.delete_beside, name="delete_version"),
    path("record/captions/<uuid:page_key>/<uuid:block_id>.vtt", views.captions, name="captions"),
    path("<slug:kit>/", views.kit, name="kit"),
    path("<slug:kit>/<slug:module>/", views.module, name="module"),
    path("<slug:kit>/<slug:module>/<slug:lesson>/", views.lesson, name="lesson"),
]
