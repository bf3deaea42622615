"""How fast the hub is: prints a table and writes it to docs/performance.md.

Each page is called in turn with the bare view /health/live, in one process, so that a busy machine slows both alike; what counts is
the ratio of the CPU times. Then the real server is started and asked over the wire, and Chromium weighs a first visit.
A hub of its own in var/bench is made for this: the kits, 300 learners, a forum with 3,000 posts in one thread.
"""

import os
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from measuring import BARE, caller, count_statements, cpu_of, free_port, session_of, write_part
from stamps import ROOT

BENCH = Path(os.environ.get("HUB_VAR", ROOT / "var")).resolve() / "bench"
os.environ["HUB_VAR"] = str(BENCH)
os.environ.pop("DATABASE_URL", None)

from prepare import django, prepare  # noqa: E402  (it reads HUB_VAR)

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "60"))
WIRE_SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
PASSPHRASE = "four quiet circles meet"
MODULE = "/en/kits/learner/start-where-you-are/"
LESSON = f"{MODULE}your-kit-your-pace/"
FIRST_VISITS = ["/en/", "/en/kits/learner/", LESSON, "/it" + LESSON.removeprefix("/en")]


def main():
    prepare()
    django()
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    pages = places()
    rows = measure(pages)
    with server() as port:
        add_wire(rows, port)
        visits = weigh(port)
    report(rows, visits)


def places():
    """(name, path, who, limit of statements, limit of the ratio); who is None or a user name."""
    from django.core.management import call_command

    from courses.models import KitPage
    from forums.models import Forum, Thread

    if not Thread.objects.exists():
        call_command("seed_demo", learners=300, threads=60, posts=6_000, password=PASSPHRASE, verbosity=0)
        fill_long_thread()
    key = KitPage.objects.get(slug="learner", locale__language_code="en").translation_key
    forum = Forum.objects.get(kit_key=key)
    threads = Thread.objects.filter(forum=forum).order_by("-post_count")
    long, short = threads.first(), next(t for t in threads if t.post_count >= 20)
    short = threads.filter(post_count__gte=20).last() or short
    who = somebody_at_home(forum)
    return [
        ("bare view", BARE, None, 0, None),
        ("home, visitor", "/en/", None, 0, 2),
        ("kit, visitor", "/en/kits/learner/", None, 0, 2),
        ("lesson, visitor", LESSON, None, 0, 2),
        ("home, learner", "/en/", who, 10, 30),
        ("kit index, learner", "/en/kits/", who, 10, 30),
        ("my learning", "/en/my/", who, 10, 30),
        ("kit, learner", "/en/kits/learner/", who, 10, 30),
        ("module, learner", MODULE, who, 10, 30),
        ("lesson, learner, with her words", LESSON, who, 8, 25),
        ("search, visitor", "/en/search/?q=payslips", None, 10, None),
        ("search, learner", "/en/search/?q=payslips", who, 10, None),
        ("booklet, learner", "/en/my/booklet/learner/", who, 10, None),
        ("forum, 20 threads", f"/en/forums/{forum.slug}/", who, 10, 30),
        (f"thread of {short.post_count} posts", f"/en/forums/{forum.slug}/{short.pk}/", who, 10, 30),
        (f"thread of {long.post_count:,} posts", f"/en/forums/{forum.slug}/{long.pk}/", who, 10, 30),
    ]


def fill_long_thread():
    """Bring the longest thread to 3,000 posts."""
    from forums.counting import recount
    from forums.models import Post, Thread
    from hub.demo.rows import demo_id

    thread = Thread.objects.order_by("-post_count").first()
    model = thread.posts.first()
    Post.objects.bulk_create(
        Post(
            thread=thread,
            author_id=model.author_id,
            alias_id=model.alias_id,
            client_id=demo_id("bench", number),
            source=model.source,
            html=model.html,
        )
        for number in range(3_000 - thread.post_count)
    )
    recount(thread)


def somebody_at_home(forum):
    """A learner with words in the lesson and an alias in the forum."""
    from courses.models import Answer
    from forums.models import SpaceAlias

    writers = Answer.objects.values("user")
    return SpaceAlias.objects.filter(forum=forum, user__in=writers).order_by("pk")[1].user.username


# In process ------------------------------------------------------------------------------------


