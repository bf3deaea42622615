"""What every page needs besides its own matter. Nothing here costs a query once the cache is warm."""

from django.conf import settings
from django.core.cache import cache
from django.utils.functional import SimpleLazyObject

from hub.lib.stamp import content_stamp
from hub.models import SiteSettings

KEPT_SETTINGS = ["hub_name", "operator_name", "operator_email", "exit_url"]


def site_settings():
    """The hub's settings as a dict of KEPT_SETTINGS, read from the database once per content stamp."""
    return cache.get_or_set(f"site-settings:{content_stamp()}", read_site_settings, 3600)


def read_site_settings():
    row = SiteSettings.objects.first() or SiteSettings()
    return {name: getattr(row, name) for name in KEPT_SETTINGS}


def hub(request):
    return {"hub": SimpleLazyObject(site_settings), "sends_mail": settings.SENDS_MAIL}
