from django.core.management.base import BaseCommand

from courses.models import TranslationState
from courses.translation.freshness import recount


class Command(BaseCommand):
    help = (
        "Count anew what is translated, behind and missing, page by page. Safe at any time; the hub does it by itself."
    )

    def handle(self, **options):
        changed = recount()
        self.stdout.write(f"{TranslationState.objects.count()} pages and languages counted, {changed} put right.")
