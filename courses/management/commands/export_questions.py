from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from courses.models import KitPage, QuestionBank
from courses.questions.exchange import export_questions


class Command(BaseCommand):
    help = "Writes questions as GIFT or Moodle XML, all languages together: all banks, or one bank, or those of a kit."

    def add_arguments(self, parser):
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--bank", metavar="TITLE")
        which.add_argument("--kit", metavar="SLUG")
        parser.add_argument("--format", choices=["gift", "xml"], default="gift")
        parser.add_argument("--output", type=Path, metavar="FILE", help="else to standard output")

    def handle(self, *args, bank, kit, format, output, **options):
        try:
            key = QuestionBank.objects.filter(title=bank).values_list("translation_key", flat=True)[0] if bank else None
            text = export_questions(bank=key, kit=kit, format=format)
        except IndexError:
            raise CommandError(f"no question bank is called “{bank}”") from None
        except KitPage.DoesNotExist:
            raise CommandError(f"no kit has the address “{kit}”") from None
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from None
