from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from courses.blocks import HOME_BLOCKS, INFO_BLOCKS
from courses.english_left import tell_english
from courses.paper_blocks import COUNTRY_BLOCKS
from courses.questions.fold import fold
from courses.translation.checks import RESERVED_SLUGS
from hub.countries import rows_html, standing_of


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


class CountryIndexPage(Page):
    """All country pages; one in each language, at /countries/."""

    lead = models.TextField(_("lead"), blank=True)
    body = StreamField(HOME_BLOCKS, blank=True)

    parent_page_types = ["hub.HomePage"]
    subpage_types = ["hub.CountryPage"]
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta:
        verbose_name = _("list of countries")
        verbose_name_plural = _("lists of countries")

    def clean(self):
        super().clean()
        if self.slug != "countries":
            raise ValidationError({"slug": _("The list of countries has the address /countries/.")})

    def get_context(self, request, *args, **kwargs):
        found = tell_english(CountryPage.objects.child_of(self).live().public(), get_language())
        pages = sorted(found, key=lambda page: fold(page.title))
        return {**super().get_context(request, *args, **kwargs), "countries": pages}


class CountryPage(Page):
    """Where to ask in one country. Until a named reviewer of a partner has checked it, only names and links are shown."""

    class Country(models.TextChoices):
        ITALY = "it", _("Italy")
        GREECE = "gr", _("Greece")
        HUNGARY = "hu", _("Hungary")
        SWEDEN = "se", _("Sweden")
        UNITED_KINGDOM = "gb", _("United Kingdom")

    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    reviewer = models.CharField(
        _("checked by"),
        max_length=120,
        blank=True,
        help_text=_(
            "Name of the person of a partner who has checked every row. Readers see it. "
            "Without a name and a day, readers see only the names and links of the offices."
        ),
    )
    reviewer_organisation = models.CharField(_("her or his organisation"), max_length=120, blank=True)
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("After twelve months readers see only the names and links again, until somebody has looked anew."),
    )
    lead = models.TextField(_("lead"), blank=True)
    body = StreamField(COUNTRY_BLOCKS, blank=True)

    parent_page_types = ["hub.CountryIndexPage"]
    subpage_types = []
    review_fields = ["reviewer", "reviewer_organisation", "checked_on"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("country"),
        MultiFieldPanel([FieldPanel(name) for name in review_fields], heading=_("Checked by a partner")),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    override_translatable_fields = [
        SynchronizedField(name, overridable=False) for name in ("slug", "country", *review_fields)
    ]

    class Meta:
        verbose_name = _("country page")
        verbose_name_plural = _("country pages")

    def get_context(self, request, *args, **kwargs):
        standing = standing_of(self)
        shown = {"standing": standing, "rows_html": rows_html(self, standing)}
        return {**super().get_context(request, *args, **kwargs), **shown}

    def clean(self):
        super().clean()
        if self.checked_on and self.checked_on > timezone.localdate():
            raise ValidationError({"checked_on": _("This day has not come yet.")})
        rows = [block.value["row"] for block in self.body if block.block_type == "bodies"]
        if len(set(rows)) < len(rows):
            raise ValidationError({"body": _("Two parts are about the same row. Put their offices into one.")})


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """What an operator may change without touching code."""

    hub_name = models.CharField(_("name of the hub"), max_length=40, default="Meridian")
    operator_name = models.CharField(_("who runs this hub"), max_length=120, blank=True)
    operator_email = models.EmailField(_("where to write"), blank=True)
    exit_url = models.URLField(_("where “Leave this page” goes"), default="https://www.wikipedia.org/")

    class Meta:
        verbose_name = _("hub settings")
