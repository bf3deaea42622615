from django.core.management.base import BaseCommand, CommandError

from hub.certificates import keys


class Command(BaseCommand):
    help = "The keys that badges are signed with: make the first, rotate (a new one signs from now on), list."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["make", "rotate", "list"])

    def handle(self, *, what, **options):
        getattr(self, what)()

    def make(self):
        if keys.public_names():
            raise CommandError("There is a key already. To replace it: badge_keys rotate")
        self.stdout.write(f"made {keys.add_key()}")

    def rotate(self):
        self.stdout.write(f"made {keys.rotate()}; what older keys signed can still be checked")

    def list(self):
        names = keys.public_names()
        for place, name in enumerate(names):
            self.stdout.write(f"{name}  {'can only check' if place else 'signs'}")
        if not names:
            self.stdout.write("no key yet: the first certificate makes one")
