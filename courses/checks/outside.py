"""Addresses elsewhere that the hub links to, and whether they are there. Only a command of the operator's asks."""

import time
from urllib.parse import urlsplit

from wagtail.models import Page

from courses.checks.links import links_of, outside
from courses.checks.rules import listed_hosts
from courses.checks.texts import kind_of, pieces
from courses.models import Resource
from hub.lib.knock import knock

PAUSE = 2.0  # seconds between two questions to one server


def outside_links():
    """{address: [where it stands]} of live pages in every language and of the library."""
    found = {}
    for page in Page.objects.live().filter(depth__gt=1).order_by("path").specific():
        if kind_of(page):
            for _piece, link in links_of(pieces(page)):
                if outside(link):
                    places = found.setdefault(link.target.partition("#")[0], [])
                    if page.url_path not in places:
                        places.append(page.url_path)
    for key, url in Resource.objects.order_by("key").values_list("key", "url"):
        found.setdefault(url.partition("#")[0], []).append(f"library: {key}")
    return found


def ask_all(links, *, limit, pause=PAUSE, hosts=None, sleep=time.sleep):
    """Yields (address, state, told) of the first `limit` addresses, one after the other; never the same server in a hurry.

    Only servers on the list are asked: an address that an editor typed must not make the hub knock at any door.
    """
    hosts, asked = listed_hosts() if hosts is None else hosts, {}
    for url in sorted(links)[:limit]:
        host = urlsplit(url).hostname
        if host not in hosts:
            yield url, "unlisted", host or ""
            continue
        if host in asked and (wait := asked[host] + pause - time.monotonic()) > 0:
            sleep(wait)
        state, told = knock(url)
        asked[host] = time.monotonic()
        yield url, state, told
