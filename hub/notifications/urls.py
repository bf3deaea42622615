from django.urls import path

from hub.notifications import views

urlpatterns = [
    path("", views.news, name="news"),
    path("read/", views.read_all, name="news_read_all"),
    path("settings/", views.mail_settings, name="news_settings"),
    path("settings/clear/", views.clear_choice, name="news_clear_choice"),
    path("stop/<str:token>/", views.stop, name="news_stop"),
    path("<int:news_id>/", views.open_one, name="news_open"),
]
