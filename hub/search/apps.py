from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "hub.search"
    label = "search"

    def ready(self):
        from hub.search import receivers  # models are ready only now

        receivers.connect()
