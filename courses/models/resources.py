"""The library: what others offer for free, with a link to it."""

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.elsewhere import SEVERAL, languages_elsewhere

AUDIENCES = [("learner", _("learners")), ("trainer", _("trainers"))]
TOPICS = [
    ("skills", _("What I can do")),
    ("recognition", _("Recognition of degrees")),
    ("jobs", _("Finding work")),
    ("cv", _("CV and applications")),
    ("language", pgettext_lazy("a topic of the library", "Learning the language")),
    ("networks", _("Networks and mentors")),
    ("rights", _("Rights at work")),
    ("safety", _("Safety")),
    ("money", _("Money")),
    ("business", _("A business of my own")),
    ("study", _("Study and research")),
    ("digital", _("Digital skills")),
    ("green", _("Green jobs")),
    ("circle", _("Mentoring circles")),
    ("wellbeing", _("Rest and strength")),
]
COUNTRIES = [
    ("it", _("Italy")),
    ("gr", _("Greece")),
    ("hu", _("Hungary")),
    ("se", _("Sweden")),
    ("gb", _("United Kingdom")),
    ("eu", _("European Union")),
    ("any", pgettext_lazy("country of a resource", "anywhere")),
]


def resource_languages():
    return [*languages_elsewhere(), SEVERAL]


class Kind(models.TextChoices):
    WEBSITE = "website", _("website")
    ARTICLE = "article", _("article")
    VIDEO = "video", _("video")
    COURSE = "course", _("course")
    TOOL = "tool", _("tool")
    DOCUMENT = "document", _("document")


class NamesField(models.JSONField):
    """A list of a few fixed names, ticked in a form. `names` are choices, or give them; they are no part of the database."""

    def __init__(self, *args, names=(), **kwargs):
        self.names = names
        super().__init__(*args, default=list, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, path, args, kwargs

    def formfield(self, **kwargs):
        field = forms.MultipleChoiceField(
            choices=self.names, widget=forms.CheckboxSelectMultiple, label=self.verbose_name, required=not self.blank
        )
        field.help_text = self.help_text
        return field


class Resource(models.Model):
    """One entry of the library, in all languages."""

    key = models.SlugField(
        _("id"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]{1,39}\Z", _("2 to 40 of a-z 0-9 -, beginning with a letter."))],
        help_text=_("A short name for the files. It never changes."),
    )
    title = models.CharField(_("title"), max_length=200)
    title_translated = models.BooleanField(_("the title is translated"), default=False)
    url = models.URLField(_("address"), help_text=_("The official home page."))
    about = models.TextField(_("what it is and what one can do there"))
    audience = NamesField(_("for"), names=AUDIENCES)
    topics = NamesField(_("topics"), names=TOPICS)
    languages = NamesField(_("languages"), names=resource_languages)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    countries = NamesField(_("countries"), names=COUNTRIES)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["key"]
        verbose_name = _("resource of the library")
        verbose_name_plural = _("resources of the library")

    def __str__(self):
        return self.title
