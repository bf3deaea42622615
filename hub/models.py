from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from courses.blocks import HOME_BLOCKS, INFO_BLOCKS
from courses.translation.checks import RESERVED_SLUGS


class HomePage(Page):
    lead = models.TextField(_("lead"), help_text=_("What the hub is, for whom, and that it is free."))
    body = StreamField(HOME_BLOCKS, blank=True)

    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = None
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    override_translatable_fields = [SynchronizedField("slug")]


class InfoPage(Page):
    lead = models.TextField(_("lead"), blank=True)
    body = StreamField(INFO_BLOCKS, blank=True)

    parent_page_types = ["hub.HomePage"]
    subpage_types = []
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    override_translatable_fields = [SynchronizedField("slug")]

    def clean(self):
        super().clean()
        if self.slug in RESERVED_SLUGS:
            message = _("The address /%(slug)s/ belongs to the hub itself. Please choose another one.")
            raise ValidationError({"slug": message % {"slug": self.slug}})


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """What an operator may change without touching code."""

    hub_name = models.CharField(_("name of the hub"), max_length=40, default="Meridian")
    operator_name = models.CharField(_("who runs this hub"), max_length=120, blank=True)
    operator_email = models.EmailField(_("where to write"), blank=True)
    exit_url = models.URLField(_("where “Leave this page” goes"), default="https://www.wikipedia.org/")

    class Meta:
        verbose_name = _("hub settings")
