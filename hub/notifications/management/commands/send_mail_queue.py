from django.core.management.base import BaseCommand

from hub.notifications.mail import send_due


class Command(BaseCommand):
    help = "Sends the mails about what is new that are due. Safe to run at any time, also twice at once."

    def handle(self, **options):
        self.stdout.write(f"sent {send_due()}")
