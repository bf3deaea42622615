"""Numbers by day, of nobody. Visits are counted as they come; all other figures are counted again from the rows of the hub."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def languages():
    """A callable, so that no migration freezes the languages of one hub."""
    return settings.LANGUAGES


class DailyVisit(models.Model):
    """What was opened on one day, from the memory of the web processes. No row knows who, from where, or at what time."""

    class What(models.TextChoices):
        VISIT = "visits", _("daily visits")
        PAGE = "pages", _("pages opened")
        DOWNLOAD = "downloads", _("sheets and files taken")

    day = models.DateField(_("day"))  # in Europe/Brussels
    what = models.CharField(_("what"), max_length=10, choices=What.choices)
    language = models.CharField(_("language"), max_length=10, blank=True)  # of the page; empty for files
    kit = models.CharField(_("kit"), max_length=36, blank=True)  # its translation key; empty outside kits
    number = models.PositiveIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("visits of a day")
        verbose_name_plural = _("visits of a day")
        constraints = [
            models.UniqueConstraint(fields=["day", "what", "language", "kit"], name="visits_once_per_day"),
        ]


class DailyFigure(models.Model):
    """A figure of one day in one group. Made from the rows by hub/reports/counting.py, and only there; empty: in no such group."""

    day = models.DateField(_("day"))
    figure = models.CharField(
        _("figure"), max_length=12
    )  # a key of hub.reports.figures.FIGURES; "until": see counting.py
    kit = models.CharField(_("kit"), max_length=36, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    role = models.CharField(_("role"), max_length=20, blank=True)
    # 0: of no organisation. No key of a row, because NULLs would let a group stand twice.
    organisation = models.PositiveBigIntegerField(_("organisation"), default=0)
    number = models.PositiveIntegerField(_("number"))

    class Meta:
        verbose_name = _("figure of a day")
        verbose_name_plural = _("figures of a day")
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "day", "kit", "language", "role", "organisation"], name="figure_once_per_day"
            ),
        ]


class Target(models.Model):
    """How many of a figure somebody has promised for a half-year."""

    figure = models.CharField(_("figure"), max_length=12)
    year = models.PositiveSmallIntegerField(_("year"))
    half = models.PositiveSmallIntegerField(_("half-year"))
    number = models.PositiveIntegerField(_("target"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.UniqueConstraint(fields=["figure", "year", "half"], name="one_target_per_half_year"),
            models.CheckConstraint(condition=Q(half__in=[1, 2]), name="a_year_has_two_halves"),
        ]


FEWEST_SLIPS = 5


class SlipCount(models.Model):
    """What a group ticked on slips without a name, after its last session, counted by hand: the hub reads no answer for it."""

    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    slips = models.PositiveSmallIntegerField(_("slips"))
    more = models.PositiveSmallIntegerField(_("ticks at “more”"))
    same = models.PositiveSmallIntegerField(_("ticks at “as before”"))
    less = models.PositiveSmallIntegerField(_("ticks at “less”"))

    class Meta:
        verbose_name = _("slips of a group")
        verbose_name_plural = _("slips of groups")
        constraints = [
            models.CheckConstraint(condition=Q(slips__gte=FEWEST_SLIPS), name="slips_of_five_or_more"),
        ]


class Result(models.Model):
    """A report or another result that was published: in which language, when, under which licence, and where it is kept."""

    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what it is"), blank=True)
    language = models.CharField(_("language of the text"), max_length=10, choices=languages, default="en")
    published_on = models.DateField(_("date"))
    licence = models.CharField(_("licence"), max_length=60, help_text=_("Such as CC BY-SA 4.0."))
    deposited = models.CharField(_("where it is deposited"), max_length=120, help_text=_("The name of the archive."))
    url = models.URLField(_("address there"), help_text=_("One that stays, such as a DOI: https://doi.org/…"))

    class Meta:
        ordering = ["-published_on", "pk"]
        verbose_name = _("published result")
        verbose_name_plural = _("published results")

    def __str__(self):
        return self.title
