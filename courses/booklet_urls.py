"""What is hers in a kit, under /<language>/my/: booklet, plan, calendar."""

from django.urls import path

from courses import booklet_views, calendar_views, plan_views

app_name = "booklet"

plan = "plan/<slug:kit>/"
goal = f"{plan}goals/<uuid:goal_uid>/"
step = f"{goal}steps/<uuid:step_uid>/"

urlpatterns = [
    path("booklet/<slug:kit>/", booklet_views.show, name="show"),
    path("booklet/<slug:kit>/empty/", booklet_views.empty, name="empty"),
    path(plan, plan_views.show, name="plan"),
    path(f"{plan}goals/", plan_views.add_goal, name="add_goal"),
    path(goal, plan_views.change_goal, name="change_goal"),
    path(f"{goal}move/", plan_views.move_goal, name="move_goal"),
    path(f"{goal}delete/", plan_views.delete_goal, name="delete_goal"),
    path(f"{goal}steps/", plan_views.add_step, name="add_step"),
    path(step, plan_views.change_step, name="change_step"),
    path(f"{step}mark/", plan_views.mark_step, name="mark_step"),
    path(f"{step}move/", plan_views.move_step, name="move_step"),
    path(f"{step}delete/", plan_views.delete_step, name="delete_step"),
    path("calendar/", calendar_views.show, name="calendar"),
    path("calendar/reminders.ics", calendar_views.take_file, name="calendar_file"),
    path("calendar/address/", calendar_views.renew_feed, name="renew_feed"),
    path("calendar/address/off/", calendar_views.stop_feed, name="stop_feed"),
]
