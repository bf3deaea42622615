"""How long texts take out of the hub and back: `.venv/bin/python scripts/bench_texts.py [kit]`. Nothing of it stays in the hub."""

import os
import sys
import time

from stamps import ROOT

sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")

import django

django.setup()

import polib  # noqa: E402
from django.db import transaction  # noqa: E402

from courses.models import TextImport  # noqa: E402
from courses.translation.applying import apply_import  # noqa: E402
from courses.translation.incoming import plan_import, read_po  # noqa: E402
from courses.translation.outgoing import export_file  # noqa: E402
from courses.translation.tree import languages  # noqa: E402


def clock(name, act):
    """Print how long `act` takes, on the wall and in the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    found = act()
    print(f"{name}: {time.perf_counter() - wall:.1f} s ({time.process_time() - processor:.1f} s CPU)")
    return found


def bring_in(language, data):
    """Look at a file and apply it, as the editor does."""
    plan = plan_import(read_po(data), language)
    state = {"state": TextImport.State.APPLYING, "publish": True}
    row = TextImport.objects.create(
        language=language, file_name="bench.po", items=plan.items, counts=plan.counts, **state
    )
    apply_import.func(row.pk)
    return plan.counts


def all_changed(data):
    """The same file with another word at the end of each text."""
    po = polib.pofile(data.decode())
    for entry in po:
        entry.msgstr += "*"
    return f"{po}\n".encode()


def measure(kit):
    files = clock(
        f"{kit}: out in {len(languages())} languages", lambda: [export_file(language=c, scope=kit) for c in languages()]
    )
    language, data = languages()[0], files[0]
    print(clock("in, nothing changed", lambda: bring_in(language, data)))
    print(clock("in, every text changed", lambda: bring_in(language, all_changed(data))))


if __name__ == "__main__":
    with transaction.atomic():
        measure(sys.argv[1] if len(sys.argv) > 1 else "trainer")
        transaction.set_rollback(True)
