from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.translation.export import export_texts, write_catalogs
from courses.translation.tree import BrokenFiles, read_texts


class Command(BaseCommand):
    help = "Writes what stands in Wagtail back to content/ and locale/. Untouched files stay byte for byte as they are."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--po",
            action="store_true",
            help="only bring the PO files in line with the English files; needs no database",
        )

    def handle(self, *args, po, **options):
        try:
            texts = read_texts(settings.BASE_DIR, assets=False)
            changed = write_catalogs(texts) if po else export_texts(texts)
        except BrokenFiles as error:
            raise CommandError(f"{error}\nNothing was written.") from None
        for path in changed:
            self.stdout.write(f"wrote {path}" if (settings.BASE_DIR / path).exists() else f"removed {path}")
        self.stdout.write(f"{len(changed)} files changed" if changed else "nothing changed")
