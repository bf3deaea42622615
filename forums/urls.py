from django.urls import path

from forums import moderation_views, views

app_name = "forums"
urlpatterns = [
    path("", views.index, name="index"),
    # Forums never take these as slugs: models.RESERVED_SLUGS.
    path("rules/", views.rules, name="rules"),
    path("preview/", views.preview, name="preview"),
    path("moderation/", moderation_views.queue, name="queue"),
    path("moderation/log/", moderation_views.log, name="log"),
    path("posts/<int:post_id>/edit/", views.edit, name="edit"),
    path("posts/<int:post_id>/older/", views.erase_versions, name="erase_versions"),
    path("posts/<int:post_id>/withdraw/", views.withdraw, name="withdraw"),
    path("posts/<int:post_id>/report/", views.report, name="report"),
    path("posts/<int:post_id>/moderate/", moderation_views.post, name="moderate_post"),
    path("<slug:slug>/", views.forum, name="forum"),
    path("<slug:slug>/new/", views.new_thread, name="new_thread"),
    path("<slug:slug>/join/", views.join, name="join"),
    path("<slug:slug>/<int:thread_id>/", views.thread, name="thread"),
    path("<slug:slug>/<int:thread_id>/reply/", views.reply, name="reply"),
    path("<slug:slug>/<int:thread_id>/moderate/", moderation_views.thread, name="moderate_thread"),
]
