from django.contrib.auth import get_user_model
from django_tasks import task
from wagtail.models import Locale

from courses.translation import freshness, sound


@task()
def sync_published(page_id):
    """After an English page was published."""
    freshness.sync_page(page_id)


@task()
def count_page(key):
    """After a translation was saved or deleted, or a page was submitted for translation."""
    freshness.recount(keys=[key])


@task()
def count_all():
    """After a language was added."""
    freshness.recount()


@task()
def translate_below(page_id, language_codes, user_id):
    """Make the pages below one in more languages. Run again, it finishes what was interrupted."""
    locales = Locale.objects.filter(language_code__in=language_codes)
    sound.translate_subtree(page_id, locales, user=get_user_model().objects.filter(pk=user_id).first())
