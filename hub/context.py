"""What every page needs besides its own matter. Nothing here costs a query once the cache is warm."""

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page

from hub.lib.stamp import content_stamp
from hub.models import SiteSettings

KEPT_SETTINGS = ["hub_name", "operator_name", "operator_email", "exit_url"]
HELP = "help"  # the page of which no reader may find nothing


def site_settings():
    """The hub's settings as a dict of KEPT_SETTINGS and `hidden_languages`, read once per content stamp."""
    return cache.get_or_set(f"site-settings:{content_stamp()}", read_site_settings, 3600)


def read_site_settings():
    row = SiteSettings.objects.first() or SiteSettings()
    return {name: getattr(row, name) for name in KEPT_SETTINGS} | {"hidden_languages": hidden_languages()}


def hidden_languages():
    """The codes of languages that are still in the making: readers would find neither a home page nor help."""
    further = [code for code, _name in settings.LANGUAGES if code not in settings.COMPLETE_LANGUAGES]
    if not further:
        return ()
    live = Page.objects.live().filter(Q(depth=2) | Q(depth=3, slug=HELP), locale__language_code__in=further)
    found = set(live.values_list("locale__language_code", "depth"))
    return tuple(code for code in further if not {(code, 2), (code, 3)} <= found)


def hub(request):
    return {"hub": SimpleLazyObject(site_settings), "sends_mail": settings.SENDS_MAIL}
