from django.urls import path

import hub.accounts.staff_urls  # noqa: F401  (knows <key:…>)
from hub.learning import circle_views, reminder_views, share_views, views

urlpatterns = [
    path("", views.my_learning, name="my_learning"),
    path("reminder/", reminder_views.reminder, name="reminder"),
    path("circles/join/<slug:code>/", circle_views.join, name="circle_join"),
    path("circles/<key:cohort_id>/", circle_views.circle, name="circle"),
    path("circles/<key:cohort_id>/shared/", share_views.shared, name="circle_shared"),
    path("circles/<key:cohort_id>/leave/", circle_views.leave, name="circle_leave"),
]
