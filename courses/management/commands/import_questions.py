from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.questions.exchange import LARGEST, carry_out, plan_import
from courses.questions.items import Faults


class Command(BaseCommand):
    help = "Brings the questions of a GIFT or Moodle XML file into a question bank. A second time it changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; change nothing")
        parser.add_argument("--bank", metavar="TITLE", help="the bank to fill or to make; else named after the file")
        parser.add_argument("--format", choices=["gift", "xml"], help="else told from the file")
        parser.add_argument(
            "--language", default="en", choices=dict(settings.LANGUAGES), help="of texts that name none"
        )

    def handle(self, *args, file, dry_run, bank, format, language, **options):
        try:
            with file.open("rb") as opened:
                data = opened.read(LARGEST + 1)
            plan = plan_import(data, title=bank or file.stem, format=format, language=language)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        except Faults as faults:
            raise CommandError(f"{faults}\nNothing was imported.") from None
        if not dry_run:
            carry_out(plan)
        self.report(plan)
        self.stdout.write(f"{'would import' if dry_run else 'imported'} {len(plan.questions)}")

    def report(self, plan):
        for left_out in plan.left_out:
            self.stdout.write(f"left out: {left_out}")
        for item, _state in plan.questions:
            for note in item.notes:
                self.stdout.write(f"note: line {item.line}: {note}")
        if plan.strangers:
            self.stdout.write(f"languages that this hub has not: {', '.join(plan.strangers)}")
        counts = ", ".join(f"{plan.count(state)} {state}" for state in ("new", "changed", "same"))
        languages = ", ".join(f"{count} in {code}" for code, count in plan.languages.items())
        self.stdout.write(f"bank “{plan.title}”: {counts}; {languages}")
