from django.core.management.base import BaseCommand, CommandError

from courses.checks.outside import PAUSE, ask_all, outside_links

WORDS = {
    "gone": "not there any more",
    "moved": "has moved for good to",
    "silent": "does not answer",
    "unlisted": "was not asked: not in content/links.yaml:",
}


class Command(BaseCommand):
    help = "Asks the servers that our texts and the library link to whether the pages are still there, one by one and slowly."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=500, help="addresses asked at most (500)")
        parser.add_argument(
            "--pause", type=float, default=PAUSE, help=f"seconds between two questions to one server ({PAUSE})"
        )
        parser.add_argument("--dry-run", action="store_true", help="ask nobody; list what would be asked")

    def handle(self, *args, limit, pause, dry_run, **options):
        links = outside_links()
        if dry_run:
            self.stdout.write("\n".join([*sorted(links)[:limit], f"would ask {min(limit, len(links))} addresses"]))
            return
        bad = count = 0
        for url, state, told in ask_all(links, limit=limit, pause=pause):
            count += 1
            if state != "there":
                bad += state == "gone"
                self.stdout.write(f"{url}: {WORDS[state]} {told}\n    in {', '.join(links[url][:3])}")
        self.stdout.write(f"asked {count} addresses, {bad} not there any more")
        if bad:
            raise CommandError("Some links lead nowhere. Change them in the editor.")
