"""What makes the index move: signals of Wagtail and of rows that are saved one by one.

What is changed in bulk is found by `manage.py tidy`. Nothing depends on the moment: what is hidden, withdrawn or closed to her is
left out when she asks, by the rows themselves.
"""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.models import GlossaryTerm, Resource
from courses.translation.freshness import is_paused
from forums.models import Post
from hub.search.tasks import index_posts, sync_entries


def content_changed(**kwargs):
    """One task for each transaction, however much was changed in it. A load of texts asks for one when it is done."""
    connection = transaction.get_connection()
    asked = any(function is ask_for_entries for _sids, function, *_rest in connection.run_on_commit)
    if not is_paused() and not asked:
        transaction.on_commit(ask_for_entries)


def ask_for_entries():
    sync_entries.enqueue()


def post_saved(instance, **kwargs):
    transaction.on_commit(lambda: index_posts.enqueue([instance.pk]))


def connect():
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(content_changed, dispatch_uid="search-entries")
    post_delete.connect(content_changed, sender=Page, dispatch_uid="search-entries")
    for model in (GlossaryTerm, Resource, PageViewRestriction):
        for signal in (post_save, post_delete):
            signal.connect(content_changed, sender=model, dispatch_uid=f"search-entries-{model.__name__}")
    post_save.connect(post_saved, sender=Post, dispatch_uid="search-posts")
