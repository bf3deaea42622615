"""A translation server of the operator's own that speaks LibreTranslate's protocol (TRANSLATE_URL). Nothing goes anywhere else:
no proxy is used and no redirect followed."""

import json
import threading
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.conf import settings

LONGEST = 15_000  # characters of HTML that are sent …
LARGEST = 200_000  # … and bytes that are read
SECONDS = 15
# The answer is waited for by a thread that could serve pages: one at a time in each process.
one_at_a_time = threading.Semaphore(1)


class NoTranslation(Exception):
    """The server is busy, gone, too slow or says no."""


class NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


OPENER = build_opener(ProxyHandler({}), NoRedirects)


def translate_html(html, *, source, target):
    """`html` in another language, as the server gives it: not yet cleaned. Raises NoTranslation."""
    if not one_at_a_time.acquire(blocking=False):
        raise NoTranslation("busy")
    try:
        return ask({"q": html, "source": source, "target": target, "format": "html"})
    finally:
        one_at_a_time.release()


def ask(words):
    body = words | ({"api_key": settings.TRANSLATE_KEY} if settings.TRANSLATE_KEY else {})
    return words_in(post(f"{settings.TRANSLATE_URL.rstrip('/')}/translate", body))


def post(address, body, headers=None, seconds=None):
    """The bytes that a server answers to JSON, one more than LARGEST at most. Raises NoTranslation."""
    headers = {"Content-Type": "application/json"} | (headers or {})
    request = Request(address, json.dumps(body).encode(), headers, method="POST")
    try:
        with OPENER.open(request, timeout=seconds or SECONDS) as answer:
            return answer.read(LARGEST + 1)
    except (HTTPError, OSError, HTTPException) as wrong:
        raise NoTranslation(getattr(wrong, "code", None) or type(wrong).__name__) from wrong


def words_in(content):
    if len(content) > LARGEST:
        raise NoTranslation("too long")
    try:
        words = json.loads(content)["translatedText"]
    except (ValueError, KeyError, TypeError) as wrong:
        raise NoTranslation("not understood") from wrong
    if not isinstance(words, str) or not words.strip():
        raise NoTranslation("empty")
    return words
