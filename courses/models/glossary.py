"""The glossary: words of the kits, explained in plain language."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class GlossaryTerm(models.Model):
    """One term in all languages. `see` holds the keys of related terms; one that is gone is not shown."""

    key = models.SlugField(
        _("id"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]{1,39}\Z", _("2 to 40 of a-z 0-9 -, beginning with a letter."))],
        help_text=_("A short name for the files and for links in texts. It never changes."),
    )
    term = models.CharField(_("term"), max_length=120)
    also = models.CharField(
        _("other names"),
        max_length=300,
        blank=True,
        help_text=_(
            "What else women may look for when they mean this, with commas. The search finds the term by them."
        ),
    )
    definition = models.TextField(_("what it means, in one to three short sentences"))
    see = models.JSONField(_("related terms"), default=list, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["key"]
        verbose_name = _("term of the glossary")
        verbose_name_plural = _("terms of the glossary")

    def __str__(self):
        return self.term

    def clean(self):
        super().clean()
        if not isinstance(self.see, list) or not all(isinstance(key, str) for key in self.see):
            raise ValidationError({"see": _("Choose terms of the glossary.")})
