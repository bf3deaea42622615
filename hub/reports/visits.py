"""Daily visits: counted in the memory of each web process, written once a minute, about nobody.

No cookie, no address, no browser is kept. A crash loses a minute at most. Programs that say what they are do not count.
"""

import logging
import re
import threading
from collections import Counter
from contextlib import suppress
from multiprocessing.util import Finalize
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F

from courses.queries import kit_outlines
from hub.reports.models import DailyVisit
from hub.reports.periods import today

What = DailyVisit.What
LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
# What people who look after the hub open says nothing about its readers.
STAFF_PARTS = frozenset({"staff", "trainer", "reports", "leave"})
PROGRAMS = re.compile(
    r"bot\b|bot[/_-]|crawl|spider|slurp|archiv|preview|monitor|uptime|health|check|fetch|scan|feed|headless|lighthouse|"
    r"curl|wget|python|httpx|java/|okhttp|go-http|libwww|perl|ruby|axios|node|phantom|facebookexternalhit|whatsapp",
    re.IGNORECASE,
)
log = logging.getLogger(__name__)


class VisitMiddleware:
    """Stands before the shared cache of pages, so that a page from there counts too. No statement, no waiting."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for kind, language, kit in opened(request, response):
            memory.add(kind, language, kit)
        return response


def opened(request, response):
    """[(what, language, slug of the kit)] that this answer counts as."""
    if request.method != "GET" or response.status_code not in {200, 206, 304} or is_program(request):
        return []
    language, kit, rest = place_of(request.path_info)
    if is_download(request.path_info, rest, response):
        return [(What.DOWNLOAD, language, kit)]
    if language not in LANGUAGES or (rest[:1] and rest[0] in STAFF_PARTS) or not is_page(response):
        return []
    return [(What.PAGE, language, kit)] + [(What.VISIT, language, "")] * comes_from_outside(request)


def is_program(request):
    """Also what a browser loads ahead of a click."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    ahead = "prefetch" in request.META.get("HTTP_SEC_PURPOSE", "") + request.META.get("HTTP_PURPOSE", "")
    return not agent or ahead or bool(PROGRAMS.search(agent))


def place_of(path):
    """(language, slug of the kit, the parts behind the language) of an address; each may be empty."""
    language, *rest = path.strip("/").split("/")
    kit = rest[1] if language in LANGUAGES and len(rest) > 1 and rest[0] == "kits" else ""
    return (language if language in LANGUAGES else ""), kit, rest


def is_download(path, rest, response):
    """A document, a sheet to print, or a file of a kit. A film asked for in parts counts with its first part."""
    if path.startswith("/documents/"):
        return response.get("Content-Range", "bytes 0-").startswith("bytes 0-") and len(rest) == 2
    if rest[:1] != ["kits"] or len(rest) < 3:
        return False
    sheet = "print" in rest[2:4] and rest[2:] != ["print"]
    return sheet or response.get("Content-Disposition", "").startswith("attachment")


def is_page(response):
    return response.status_code == 304 or response.get("Content-Type", "").startswith("text/html")


def comes_from_outside(request):
    """Whether she came here by a link elsewhere, a bookmark or by typing; a browser says so without saying who she is."""
    if site := request.META.get("HTTP_SEC_FETCH_SITE"):
        return site != "same-origin"
    with suppress(DisallowedHost, ValueError):
        return urlsplit(request.META.get("HTTP_REFERER", "")).netloc != request.get_host()
    return True


class Memory:
    """The counts of this process since the last writing, and the thread that writes them."""

    def __init__(self):
        self.lock, self.counts, self.thread = threading.Lock(), Counter(), None

    def add(self, what, language, kit):
        with self.lock:
            self.counts[today(), what, language, kit] += 1
            if self.thread is None and settings.VISITS_EVERY:
                self.thread = threading.Thread(target=self.write_on, daemon=True, name="visits")
                self.thread.start()
                Finalize(None, self.write, exitpriority=1)  # also where a server ends its workers without atexit

    def write_on(self):
        while True:
            pause.wait(settings.VISITS_EVERY)
            self.write()
            connection.close()

    def write(self):
        """Write what is counted and begin anew. What the database does not take now comes with the next writing."""
        with self.lock:
            counts, self.counts = self.counts, Counter()
        try:
            keep_visits(counts=counts)
        except DatabaseError:
            log.exception("Visits could not be written.")
            with self.lock:
                self.counts.update(counts)


@transaction.atomic
def keep_visits(*, counts):
    """Add {(day, what, language, slug of the kit): number} to the days. Several processes may do so at once."""
    for (day, what, language, slug), number in sorted(counts.items()):
        about = {"day": day, "what": what, "language": language, "kit": kit_key(slug)}
        if not add(about, number):
            try:
                with transaction.atomic():
                    DailyVisit.objects.create(**about, number=number)
            except IntegrityError:  # another process was first
                add(about, number)


def add(about, number):
    return DailyVisit.objects.filter(**about).update(number=F("number") + number)


def kit_key(slug):
    outline = kit_outlines("en").get(slug)
    return str(outline.key) if outline else ""


pause = threading.Event()
memory = Memory()
