import sys

from django.core.management.base import BaseCommand

from hub.search import keeping


class Command(BaseCommand):
    help = "Make the index of the search anew from all pages, terms, resources, threads and posts."

    def add_arguments(self, parser):
        parser.add_argument("--missing", action="store_true", help="only what is not in the index yet")

    def handle(self, *, missing, **options):
        if missing:
            keeping.sync_entries(progress=self.progress)
            keeping.catch_up(progress=self.progress)
            self.stdout.write("The index holds everything there is.")
            return
        entries, posts, threads = keeping.rebuild(progress=self.progress)
        self.stdout.write(f"{entries:,} entries, {posts:,} posts and {threads:,} threads are in the index.")

    def progress(self, parts):
        """Passes the parts on, with a line that counts them on a terminal."""
        parts = list(parts)
        for number, part in enumerate(parts, 1):
            yield part
            if sys.stderr.isatty():
                self.stderr.write(f"\r{100 * number // len(parts)} %", ending="\n" if number == len(parts) else "")
