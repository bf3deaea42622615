from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from courses.translation.sound import look_at_tree


class Command(BaseCommand):
    help = "Looks whether the tree of pages is sound, and tells /health/ready. `tidy` does it once a day."

    def add_arguments(self, parser):
        parser.add_argument("--mend", action="store_true", help="first mend what Wagtail's fixtree can mend")

    def handle(self, *, mend, **options):
        if mend:
            call_command("fixtree", interactive=False, stdout=self.stdout)
        if found := look_at_tree():
            words = ", ".join(f"{kind}: {number}" for kind, number in found.items())
            raise CommandError(f"the tree of pages is damaged ({words}); make a backup, then: check_tree --mend")
        self.stdout.write("the tree of pages is sound")
