"""What Wagtail and wagtail-localize tell us, turned into tasks. Connected in CoursesConfig.ready()."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, Page
from wagtail.signals import page_published, post_page_move
from wagtail_localize.models import StringTranslation, TranslationSource

from courses.translation import freshness, sound, step


def connect():
    page_published.connect(english_published, dispatch_uid="freshness.published")
    for signal in (post_save, post_delete):
        signal.connect(translation_changed, sender=StringTranslation, dispatch_uid="freshness.translated")
    post_save.connect(source_changed, sender=TranslationSource, dispatch_uid="freshness.source")
    post_save.connect(language_added, sender=Locale, dispatch_uid="freshness.language")
    post_delete.connect(page_deleted, sender=Page, dispatch_uid="freshness.deleted")
    page_published.connect(children_counted, dispatch_uid="sound.published")
    post_page_move.connect(page_moved, dispatch_uid="step.moved")


def later(name, *args):
    """Put a task into the queue once the running transaction is committed."""
    from courses.translation import tasks  # its module needs the settings of the task queue

    transaction.on_commit(partial(getattr(tasks, name).enqueue, *args), robust=True)


def english_published(instance, **kwargs):
    if instance.locale.language_code == freshness.SOURCE and not freshness.is_paused():
        later("sync_published", instance.pk)


def translation_changed(instance, **kwargs):
    if instance.context_id and not freshness.is_paused():
        key = instance.context.object_id
        if freshness.mark_outdated(key=key, locale_id=instance.locale_id):
            later("count_page", str(key))


def source_changed(instance, **kwargs):
    if not freshness.is_paused():
        later("count_page", str(instance.object_id))


def language_added(created, **kwargs):
    if created and not freshness.is_paused():
        later("count_all")


def page_deleted(instance, **kwargs):
    if instance.locale.language_code == freshness.SOURCE:
        freshness.forget(key=instance.translation_key)


def children_counted(instance, **kwargs):
    sound.count_children_again(instance)


def page_moved(instance, **kwargs):
    step.follow_source(instance)
