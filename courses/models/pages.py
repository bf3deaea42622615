from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from courses.blocks import KIT_BLOCKS, LESSON_BLOCKS
from courses.panels import RulesPanel
from courses.paper_blocks import HANDOUT_BLOCKS
from courses.questions.blocks import LessonBody

PRINT = "print"  # between a kit or module and what is made for paper


class Emblem(models.TextChoices):
    """Our own drawings; each is an SVG symbol in hub/static/img/emblems.svg."""

    PATH = "path", _("path")
    CIRCLE = "circle", _("circle")
    COMPASS = "compass", _("compass")
    MANY = "many", _("many circles")
    ROUNDS = "rounds", _("rounds")
    BRIDGE = "bridge", _("bridge")
    VOICE = "voice", _("voice")
    SHIELD = "shield", _("shield")
    SEED = "seed", _("seed")
    DOOR = "door", _("door")


class Hue(models.TextChoices):
    TEAL = "teal", _("teal")
    PLUM = "plum", _("plum")
    OCHRE = "ochre", _("ochre")
    MOSS = "moss", _("moss")
    SLATE = "slate", _("slate")


def needed(label):
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


class CompletionRules(models.Model):
    """What has to be done before a module or kit is complete. Empty: all of them; 0: none.

    Never a forum post, never the content of what she writes (see docs/decisions.md). The same in every language.
    """

    needs_lessons = needed(_("lessons marked as done"))
    needs_checks = models.PositiveSmallIntegerField(_("self-checks passed"), default=0, null=True, blank=True)
    needs_reflections = models.PositiveSmallIntegerField(_("reflections done"), default=0, null=True, blank=True)
    needs_checklists = models.PositiveSmallIntegerField(_("checklists done"), default=0, null=True, blank=True)

    class Meta:
        abstract = True


RULE_FIELDS = ["needs_lessons", "needs_checks", "needs_reflections", "needs_checklists"]


def rules_panel(*names):
    return RulesPanel(
        [FieldPanel(name) for name in names],
        heading=_("Complete when…"),
        help_text=_(
            "How many of what is here have to be done. Leave a field empty for all of them; 0 means none. "
            "More than there are counts as all. What somebody has completed stays completed when you change this."
        ),
    )


def the_same_everywhere(*names):
    """These fields are those of the source page in every language, and no translator changes them."""
    return [SynchronizedField(name, overridable=False) for name in names]


class Readable:
    """A page that our own reader shows, also when Wagtail asks: to who may pass a restriction, and in a preview."""

    reader = ""  # a function of courses.views

    def serve(self, request, *args, **kwargs):
        from courses import views  # views know models, not the other way round

        return getattr(views, self.reader)(request, self)

    def serve_preview(self, request, mode_name):
        return self.serve(request)


class NotTaken:
    """A page that may not have an address of the hub's own; `taken` are the slugs of those beside it."""

    taken = (PRINT,)

    def clean(self):
        super().clean()
        if self.slug in self.taken:
            message = _("The address /%(slug)s/ belongs to the hub itself. Please choose another one.")
            raise ValidationError({"slug": message % {"slug": self.slug}})


class KitIndexPage(Page):
    parent_page_types = ["hub.HomePage"]
    subpage_types = ["courses.KitPage"]
    override_translatable_fields = [SynchronizedField("slug")]


