from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.translation import state
from courses.translation.freshness import ensure_counted
from courses.translation.hub import drift
from courses.translation.load import Report, load_texts
from courses.translation.tree import BrokenFiles, read_texts, write_ids
from forums.actions import ensure_kit_forums
from forums.spaces import ensure_spaces
from forums.tags import ensure_tags
from hub.accounts.roles import ensure_roles
from hub.lib.stamp import touch_content_stamp
from hub.search.keeping import sync_entries


class Command(BaseCommand):
    help = "Brings content/ and locale/ into Wagtail. What an editor changed in the browser is never overwritten."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if files and hub differ")
        parser.add_argument("--write-ids", action="store_true", help="first write an id wherever a file lacks one")

    def handle(self, *args, check, write_ids, verbosity, **options):
        self.verbosity = verbosity
        if not (check or write_ids) and state.is_as_left(settings.BASE_DIR):
            self.finish(Report())
            return
        try:
            if write_ids:
                self.write_ids()
            texts = read_texts(settings.BASE_DIR)
        except BrokenFiles as error:
            raise CommandError(f"{error}\nNothing was loaded.") from None
        if check:
            self.check_drift(texts)
        else:
            self.finish(load_texts(texts, say=self.say))

    def say(self, line):
        if self.verbosity:
            self.stdout.write(line)
            self.stdout.flush()  # progress, also where a log takes it

    def write_ids(self):
        for path in write_ids(settings.BASE_DIR):
            self.say(f"ids written: {path}")

    def check_drift(self, texts):
        if lines := drift(texts):
            raise CommandError(
                "\n".join([*lines, "files and hub differ: load_kits brings files in, export_kits writes files"])
            )
        self.say("files and hub say the same")

    def finish(self, report):
        ensure_kit_forums()
        ensure_spaces()
        ensure_tags()
        ensure_roles()
        ensure_counted()
        if report.changed:
            touch_content_stamp()
        sync_entries()
        for line in [*report.kept, *report.notes]:
            self.say(line)
        self.say(f"{len(report.changed)} pages loaded" if report.changed else "nothing changed")
