from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents.views import serve as wagtaildocs_views

from courses import calendar_views, glossary_views, library_views
from forums import picture_views
from hub import country_views, health, media, my_data, views
from hub.certificates import check_views
from hub.reports import result_views

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("", views.choose_language, name="choose_language"),
    # Wagtail's own ways in are closed: everybody signs in at the one door.
    path("editor/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("editor/logout/", RedirectView.as_view(pattern_name="account_logout")),
    re_path(r"^editor/password_reset/", RedirectView.as_view(pattern_name="account_recover")),
    re_path(r"^editor/account/change_password/", RedirectView.as_view(pattern_name="account_change_password")),
    path("editor/", include(wagtailadmin_urls)),
    # Wagtail's own addresses of documents take numbers of any length, and fail on them.
    path("documents/<int:document_id>/<str:document_filename>", media.serve_document, name="wagtaildocs_serve"),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        wagtaildocs_views.authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("media/<path:path>", media.serve_media, name="media"),
    path("pictures/<uuid:picture_key>/", picture_views.large, name="post_picture"),
    path("pictures/<uuid:picture_key>/small/", picture_views.small, name="post_picture_small"),
    path("calendar/<str:key>.ics", calendar_views.feed, name="calendar_feed"),
    path(".well-known/did.json", check_views.did, name="badge_keys"),
    path("badges/status/<int:number>.jwt", check_views.status_list, name="badge_list"),
]
urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("accounts/", include("hub.accounts.urls")),
    path("staff/", include("hub.accounts.staff_urls")),
    path("staff/kits/", include("courses.desk_urls")),
    path("my/data/", my_data.show, name="my_data"),
    path("my/data/file/", my_data.take_along, name="my_data_file"),
    path("my/data/erase/", my_data.erase, name="my_data_erase"),
    path("my/news/", include("hub.notifications.urls")),
    path("", include("hub.certificates.urls")),
    path("my/", include("courses.booklet_urls")),
    path("my/", include("hub.learning.urls")),
    path("trainer/", include("hub.trainer.urls")),
    path("reports/", include("hub.reports.urls")),
    path("results/", result_views.results, name="results"),
    path("search/", include("hub.search.urls")),
    path("leave/", views.leave, name="leave"),
    path("glossary/", glossary_views.show, name="glossary"),
    path("forums/", include("forums.urls")),
    path("kits/", include("courses.urls")),
    path("library/", library_views.show, name="library"),
    path("countries/", country_views.show, name="countries"),
    path("countries/<slug:country>/", country_views.show, name="country"),
    # A door of Wagtail's that would ask for no second factor and count no attempts.
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("", include(wagtail_urls)),
)

handler404 = "hub.views.not_found"
handler403 = "hub.views.forbidden"
handler500 = "hub.views.server_error"
