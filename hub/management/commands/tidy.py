from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from courses.enrolments import end_kits
from courses.models import Answer, ForgottenAnswer
from courses.translation.applying import forget_old_files
from courses.translation.freshness import recount
from courses.translation.sound import look_at_tree
from courses.word import waiting
from forums.actions import forget_versions
from forums.pictures import delete_orphans, forget_unsent
from hub.certificates.making import make_waiting
from hub.editor.weekly import tell_translators
from hub.learning.reminding import remind_due
from hub.lib.limits import allow
from hub.notifications.mail import send_due
from hub.notifications.privacy import forget_old
from hub.reports.counting import rebuild_figures
from hub.search import keeping

OLDER_VERSIONS_STAY = timedelta(days=30)


class Command(BaseCommand):
    help = (
        "What has to be done every quarter of an hour: publish and withdraw on time, end enrolments on their last day, "
        "make certificates that wait, send mails about what is new, tell translators on Monday what waits, remind who asked for it, "
        "look at the tree of pages, forget old sessions, tasks, versions of answers, pictures that were never sent and what was told."
    )

    def handle(self, **options):
        call_command("publish_scheduled", verbosity=0)
        end_kits()
        call_command("clearsessions", verbosity=0)
        if settings.TASKS["default"]["BACKEND"] == "django_tasks_db.DatabaseBackend":
            call_command("prune_db_task_results", verbosity=0)
        limit = timezone.now() - OLDER_VERSIONS_STAY
        Answer.objects.filter(state=Answer.State.REPLACED, replaced_at__lt=limit).delete()
        ForgottenAnswer.objects.filter(day__lt=limit.date()).delete()
        forget_unsent()
        waiting.forget_old()
        forget_old_files()
        if allow("tidy:pictures", limit=1, seconds=86_400):  # it looks at every file
            delete_orphans()
        if allow("tidy:tree", limit=1, seconds=86_400):
            look_at_tree()
        if allow("tidy:freshness", limit=1, seconds=86_400):  # what a lost task left uncounted
            recount()
        if allow("tidy:figures", limit=1, seconds=86_400):  # first after midnight: up to yesterday
            rebuild_figures()
        keeping.sync_entries()
        if allow("tidy:search", limit=1, seconds=3600):  # posts that a lost task left out; words of withdrawn ones go
            keeping.catch_up()
        forget_versions()
        forget_old()
        make_waiting()
        tell_translators()
        remind_due()
        send_due()