class KitPage(Readable, CompletionRules, Page):
    class Audience(models.TextChoices):
        LEARNER = "learner", _("learners")
        TRAINER = "trainer", _("trainers")

    audience = models.CharField(_("for"), max_length=10, choices=Audience.choices, default=Audience.LEARNER)
    aim = models.TextField(_("aim"))
    hours = models.PositiveSmallIntegerField(_("hours"), validators=[MinValueValidator(1), MaxValueValidator(500)])
    emblem = models.CharField(_("emblem"), max_length=20, choices=Emblem.choices, default=Emblem.CIRCLE)
    hue = models.CharField(_("colour"), max_length=20, choices=Hue.choices, default=Hue.TEAL)
    outcomes = StreamField([("outcome", blocks.CharBlock(label=_("what you will hold at the end")))], blank=True)
    body = StreamField(KIT_BLOCKS, blank=True)
    needs_modules = needed(_("modules completed"))
    # A kit asks for its modules; each of them says which lessons it needs.
    needs_lessons = models.PositiveSmallIntegerField(_("lessons marked as done"), default=0, null=True, blank=True)

    reader = "serve_kit"
    parent_page_types = ["courses.KitIndexPage"]
    subpage_types = ["courses.ModulePage", "courses.HandoutPage"]
    content_panels = [
        *Page.content_panels,
        *map(FieldPanel, ["audience", "aim", "hours", "emblem", "hue", "outcomes", "body"]),
        rules_panel("needs_modules", *RULE_FIELDS),
    ]
    override_translatable_fields = [SynchronizedField("slug"), *the_same_everywhere("needs_modules", *RULE_FIELDS)]

    def route(self, request, path_components):
        """A sheet for paper stands one step deeper in its address than in the tree: `print/<slug>/`."""
        sheets = HandoutPage.objects.child_of(self)
        if path_components[:1] != [PRINT]:
            if sheets.filter(slug__in=path_components[:1]).exists():
                raise Http404
            return super().route(request, path_components)
        sheet = sheets.filter(slug__in=path_components[1:2]).first() if len(path_components) == 2 else None
        if sheet is None:
            raise Http404
        return sheet.route(request, [])


class ModulePage(NotTaken, Readable, CompletionRules, Page):
    aim = models.TextField(_("aim"))
    emblem = models.CharField(_("emblem"), max_length=20, choices=Emblem.choices, default=Emblem.CIRCLE)

    reader = "serve_module"
    parent_page_types = ["courses.KitPage"]
    subpage_types = ["courses.LessonPage"]
    content_panels = [*Page.content_panels, FieldPanel("aim"), FieldPanel("emblem"), rules_panel(*RULE_FIELDS)]
    override_translatable_fields = [SynchronizedField("slug"), *the_same_everywhere(*RULE_FIELDS)]


class LessonPage(NotTaken, Readable, Page):
    aim = models.TextField(_("aim"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=12, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    renewed_on = models.DateField(
        _("changed in substance on"),
        null=True,
        blank=True,
        help_text=_(
            "Fill this in when the lesson says something new, not for a corrected word. "
            "Those who had marked it as done are told once, on My learning."
        ),
    )
    body = StreamField(LessonBody(LESSON_BLOCKS))

    reader = "serve_lesson"
    parent_page_types = ["courses.ModulePage"]
    subpage_types = []
    content_panels = [*Page.content_panels, *map(FieldPanel, ["aim", "minutes", "renewed_on", "body"])]
    override_translatable_fields = [SynchronizedField("slug"), *the_same_everywhere("renewed_on")]


class HandoutPage(NotTaken, Page):
    """A sheet for paper: one page or a few, made to be printed and written on."""

    aim = models.TextField(_("aim"))
    landscape = models.BooleanField(_("print it across"), default=False)
    body = StreamField(HANDOUT_BLOCKS)

    taken = ("all",)
    parent_page_types = ["courses.KitPage"]
    subpage_types = []
    content_panels = [*Page.content_panels, *map(FieldPanel, ["aim", "landscape", "body"])]
    override_translatable_fields = [SynchronizedField("slug"), *the_same_everywhere("landscape")]

    class Meta:
        verbose_name = _("sheet for paper")
        verbose_name_plural = _("sheets for paper")

    def set_url_path(self, parent):
        self.url_path = f"{parent.url_path}{PRINT}/{self.slug}/" if parent else "/"
        return self.url_path

    def serve(self, request, *args, **kwargs):
        from courses import sheet_views  # views know models, not the other way round

        return sheet_views.serve_handout(request, self)

    def serve_preview(self, request, mode_name):
        return self.serve(request)
