from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "forums"
    label = "forums"

    def ready(self):
        from wagtail.signals import page_published

        from courses.models import KitPage
        from forums.actions import make_forum_on_publish

        page_published.connect(make_forum_on_publish, sender=KitPage, dispatch_uid="forums.make_forum")
