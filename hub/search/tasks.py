from django_tasks import task

from hub.search import keeping


@task()
def sync_entries():
    """After something that everybody reads was published, changed or taken away."""
    keeping.sync_entries()


@task()
def index_posts(pks):
    keeping.index_posts(pks=pks)
