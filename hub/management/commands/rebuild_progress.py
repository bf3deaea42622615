import sys

from django.core.management.base import BaseCommand, CommandError

from courses.completion import rebuild
from courses.models import Enrolment
from hub.accounts.models import User


class Command(BaseCommand):
    help = "Make the counters of enrolments anew from the record, and complete what today's rules find complete."

    def add_arguments(self, parser):
        parser.add_argument("--user", metavar="NAME", help="only this person's")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be put right")

    def handle(self, *, user, dry_run, **options):
        enrolments = Enrolment.objects.all()
        if user:
            found = User.objects.filter(username=user).first()
            if found is None:
                raise CommandError("Nobody here has this user name.")
            enrolments = enrolments.filter(user=found)
        rebuilt = rebuild(enrolments=enrolments, dry_run=dry_run, progress=self.progress)
        verb = "would be" if dry_run else "were"
        self.stdout.write(
            f"{rebuilt.looked_at:,} enrolments looked at, {rebuilt.corrected:,} {verb} put right, "
            f"{rebuilt.completed:,} modules and kits {verb} completed."
        )

    def progress(self, batches):
        """Passes the batches on, with a line that counts them on a terminal."""
        for number, batch in enumerate(batches, 1):
            yield batch
            if sys.stderr.isatty():
                self.stderr.write(f"\r{100 * number // len(batches)} %", ending="\n" if number == len(batches) else "")