def measure(pages):
    """One dict per page: statements, CPU ms and ratio to the bare view called just after; medians of ROUNDS."""
    rows, calls = [], {}
    for name, path, who, statements, ratio in pages:
        calls[name] = caller(path, who)
        seen = count_statements(calls[name])
        rows.append({"name": name, "path": path, "who": who, "sql": seen, "sql_limit": statements, "limit": ratio})
    bare = calls["bare view"]
    samples = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            samples[name].append(
                (cpu_of(call), cpu_of(bare))
            )  # after the page, so that each bare view follows a like one
    for row in rows:
        pairs = samples[row["name"]]
        row["cpu"] = statistics.median(own for own, _ in pairs)
        row["ratio"] = row["cpu"] / statistics.median(base for _, base in pairs)
    return rows


# Over the wire ---------------------------------------------------------------------------------


@contextmanager
def server():
    """The real server on a free port, which is given."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--no-ws",
        "--blocking-threads",
        "4",
    ]
    process = subprocess.Popen([*command, "--log-level", "error", "hub.wsgi:application"], cwd=ROOT)
    try:
        wait_for(f"http://127.0.0.1:{port}{BARE}")
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def add_wire(rows, port):
    for row in rows:
        cookie = f"sessionid={session_of(row['who'])}" if row["who"] else ""
        row["rate"] = rate(port, row["path"], cookie)


def rate(port, path, cookie):
    """Answers per second to four clients that keep their connection, for WIRE_SECONDS on the loopback."""
    end, counts = time.monotonic() + WIRE_SECONDS, []
    headers = {"Accept-Encoding": "gzip, br", **({"Cookie": cookie} if cookie else {})}

    def ask():
        connection, count = HTTPConnection("127.0.0.1", port, timeout=10), 0
        while time.monotonic() < end:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            response.read()
            count += response.status == 200
        counts.append(count)

    clients = [threading.Thread(target=ask) for _ in range(4)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return sum(counts) / WIRE_SECONDS


def wait_for(url):
    for _ in range(400):
        try:
            return urllib.request.urlopen(url, timeout=2)
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not start.")


# First visit -----------------------------------------------------------------------------------


def weigh(port):
    """(page, requests, bytes over the wire, foreign hosts) of a first visit on a phone; empty without Chromium."""
    browser = shutil.which("chromium")
    if not browser:
        print("No Chromium here: the first visit is not weighed.")
        return []
    return [visit(browser, f"http://127.0.0.1:{port}", path) for path in FIRST_VISITS]


def visit(executable, server, path):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 740}, device_scale_factor=2)
        network, seen = page.context.new_cdp_session(page), {"bytes": 0, "urls": []}
        network.send("Network.enable")
        network.on("Network.requestWillBeSent", lambda event: seen["urls"].append(event["request"]["url"]))
        network.on(
            "Network.loadingFinished",
            lambda event: seen.__setitem__("bytes", seen["bytes"] + event["encodedDataLength"]),
        )
        answer = page.goto(server + path, wait_until="networkidle")
        assert answer.ok, f"{path}: {answer.status}"
        browser.close()
    asked = [url for url in seen["urls"] if not url.startswith("data:")]
    return path, len(asked), seen["bytes"], sum(not url.startswith(server) for url in asked)


# Report ----------------------------------------------------------------------------------------


def report(rows, visits):
    lines = [
        "| page | SQL | limit | CPU ms | × bare | limit | answers/s |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(line_of(row) for row in rows),
        "",
        "| first visit on a phone | requests | KB | third parties |",
        "|---|---:|---:|---:|",
        *(f"| `{path}` | {asked} | {weight / 1000:.1f} | {foreign} |" for path, asked, weight, foreign in visits),
    ]
    print("\n".join(lines))
    day = time.strftime("%Y-%m-%d")
    note = f"Measured on {day}: Python {sys.version.split()[0]}, {os.cpu_count()} cores, {ROUNDS} interleaved rounds, SQLite."
    write_part("measured", [note, "", *lines])


def line_of(row):
    over = (row["sql_limit"] is not None and row["sql"] > row["sql_limit"]) or (
        row["limit"] and row["ratio"] > row["limit"]
    )
    limits = [str(value) if value is not None else "" for value in (row["sql_limit"], row["limit"])]
    name = f"**{row['name']}**" if over else row["name"]
    figures = f"{row['sql']} | {limits[0]} | {row['cpu']:.2f} | {row['ratio']:.1f} | {limits[1]} | {row['rate']:.0f}"
    return f"| {name} | {figures} |"


if __name__ == "__main__":
    main()
