from django.conf import settings
from django_tasks import task

from hub.search import keeping
from hub.search.places import places


@task()
def sync_entries():
    """After something that everybody reads was published, changed or taken away."""
    keeping.sync_entries()
    for language, _name in settings.LANGUAGES:
        places(language)  # so that no reader waits for it


@task()
def index_posts(pks):
    keeping.index_posts(pks=pks)
