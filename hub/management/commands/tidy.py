from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "What has to be done every quarter of an hour: publish and withdraw on time, forget old sessions and old tasks."
    )

    def handle(self, **options):
        call_command("publish_scheduled", verbosity=0)
        call_command("clearsessions", verbosity=0)
        call_command("prune_db_task_results", verbosity=0)
