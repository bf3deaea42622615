from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courses.translation.new_language import english_pages, prepare_tree, write_files
from forums.spaces import ensure_spaces
from hub.accounts.roles import ensure_roles
from hub.lib.stamp import touch_content_stamp


class Command(BaseCommand):
    help = (
        "Makes a further language ready for translators: a draft of every page, the groups of its editors, and PO files. "
        "Readers see nothing of it before its home page and its help page are published. Safe to run again."
    )

    def add_arguments(self, parser):
        parser.add_argument("code", help="of the language, as in LANGUAGES")
        parser.add_argument("--no-files", action="store_true", help="write no PO files")
        parser.add_argument("--root", default=settings.BASE_DIR, help="the folder with content/ and locale/")

    def handle(self, code, *, no_files, root, verbosity, **options):
        self.refuse_unknown(code)
        say = self.stdout.write if verbosity > 1 else lambda line: None
        made = prepare_tree(code, say=say)
        ensure_spaces()
        ensure_roles()
        touch_content_stamp()
        written = [] if no_files else self.write(root, code)
        self.stdout.write(f"{made} drafts made; {len(written)} files written below locale/{code}/")
        self.stdout.write("What is to be translated: /editor/freshness/")

    def refuse_unknown(self, code):
        if code not in dict(settings.LANGUAGES):
            known = ",".join([*dict(settings.LANGUAGES), code])
            raise CommandError(
                f"{code} is none of this hub's languages. First set LANGUAGES={known} for all its processes."
            )
        if code in settings.COMPLETE_LANGUAGES:
            raise CommandError(f"The texts of {code} come with the hub: load_kits brings them in.")
        if not english_pages().exists():
            raise CommandError("There are no pages yet. First run load_kits.")

    def write(self, root, code):
        try:
            return write_files(root, code)
        except OSError as error:
            self.stderr.write(f"The PO files could not be written: {error}")
            return []
