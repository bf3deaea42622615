from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    label = "courses"

    def ready(self):
        from courses.translation import receivers, stay  # models are ready only now

        receivers.connect()
        stay.keep_older_translations()
