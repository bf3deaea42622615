"""How an author begins a kit or a lesson, before Wagtail's empty form."""

from django.urls import path
from wagtail import hooks

from hub.editor import starts_views

hooks.register("before_create_page", starts_views.ask_how)


@hooks.register("register_admin_urls")
def start_urls():
    return [path("start/<slug:name>/<int:parent_id>/", starts_views.start, name="editor_start")]
