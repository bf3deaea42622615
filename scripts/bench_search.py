"""The search over both kits and 1,000,000 posts: `make bench-search`.

Asks the 500 queries of tests/hub/search as a member, on each tab, each as a whole page that nothing was kept of, in the hubs that
`make bench-forums` makes and keeps (with BENCH_POSTGRES=postgres://user@host/name on PostgreSQL too); then the words that stand in most
posts; then the first search of a process, and the first after a publish. The table goes to docs/performance.md. CPU times hold those of
the database.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from itertools import islice

from bench_forums import BASE, LEARNERS, NAMES, PASSPHRASE, POSTGRES, READER, THREADS, make_databases, server_cpu
from measuring import BARE, caller, session_of, statements, write_part
from stamps import ROOT

SIZE = 1_000_000
TABS = {"everything": "", "threads": "&tab=threads", "posts": "&tab=posts"}
MOST_STATEMENTS, MEDIAN_MS, ANY_MS = 10, {"sqlite": 150, "postgresql": 60}, 400


def main():
    kinds = ["sqlite", *(["postgresql"] if POSTGRES else [])]
    if POSTGRES:
        make_databases()
    found = {kind: figures_of(kind) for kind in kinds}
    lines = [heading(), "", *table(found), ""]
    lines += [sentence(kind, figures) for kind, figures in found.items()]
    print("\n".join(lines))
    write_part("search", lines)


def figures_of(kind):
    """What a process of its own measures."""
    environ = dict(os.environ, HUB_VAR=str(BASE / f"{kind}-{SIZE}"))
    environ.pop("DATABASE_URL", None)
    if kind == "postgresql":
        environ["DATABASE_URL"] = f"{POSTGRES}_{SIZE}"
    command = [sys.executable, __file__, "--hub"]
    return json.loads(subprocess.run(command, env=environ, stdout=subprocess.PIPE, check=True).stdout.splitlines()[-1])


# In the process of one hub ---------------------------------------------------------------------


def measure_hub():
    from prepare import prepare

    prepare()
    from django.conf import settings

    import hub.wsgi  # noqa: F401  (as the server begins)

    settings.ALLOWED_HOSTS.append("testserver")
    fill()
    found, reader = {"firsts": firsts()}, session_of(READER)
    for tab, option in TABS.items():
        found[tab] = [asked(language, text, option, reader) for language, text in queries()]
        found[f"{tab}, frequent"] = [asked("en", word, option, reader) for word in frequent_words()]
    print(json.dumps(found), flush=True)


def fill():
    from django.core.management import call_command

    from forums.models import Thread
    from hub.search import keeping

    if not Thread.objects.exists():
        call_command(
            "seed_demo", learners=LEARNERS[SIZE], threads=THREADS[SIZE], posts=SIZE, password=PASSPHRASE, verbosity=0
        )
    keeping.sync_entries()
    keeping.catch_up()


def firsts():
    """CPU ms of the first search of this process, and of the first after a lesson was published; in a hub that is served already."""
    from courses.models import LessonPage
    from hub.search import tasks

    caller(BARE, None)
    caller("/en/", None)
    first = cpu_and_wall(address("en", "interview"), None)
    LessonPage.objects.get(slug="the-interview", locale__language_code="en").save_revision().publish()
    tasks.sync_entries.func()
    return {"process": first["cpu"], "publish": cpu_and_wall(address("en", "payslips"), None)["cpu"]}


def queries():
    """(language, text) of both lists."""
    for name in ("queries.txt", "fresh_queries.txt"):
        for line in (ROOT / "tests" / "hub" / "search" / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield tuple(part.strip() for part in line.split("|")[:2])


def frequent_words():
    """The words that stand in most of the newest posts."""
    from hub.search.models import PostWords

    rows = PostWords.objects.order_by("-pk").values_list("words", flat=True)
    counted = Counter(word for words in islice(rows, 2_000) for word in words.split())
    return [word for word, _number in counted.most_common(17)]


def address(language, text):
    from urllib.parse import quote

    return f"/{language}/search/?q={quote(text)}"


def asked(language, text, option, session):
    path = address(language, text) + option
    seen = cpu_and_wall(path, session)
    return {**seen, "sql": len(statements(caller(path, session=session, warm=0)))}


def cpu_and_wall(path, session):
    call = caller(path, session=session, warm=0)
    server, own, wall = server_cpu(), time.thread_time(), time.perf_counter()
    call()
    wall, own, server = time.perf_counter() - wall, time.thread_time() - own, server_cpu() - server
    return {"cpu": own * 1000 + server, "wall": wall * 1000}


# The table -------------------------------------------------------------------------------------


def heading():
    day, version = time.strftime("%Y-%m-%d"), sys.version.split()[0]
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[1]:.1f}"
    return f"Measured on {day}: Python {version}, {machine}. A figure in bold is over its limit."


def table(found):
    lines = [
        f"| tab | {' | '.join(f'{NAMES[kind]}: median / 95 % / longest CPU ms | clock | SQL' for kind in found)} |"
    ]
    lines.append("|---|" + "---:|---:|---:|" * len(found))
    for tab in (f"{tab}{which}" for tab in TABS for which in ("", ", frequent")):
        every = [
            cells(figures[tab], ANY_MS if "frequent" in tab else MEDIAN_MS[kind]) for kind, figures in found.items()
        ]
        lines.append(f"| {tab} | {' | '.join(every)} |")
    return lines


def cells(samples, most_middle):
    cpu, wall = (sorted(sample[name] for sample in samples) for name in ("cpu", "wall"))
    middle, most = statistics.median(wall), max(sample["sql"] for sample in samples)
    high = cpu[int(len(cpu) * 0.95)]
    return " | ".join(
        [
            f"{statistics.median(cpu):.0f} / {high:.0f} / {marked(cpu[-1], ANY_MS)}",
            f"{marked(middle, most_middle)} / {wall[int(len(wall) * 0.95)]:.0f} / {wall[-1]:.0f}",
            marked(most, MOST_STATEMENTS),
        ]
    )


def marked(value, limit):
    return f"**{value:.0f}**" if value > limit else f"{value:.0f}"


def sentence(kind, figures):
    firsts = {name: marked(value, ANY_MS) for name, value in figures["firsts"].items()}
    return f"{NAMES[kind]}: the first search of a process takes {firsts['process']} ms, the first after a publish {firsts['publish']} ms."


if __name__ == "__main__":
    measure_hub() if "--hub" in sys.argv else main()
