from django.core.management.base import BaseCommand

from hub.accounts.roles import ensure_roles


class Command(BaseCommand):
    help = "Makes the groups of every role and language, their rights and the workflows; load_kits ends with it."

    def handle(self, **options):
        ensure_roles()
        self.stdout.write("every role and workflow is there")
