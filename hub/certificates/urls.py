from django.urls import path

from hub.certificates import check_views, staff_views, views

mine = "my/certificates/<uuid:kit_key>/"

urlpatterns = [
    path(mine, views.certificate, name="certificate"),
    path(f"{mine}ask/", views.ask, name="certificate_ask"),
    path(f"{mine}shown/", views.choose_shown, name="certificate_shown"),
    path(f"{mine}delete/", views.delete, name="certificate_delete"),
    path(f"{mine}document.<str:kind>", views.file, name="certificate_file"),
    path("staff/certificates/", staff_views.withdraw, name="staff_certificates"),
    path("certificates/", check_views.typed, name="certificate_start"),  # as printed, without the code
    path("certificates/check/", check_views.typed, name="certificate_check"),
    path("certificates/check/file/", check_views.sent, name="certificate_check_file"),
    path("certificates/<str:code>/", check_views.page, name="certificate_page"),
]
