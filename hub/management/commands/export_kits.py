from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.translation.export import export_texts, write_catalogs
from courses.translation.outgoing import write_folder
from courses.translation.tree import BrokenFiles, languages, read_texts


class Command(BaseCommand):
    help = "Writes what stands in Wagtail back to content/ and locale/. Untouched files stay byte for byte as they are."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--po",
            action="store_true",
            help="only bring the PO files in line with the English files; needs no database",
        )

        parser.add_argument(
            "--to",
            metavar="FOLDER",
            help="leave content/ and locale/ alone; write a PO file per language and kit into FOLDER for an agency, "
            "with the older translation of what has changed, marked fuzzy",
        )
        parser.add_argument("--language", action="append", help="with --to: only this language; may be given again")
        parser.add_argument("--todo", action="store_true", help="with --to: only what is not translated or has changed")

    def handle(self, *args, po, to, language, todo, **options):
        if to:
            self.hand_out(Path(to), language or languages(), todo)
            return
        try:
            texts = read_texts(settings.BASE_DIR, assets=False)
            changed = write_catalogs(texts) if po else export_texts(texts)
        except BrokenFiles as error:
            raise CommandError(f"{error}\nNothing was written.") from None
        for path in changed:
            self.stdout.write(f"wrote {path}" if (settings.BASE_DIR / path).exists() else f"removed {path}")
        self.stdout.write(f"{len(changed)} files changed" if changed else "nothing changed")

    def hand_out(self, folder, chosen, todo):
        if strangers := set(chosen) - set(languages()):
            raise CommandError(f"no language of this hub: {', '.join(sorted(strangers))}")
        if any(folder.resolve().is_relative_to(settings.BASE_DIR / name) for name in ("content", "locale")):
            raise CommandError(
                "choose a folder outside content/ and locale/: files with fuzzy entries do not belong there"
            )
        for path in write_folder(folder, languages=chosen, todo=todo):
            self.stdout.write(f"wrote {path}")
