from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.translation.load import load_texts
from courses.translation.tree import BrokenFiles, read_texts


class Command(BaseCommand):
    help = "Brings content/ and locale/ into Wagtail. What an editor changed in the browser is never overwritten."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if files and hub differ")
        parser.add_argument("--write-ids", action="store_true", help="first write an id wherever a file lacks one")

    def handle(self, *args, check, write_ids, **options):
        try:
            texts = read_texts(settings.BASE_DIR)
        except BrokenFiles as error:
            raise CommandError(f"{error}\nNothing was loaded.") from None
        self.tell(load_texts(texts, say=self.stdout.write))

    def tell(self, report):
        for line in [*report.kept, *report.notes]:
            self.stdout.write(line)
        self.stdout.write(f"{len(report.changed)} pages loaded" if report.changed else "nothing changed")
