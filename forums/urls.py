from django.urls import path

from forums import moderation_views, news_views, reading_views, views, writing_views

app_name = "forums"
urlpatterns = [
    path("", views.index, name="index"),
    # Forums never take these as slugs: models.RESERVED_SLUGS.
    path("rules/", views.rules, name="rules"),
    path("read/", reading_views.read_all, name="read_all"),
    path("mine/", reading_views.mine, name="mine"),
    path("kept/", reading_views.kept, name="kept"),
    path("followed/", reading_views.followed, name="followed"),
    path("preview/", writing_views.preview, name="preview"),
    path("moderation/", moderation_views.queue, name="queue"),
    path("moderation/log/", moderation_views.log, name="log"),
    path("moderation/waiting/", moderation_views.waiting, name="waiting"),
    path("blocked/", reading_views.blocked, name="blocked"),
    path("aliases/<int:alias_id>/block/", reading_views.block, name="block"),
    path("posts/<int:post_id>/edit/", writing_views.edit, name="edit"),
    path("posts/<int:post_id>/older/", writing_views.erase_versions, name="erase_versions"),
    path("posts/<int:post_id>/withdraw/", writing_views.withdraw, name="withdraw"),
    path("posts/<int:post_id>/report/", views.report, name="report"),
    path("posts/<int:post_id>/accept/", views.accept, name="accept"),
    path("posts/<int:post_id>/keep/", reading_views.mark, {"kind": "kept"}, name="keep"),
    path("posts/<int:post_id>/thank/", reading_views.mark, {"kind": "thanks"}, name="thank"),
    path("posts/<int:post_id>/moderate/", moderation_views.post, name="moderate_post"),
    path("<slug:slug>/", views.forum, name="forum"),
    path("<slug:slug>/new/", writing_views.new_thread, name="new_thread"),
    path("<slug:slug>/read/", reading_views.read_forum, name="read_forum"),
    path("<slug:slug>/follow/", reading_views.follow_forum, name="follow_forum"),
    path("<slug:slug>/mail/", news_views.mail_about_forum, name="mail_about_forum"),
    path("<slug:slug>/warning/", views.warning_read, name="warning_read"),
    path("<slug:slug>/join/", views.join, name="join"),
    path("<slug:slug>/<int:thread_id>/", views.thread, name="thread"),
    path("<slug:slug>/<int:thread_id>/reply/", writing_views.reply, name="reply"),
    path("<slug:slug>/<int:thread_id>/follow/", reading_views.follow_thread, name="follow_thread"),
    path("<slug:slug>/<int:thread_id>/mail/", news_views.mail_about_thread, name="mail_about_thread"),
    path("<slug:slug>/<int:thread_id>/moderate/", moderation_views.thread, name="moderate_thread"),
]
