import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.models import KitPage
from hub.demo import seed

BAR = 30


class Command(BaseCommand):
    help = "Add learners, learning, threads and posts for trying the hub out, and on a private hub one person per staff role."

    def add_arguments(self, parser):
        for name in ("learners", "threads", "posts"):
            parser.add_argument(f"--{name}", type=int, required=True, metavar="N")
        parser.add_argument("--password", required=True, metavar="P", help="passphrase of everybody made here")
        parser.add_argument("--yes", action="store_true", help="also on a public hub; there no staff is made")

    def handle(self, *, learners, threads, posts, password, yes, **options):
        if settings.PRODUCTION and not yes:
            raise CommandError("This is a public hub. To add made-up learners to it all the same, say --yes.")
        if min(learners, threads, posts) < 0:
            raise CommandError("Numbers start at 0.")
        if not KitPage.objects.exists():
            raise CommandError("There are no kits yet. Run load_kits first.")
        began = time.monotonic()
        added = seed(
            learners=learners,
            threads=threads,
            posts=posts,
            password=password,
            staff=not settings.PRODUCTION,
            progress=self.progress if options["verbosity"] else lambda words, rows, total: rows,
        )
        counts = ", ".join(f"{number:,} {what}" for what, number in added.counts.items())
        self.stdout.write(f"Added {counts} in {time.monotonic() - began:.1f} s.")

    def progress(self, words, rows, total):
        """Passes `rows` on under a bar; one line at the end where there is no terminal."""
        alive = sys.stderr.isatty()
        for count, row in enumerate(rows, 1):
            yield row
            if alive and (count % 500 == 0 or count == total):
                filled = BAR * count // max(total, 1)
                self.stderr.write(f"\r{'█' * filled}{'·' * (BAR - filled)} {count:,}/{total:,} {words}", ending="")
        if total:
            self.stderr.write("" if alive else f"{total:,} {words}")
