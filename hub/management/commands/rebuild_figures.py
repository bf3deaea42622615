from django.core.management.base import BaseCommand

from hub.reports.counting import rebuild_figures


class Command(BaseCommand):
    help = "Count the figures of the reports anew from the rows, up to yesterday. `tidy` does so once a day."

    def handle(self, **options):
        found, written = rebuild_figures()
        self.stdout.write(f"{found:,} figures of days, {written:,} of them written anew.")
