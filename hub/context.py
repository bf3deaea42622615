"""What every page needs besides its own matter. Nothing here costs a query once the cache is warm."""

from django.conf import settings
from django.core.cache import cache
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info

from hub.lib.stamp import content_stamp
from hub.models import SiteSettings

KEPT_SETTINGS = ["hub_name", "operator_name", "operator_email", "exit_url"]


def site_settings():
    """The hub's settings as a dict of KEPT_SETTINGS, read from the database once per content stamp."""
    return cache.get_or_set(f"site-settings:{content_stamp()}", read_site_settings, 3600)


def read_site_settings():
    row = SiteSettings.objects.first() or SiteSettings()
    return {name: getattr(row, name) for name in KEPT_SETTINGS}


def is_right_to_left(code):
    return get_language_info(code)["bidi"]


def alternates(path, query=""):
    """The same address in every language of the hub: list of dicts `code`, `name`, `path`, `url`, `current`, `dir`.

    `url` keeps the query, for her switch of language; `path` is without, for search engines.

    An address without a language in front has no other languages; there each language leads to its home page.
    """
    prefix, _, rest = path.lstrip("/").partition("/")
    rest = rest if prefix in settings.LANGUAGE_NAMES else ""
    tail = f"?{query}" if query and rest else ""
    return [
        {
            "code": code,
            "name": name,
            "path": f"/{code}/{rest}",
            "url": f"/{code}/{rest}{tail}",
            "current": code == get_language(),
            "dir": "rtl" if is_right_to_left(code) else "ltr",
        }
        for code, name in settings.LANGUAGES
    ]


def hub(request):
    return {"hub": SimpleLazyObject(site_settings)}
