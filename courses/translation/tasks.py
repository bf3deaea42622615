from django_tasks import task

from courses.translation import freshness


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
