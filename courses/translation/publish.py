"""Saving pages in bulk: Wagtail's index of references is told once for each page, not at each of its saves."""

from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.tasks import update_reference_index_task


def add_page(parent, page):
    """A page that is still to be published: what it refers to is told then."""
    with disable_reference_index_auto_update():
        return parent.add_child(instance=page)


def publish(page):
    """Save a page as a new revision, publish it, and give the revision."""
    with disable_reference_index_auto_update():
        revision = page.save_revision(log_action=False)
        revision.publish(log_action=False)
    update_reference_index_task.enqueue(page._meta.app_label, page._meta.model_name, str(page.pk))
    return revision
