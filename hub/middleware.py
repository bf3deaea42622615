"""Headers for every response, compression, and the shared cache of visitors' pages."""

import gzip
import re
from hashlib import blake2b

import brotli
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from hub.lib.stamp import content_stamp

LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)
# With STORAGE_URL set, pictures and films come from there.
STORE = settings.STORAGES["default"].get("OPTIONS", {}).get("endpoint_url", "")


def policy(**directives):
    return "; ".join(f"{name.replace('_', '-')} {sources}".strip() for name, sources in directives.items())


STRICT = policy(
    default_src="'self'",
    img_src=f"'self' data: {STORE}",
    media_src=f"'self' {STORE}",
    object_src="'none'",
    base_uri="'none'",
    form_action="'self'",
    frame_ancestors="'self'",
)
# Wagtail's page editor and wagtail-localize's translation editor write inline styles and scripts (measured: 63 and 9 places).
EDITOR = policy(
    default_src="'self'",
    script_src="'self' 'unsafe-inline'",
    style_src="'self' 'unsafe-inline'",
    img_src=f"'self' data: blob: {STORE}",
    media_src=f"'self' {STORE}",
    object_src="'none'",
    base_uri="'none'",
    form_action="'self'",
    frame_ancestors="'self'",
)
# An uploaded SVG or HTML file opened on its own must not run as one of our pages.
UPLOADS = policy(default_src="'none'", img_src="'self'", media_src="'self'", style_src="'unsafe-inline'", sandbox="")
# Nothing but a picture is there, and it needs nothing.
PICTURES = policy(default_src="'none'", sandbox="")
PERMISSIONS = ", ".join(
    f"{feature}=()" for feature in "browsing-topics camera display-capture geolocation microphone payment usb".split()
)


class SecurityHeadersMiddleware:
    """Content-Security-Policy and Permissions-Policy; SecurityMiddleware adds nosniff, Referrer-Policy and COOP."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        path = request.path_info
        if not path.startswith(settings.STATIC_URL):
            response["Content-Security-Policy"] = policy_for(path)
            response["Permissions-Policy"] = PERMISSIONS
        return response


def policy_for(path):
    if path.startswith("/editor/"):
        return EDITOR
    if path.startswith("/pictures/"):
        return PICTURES
    return UPLOADS if path.startswith(("/media/", "/documents/")) else STRICT


class CompressMiddleware(GZipMiddleware):
    """gzip with random padding (against BREACH) for pages and JSON. Never for files: a film is asked for in byte ranges."""

    def process_response(self, request, response):
        if response.streaming or not response.get("Content-Type", "").startswith(("text/html", "application/json")):
            return response
        return super().process_response(request, response)


class PageCacheMiddleware:
    """Keeps visitors' whole pages, compressed, so that a hit costs no statement, no template and no compression.

    Cached is only: GET of an address under a language, without query string, session or message; answered 200 with HTML that
    sets no cookie and does not forbid keeping. A page with a view restriction never qualifies: Wagtail redirects its reader
    or asks for the passphrase in a form, which sets the CSRF cookie. The content stamp in the key ends a page's life.
    """

    seconds = 600  # bounds what no stamp sees: a page whose time has come or gone, "3 days ago"

    def __init__(self, get_response):
        self.get_response = get_response
        self.cache = caches["pages"]

    def __call__(self, request):
        if not may_share(request):
            return private(request, self.get_response(request))
        # The stamp is read before rendering: what is rendered during a publish is filed under the old stamp.
        key = page_key(request)
        if page := self.cache.get(key):
            return answer(request, page)
        response = self.get_response(request)
        if request.method == "HEAD" or not is_shareable(response):
            return private(request, response)
        page = pack(response)
        self.cache.set(key, page, self.seconds)
        return answer(request, page)


def may_share(request):
    return (
        not settings.DEBUG  # there a template may have changed a moment ago
        and request.method in {"GET", "HEAD"}
        and not request.META.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and request.path_info[1:].partition("/")[0] in LANGUAGES
    )


def page_key(request):
    place = f"{request.scheme}://{request.get_host()}{request.path_info}"
    return f"page:{content_stamp()}:{blake2b(place.encode(), digest_size=16).hexdigest()}"


def is_shareable(response):
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Content-Type", "").startswith("text/html")
        and not re.search("no-store|private", response.get("Cache-Control", ""))
    )


def pack(response):
    """The page as it is kept: (headers, etag, body per encoding)."""
    patch_cache_control(response, no_cache=True)
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    body = response.content
    etag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
    bodies = {"br": brotli.compress(body, quality=5), "gzip": gzip.compress(body, 6, mtime=0), "": body}
    return {name: value for name, value in response.items() if name != "Content-Length"}, etag, bodies


def answer(request, page):
    headers, etag, bodies = page
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    encoding = next((name for name in ("br", "gzip") if re.search(rf"\b{name}\b(?!;q=0(?![.\d]))", accepted)), "")
    response = HttpResponse(bodies[encoding], headers=headers)
    response["Content-Length"] = len(bodies[encoding])
    response["ETag"] = etag
    if encoding:
        response["Content-Encoding"] = encoding
    return get_conditional_response(request, etag=etag, response=response)


def private(request, response):
    """What a session had a part in: never kept by others, nor on her own device unless she said that it is hers alone."""
    session = getattr(request, "session", None)
    if session is None or not session.accessed or session.is_empty():
        if response.get("Content-Type", "").startswith("text/html") and not response.has_header("Cache-Control"):
            patch_cache_control(response, no_cache=True)
    elif not session.get("own_device"):
        patch_cache_control(response, private=True, no_store=True)
    elif not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_cache=True)
    return response
