"""Asking a page elsewhere whether it is there: its head alone, no redirect followed, nothing read, nothing sent but who asks."""

from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

SECONDS = 10
NAME = "link-check/1 (an e-learning hub asks once in a while whether its links still lead somewhere)"
NO_HEAD = {403, 405, 501}  # of servers that answer a browser and not a question for the head alone
MOVED = {301, 308}


class NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


OPENER = build_opener(ProxyHandler({}), NoRedirects)


def knock(url, seconds=SECONDS):
    """(state, what is told): state is "there", "moved" (for good; told is where to), "gone" or "silent"."""
    status, where = ask("HEAD", url, seconds)
    if status in NO_HEAD:
        status, where = ask("GET", url, seconds)
    if not isinstance(status, int):
        return "silent", status
    if status in MOVED:
        return "moved", where
    if status in {404, 410}:
        return "gone", str(status)
    return ("there", str(status)) if status < 500 else ("silent", str(status))


def ask(method, url, seconds):
    """(status, Location) of an answer, or (what went wrong, "")."""
    try:
        request = Request(url, method=method, headers={"User-Agent": NAME, "Accept": "text/html,*/*"})
        with OPENER.open(request, timeout=seconds) as answer:
            return answer.status, ""
    except HTTPError as answer:
        with answer:
            return answer.code, answer.headers.get("Location", "")
    except (OSError, HTTPException, ValueError) as wrong:
        return type(getattr(wrong, "reason", wrong)).__name__, ""
