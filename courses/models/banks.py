"""Questions kept for use in several lessons."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin

from courses.blocks import QUESTION_BLOCKS, ProseBlock, ReflectionBlock

# A quiz draws questions only; texts and reflections are here because files of other systems hold them too.
BANK_BLOCKS = [*QUESTION_BLOCKS, ("text", ProseBlock()), ("reflection", ReflectionBlock())]


class QuestionBank(TranslatableMixin, models.Model):
    """Questions from which a quiz of a lesson draws; one row per language, with the same ids in each."""

    title = models.CharField(_("title"), max_length=200)
    questions = StreamField(BANK_BLOCKS, blank=True, verbose_name=_("questions"))

    panels = [FieldPanel("title"), FieldPanel("questions")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("question bank")
        verbose_name_plural = _("question banks")

    def __str__(self):
        return self.title
