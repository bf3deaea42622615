from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "hub.accounts"
    label = "accounts"


class PeopleConfig(WagtailUsersAppConfig):
    """Wagtail's list of users with our form, see hub/people.py."""

    default = False
    user_viewset = "hub.people.UserViewSet"
