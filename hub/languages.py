"""Which language an address is in, and what to do with one that names none of ours."""

import re
from functools import cache, lru_cache

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language, get_language_info

LOOKS_LIKE_LANGUAGE = re.compile(r"^/[a-z]{2,3}(-[a-z]+)?(/|$)", re.IGNORECASE)


class LanguageMiddleware(LocaleMiddleware):
    """Django's own, except that `/xx/kits/` stays the 404 it is: Django would send her on to `/en/xx/kits/`."""

    def process_response(self, request, response):
        if response.status_code == 404 and LOOKS_LIKE_LANGUAGE.match(request.path_info):
            response.headers.setdefault("Content-Language", get_language())
            return response
        return super().process_response(request, response)


@cache
def is_right_to_left(code):
    return get_language_info(code)["bidi"]


def alternates(path, query="", hidden=()):
    """The same address in every language of the hub; read only, see `alternates_from`."""
    return alternates_from(get_language(), path, query, hidden)


@lru_cache(maxsize=1024)
def alternates_from(language, path, query, hidden=()):
    """Tuple of dicts `code`, `name`, `path`, `url`, `current`, `dir`. Of the codes in `hidden` only the current one is there.

    `url` keeps the query, for her switch of language; `path` is without, for search engines.
    An address without a language in front has no other languages; there each language leads to its home page.
    """
    prefix, _, rest = path.lstrip("/").partition("/")
    rest = rest if prefix in dict(settings.LANGUAGES) else ""
    tail = f"?{query}" if query and rest else ""
    return tuple(
        {
            "code": code,
            "name": name,
            "path": f"/{code}/{rest}",
            "url": f"/{code}/{rest}{tail}",
            "current": code == language,
            "dir": "rtl" if is_right_to_left(code) else "ltr",
        }
        for code, name in settings.LANGUAGES
        if code == language or code not in hidden
    )
