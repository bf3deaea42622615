"""Forums with a thousand and with a million posts, side by side: `make bench-forums`.

Two hubs are made under var/bench-forums and kept for the next run: 1,000 posts in 100 threads, and 1,000,000 in 50,000, one of 30,000.
With BENCH_POSTGRES=postgres://user@host/name two more, in the databases name_1000 and name_1000000, which it makes. Each hub has a process
of its own. One after the other they are asked for the same page, and for the bare view right after it, so that whatever else the machine
does slows all alike; what counts is the ratio of the CPU times, and whether it is the same in both hubs.

BENCH_PAIRS (300) changes how often; Ctrl-C ends with what is measured. The tables go to docs/performance.md, with what the databases
say of each statement.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from measuring import BARE, caller, cpu_of, statements, write_part
from stamps import ROOT

BASE = Path(os.environ.get("HUB_VAR", ROOT / "var")).resolve() / "bench-forums"
POSTGRES = os.environ.get("BENCH_POSTGRES", "")
PAIRS = int(os.environ.get("BENCH_PAIRS", "300"))
LEARNERS = {1_000: 20, 1_000_000: 1_000}
THREADS = {1_000: 100, 1_000_000: 50_000}
MOST_STATEMENTS, MOST_RATIO, MOST_GROWTH = 10, 30, 1.3  # the ratio is for threads
PASSPHRASE = "four quiet circles meet"
READER, MODERATOR = "learner00001", "moderator001"


# A hub of one size, in a process of its own ----------------------------------------------------


class Hub:
    """Asked by lines of JSON: {"measure": page} and {"explain": page}."""

    def __init__(self, kind, size):
        environ = dict(os.environ, HUB_VAR=str(BASE / f"{kind}-{size}"), FORUM_SIZE=str(size))
        environ.pop("DATABASE_URL", None)
        if kind == "postgresql":
            environ["DATABASE_URL"] = f"{POSTGRES}_{size}"
        self.kind, self.size = kind, size
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--hub"],
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is for the one who asks
        )

    def answer(self):
        while line := self.process.stdout.readline():
            if line.startswith("{"):
                return json.loads(line)
            print(f"  {self.kind}, {self.size:,}: {line}", end="", flush=True)
        raise SystemExit(f"The hub with {self.size:,} posts on {self.kind} did not answer.")

    def ask(self, **what):
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def end(self):
        self.process.stdin.close()
        self.process.wait(30)


def serve_hub():
    """The other end of Hub."""
    from prepare import django, prepare

    prepare()
    django()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS.append("testserver")
    from forums.models import Report, Thread

    size = int(os.environ["FORUM_SIZE"])
    if not Thread.objects.exists():
        numbers = {"learners": LEARNERS[size], "threads": THREADS[size], "posts": size}
        call_command("seed_demo", **numbers, password=PASSPHRASE, verbosity=0)
    if not Report.objects.exists():
        add_the_rest(size)
    pages = {name: (caller(path, who), before) for name, path, who, before in places()}
    print(json.dumps({"pages": list(pages)}), flush=True)
    bare = caller(BARE, None)
    for line in sys.stdin:
        [(what, name)] = json.loads(line).items()
        call, before = pages[name]
        before()
        print(json.dumps(measure(call, bare) if what == "measure" else explain(call)), flush=True)


def add_the_rest(size):
    """What members and moderators leave behind: reports, posts that wait, posts kept, and the reader's news, all unread."""
    from django.db import connection

    from forums.models import Post, PostMark, Report
    from hub.accounts.models import User
    from hub.demo.rows import demo_id, gather_statistics, insert
    from hub.notifications.models import Notification

    reader = User.objects.get(username=READER)
    posts = list(Post.objects.order_by("-pk").values_list("pk", "thread", "author", "alias")[: size * 3 // 100])
    now, many = "2026-11-01 08:00:00", max(30, size // 200)
    insert(Report, ["post_id", "reason", "created_at", "handled_at"],
           ((row[0], "rules", now, None if n % 30 == 0 or n < 30 else now) for n, row in enumerate(posts)))  # fmt: skip
    names = ["thread_id", "author_id", "alias_id", "client_id", "source", "html", "created_at", "held"]
    insert(Post, names, ((*row[1:], demo_id("held", n).hex, "A first post", "<p>A first post</p>", now, "first")
                         for n, row in enumerate(posts[: max(30, size // 1000)])))  # fmt: skip
    insert(
        PostMark, ["user_id", "post_id", "kind", "made_at"], ((reader.pk, row[0], "kept", now) for row in posts[:many])
    )
    names = ["user_id", "kind", "key", "topic", "path", "made_at", "context"]
    insert(Notification, names, (told(reader.pk, row, now) for row in posts[:many]))
    insert(Notification, names, (told(row[2], row, now) for row in posts if row[2] != reader.pk))
    gather_statistics(Report, Post, PostMark, Notification)
    if connection.vendor == "postgresql":
        connection.cursor().execute("VACUUM")  # a server of every day does it by itself


def told(user, post, now):
    pk, thread, *_ = post
    context = json.dumps({"forum": 1, "thread": thread})
    return user, "reply", f"post:{pk}", f"thread:{thread}", f"forums/learner/{thread}/", now, context


def places():
    """(name, path, who, what to do before each call)."""
    from forums.models import Thread, ThreadRead

    long = Thread.objects.order_by("-post_count").select_related("forum").first()
    forum = f"/en/forums/{long.forum.slug}/"
    keys = list(
        Thread.objects.filter(forum=long.forum).order_by("-last_post_id").values_list("last_post_id", flat=True)
    )
    posts = long.posts.order_by("pk").values_list("pk", flat=True)
    middle = posts[len(posts) // 2]
    hers = ThreadRead.objects.filter(user__username=READER, thread=long)

    def halfway():
        hers.update(last_post_id=middle)

    def nothing():
        pass

    def to_the_end():
        hers.update(last_post_id=posts.last())

    return [
        ("forum, first page", forum, READER, nothing),
        ("forum, a page in the middle", f"{forum}?after={keys[len(keys) // 2 - 10]}", READER, nothing),
        ("forum, last page", f"{forum}?after={keys[-21]}", READER, nothing),
        ("long thread, first page", f"{forum}{long.pk}/", READER, to_the_end),
        ("long thread, a page in the middle", f"{forum}{long.pk}/?after={middle}", READER, to_the_end),
        ("long thread, last page", f"{forum}{long.pk}/?last=1", READER, to_the_end),
        ("long thread, first unread post", f"{forum}{long.pk}/?unread=1", READER, halfway),
        ("my posts", "/en/forums/mine/", READER, nothing),
        ("what I keep", "/en/forums/kept/", READER, nothing),
        ("what I follow", "/en/forums/followed/", READER, nothing),
        ("what is new for me", "/en/my/news/", READER, nothing),
        ("moderators: reports", "/en/forums/moderation/", MODERATOR, nothing),
        ("moderators: posts that wait", "/en/forums/moderation/waiting/", MODERATOR, nothing),
    ]


def measure(call, bare):
    """CPU ms of the page and of the bare view after it; of the database server too where it is another process of this machine."""
    began = server_cpu()
    own = cpu_of(call)
    return {"own": own, "server": server_cpu() - began, "bare": cpu_of(bare)}


def server_cpu():
    """CPU ms that the process behind our connection to PostgreSQL has used so far; 0 for SQLite, whose work is our own."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    connection.ensure_connection()
    path = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(path.read_text().split()[0]) / 1e6 if path.exists() else 0


# What the database says ------------------------------------------------------------------------


def explain(call):
    """{"statements": [{"of": table, "by": indexes, "rows": touched}]} of a page; on SQLite `rows` are steps of its machine."""
    from django.db import connection

    if connection.vendor == "postgresql":
        return {"statements": [of_postgresql(sql) for sql in statements(call)]}
    return {"statements": [of_sqlite(sql) for sql in statements(call)]}


def of_sqlite(sql):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql)
        lines = [row[3] for row in cursor.fetchall()]
    return {"of": table_of(sql), "by": [by for line in lines if (by := in_short(line))], "rows": steps_of(sql)}


def in_short(line):
    """ "SEARCH forums_post USING INDEX posts_of_thread_by_key (thread_id=?)" as "posts_of_thread_by_key"; None for no access to a table."""
    words = line.split()
    if "INDEX" in words:
        return words[words.index("INDEX") + 1]
    if "PRIMARY" in words:
        return "key"
    if line.startswith("SCAN") and words[1] not in {"counted", "subquery"}:
        return f"all of {words[1]}"
    return "sorted" if "ORDER BY" in line else None


def steps_of(sql):
    """Steps of SQLite's machine for a statement, to the nearest ten."""
    from django.db import connection

    if not sql.startswith("SELECT"):
        return None
    steps = 0

    def step():
        nonlocal steps
        steps += 10

    connection.connection.set_progress_handler(step, 10)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.fetchall()
    connection.connection.set_progress_handler(None, 10)
    return steps


def of_postgresql(sql):
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql)
        plan = cursor.fetchone()[0][0]["Plan"]
        transaction.set_rollback(True)
    nodes = list(nodes_of(plan))
    touched = sum(
        node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) for node in nodes
    )
    by = [node.get("Index Name") or f"all of {node['Relation Name']}" for node in nodes]
    sorts = ["sorted"] if "Sort" in {node["Node Type"] for node in nodes_of(plan, every=True)} else []
    return {"of": table_of(sql), "by": by + sorts, "rows": round(touched)}


def nodes_of(plan, every=False):
    """The nodes of a plan, or those that read a table or an index."""
    reads = "Index Name" in plan or plan["Node Type"] == "Seq Scan"
    if every or reads:
        yield plan
    for part in plan.get("Plans", []):
        yield from nodes_of(part, every)


def table_of(sql):
    """The table that a statement is about; of a count over another statement, that one's."""
    verb, *words = sql.replace('"', "").replace("(", " ( ").replace(")", " ) ").split()
    before = {"SELECT": "FROM", "INSERT": "INTO", "UPDATE": "", "DELETE": "FROM"}[verb]
    if not before:
        return words[0]
    depth, found = 0, []
    for word, behind in pairwise(words):
        depth += {"(": 1, ")": -1}.get(word, 0)
        if word == before and behind != "(":
            found.append((depth, behind))
    return min(found, key=lambda one: one[0])[1]


# The tables ------------------------------------------------------------------------------------


def main():
    kinds = ["sqlite", *(["postgresql"] if POSTGRES else [])]
    if POSTGRES:
        make_databases()
    hubs = [Hub(kind, size) for kind in kinds for size in THREADS]
    ready = [hub.answer() for hub in hubs]
    pages = ready[0]["pages"]
    samples = {(page, hub): [] for page in pages for hub in hubs}
    enough = []
    signal.signal(signal.SIGINT, lambda *_: enough.append(True))
    for number in range(1, PAIRS + 1):
        for page, hub in samples:
            samples[page, hub].append(hub.ask(measure=page))
        if number % 20 == 0:
            print(f"{number} of {PAIRS} pairs", flush=True)
        if enough:
            break
    plans = {(page, hub): hub.ask(explain=page)["statements"] for page, hub in samples}
    for hub in hubs:
        hub.end()
    lines = [heading(min(map(len, samples.values())))]
    for small, large in zip(hubs[::2], hubs[1::2], strict=True):
        lines += ["", *figures(pages, small, large, samples, plans)]
    lines += ["", *statements_table(pages, hubs, plans)]
    print("\n".join(lines))
    write_part("forums", lines)


def make_databases():
    import psycopg

    parts = urlsplit(POSTGRES)
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
        there = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
        for name in {f"{parts.path[1:]}_{size}" for size in THREADS} - there:
            connection.execute(f'CREATE DATABASE "{name}"')


def heading(pairs):
    day, version = time.strftime("%Y-%m-%d"), sys.version.split()[0]
    return f"Measured on {day}: Python {version}, {os.cpu_count()} cores, load {os.getloadavg()[1]:.1f}, {pairs} interleaved pairs."


NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL, with the CPU time of its server"}


def figures(pages, small, large, samples, plans):
    lines = [
        f"| {NAMES[small.kind]} | SQL | CPU ms at 1,000 posts | at 1,000,000 | × bare at 1,000 | at 1,000,000 | growth |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for page in pages:
        counts = {len(plans[page, hub]) for hub in (small, large)}
        (few, low), (many, high) = (middle(samples[page, hub]) for hub in (small, large))
        growth, sql = high / low, " / ".join(map(str, sorted(counts)))
        heavy = high > MOST_RATIO and "thread" in page
        over = growth > MOST_GROWTH or heavy or max(counts) > MOST_STATEMENTS or len(counts) > 1
        name = f"**{page}**" if over else page
        lines.append(
            f"| {pages.index(page) + 1}. {name} | {sql} | {few:.2f} | {many:.2f} | {low:.1f} | {high:.1f} | {growth:.2f} |"
        )
    return lines


def middle(pairs):
    """(CPU ms of the page, its ratio to the bare view): medians."""
    own = statistics.median(pair["own"] + pair["server"] for pair in pairs)
    return own, own / statistics.median(pair["bare"] for pair in pairs)


def statements_table(pages, hubs, plans):
    """One line for each statement: on which pages (by number), by which indexes, and how much it touches in the small and the large hub."""
    lines = [
        f"| statement about | pages | {' | '.join(f'{hub.kind} | in 1,000 / {hub.size:,}' for hub in hubs[1::2])} |"
    ]
    lines.append("|---|---|" + "---|---:|" * (len(hubs) // 2))
    found = {}
    for number, page in enumerate(pages, 1):
        for column in zip(*(plans[page, hub] for hub in hubs), strict=False):
            cells = []
            for small, large in zip(column[::2], column[1::2], strict=True):
                words = "; ".join(dict.fromkeys(large["by"]))
                cells += [words, "" if large["rows"] is None else f"{small['rows']} / {large['rows']}"]
            found.setdefault((column[0]["of"], cells[0]), []).append((number, cells))
    for (table, _by), seen in found.items():
        lines.append(f"| {table} | {in_words([number for number, _cells in seen])} | {' | '.join(seen[-1][1])} |")
    return lines


def in_words(numbers):
    """[1, 2, 3, 7] as "1–3, 7"."""
    numbers, runs = sorted(set(numbers)), []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


if __name__ == "__main__":
    serve_hub() if "--hub" in sys.argv else main()
