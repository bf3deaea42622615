from django.urls import path

from hub.learning import views

urlpatterns = [path("", views.my_learning, name="my_learning")]
