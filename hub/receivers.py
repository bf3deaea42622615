"""What changes what a visitor may read: Wagtail's signals move the content stamp.

Connected in HubConfig.ready(), not in wagtail_hooks.py, because a management command that publishes never loads the hooks.
"""

from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.models import GlossaryTerm, QuestionBank, Resource
from hub.lib.stamp import touch_content_stamp
from hub.models import SiteSettings


def content_changed(**kwargs):
    touch_content_stamp()


def connect():
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(content_changed, dispatch_uid="content-stamp")
    post_delete.connect(content_changed, sender=Page, dispatch_uid="content-stamp")
    shown = (SiteSettings, PageViewRestriction, Site, Locale, QuestionBank, GlossaryTerm, Resource)
    shown += (get_image_model(), get_document_model())
    for model in shown:
        for signal in (post_save, post_delete):
            signal.connect(content_changed, sender=model, dispatch_uid=f"content-stamp-{model.__name__}")
    m2m_changed.connect(content_changed, sender=PageViewRestriction.groups.through, dispatch_uid="content-stamp")
