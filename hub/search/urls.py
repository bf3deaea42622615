from django.urls import path

from hub.search import views

app_name = "search"

urlpatterns = [
    path("", views.show, name="search"),
    path("suggest/", views.suggest, name="suggest"),
]
