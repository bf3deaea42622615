from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True  # Wagtail's, imported here, is one more to choose from
    name = "hub.accounts"
    label = "accounts"

    def ready(self):
        from hub.accounts import doors, sessions  # models are ready only now

        sessions.connect()
        doors.connect()


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's list of users with our form, see hub/people.py."""

    default = False
    user_viewset = "hub.people.UserViewSet"
