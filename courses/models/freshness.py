from django.conf import settings
from django.db import models
from wagtail.models import Locale


class TranslationStateQuerySet(models.QuerySet):
    def to_do(self):
        return self.exclude(missing=0, behind=0)


class TranslationState(models.Model):
    """How the texts of one page stand in one language: counted from wagtail-localize's rows, which are the truth.

    A text is *missing* when it was never translated, and *behind* when its English changed after it was.
    `changes` maps "<context>:<string>" of each text that is behind to the moment of the change (ISO 8601).
    `parts` maps the id of a block, or the name of a field, to how many of its texts are [behind, missing].
    `changed_at` is when anything of the English page that a translation takes over changed; `digest` is what tells.
    """

    key = models.UUIDField()
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+")
    total = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    behind = models.PositiveIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)  # of the English that is to be translated
    since = models.DateTimeField(null=True)  # the first text that is to be translated is so
    changes = models.JSONField(default=dict)
    parts = models.JSONField(default=dict)
    digest = models.CharField(max_length=32, default="")
    changed_at = models.DateTimeField(null=True)
    last_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    last_at = models.DateTimeField(null=True)
    # A translation was saved after it was counted.
    outdated = models.BooleanField(default=False)

    objects = TranslationStateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="translation_state_once")]

    def __str__(self):
        return f"{self.key} ({self.locale_id}): {self.missing} missing, {self.behind} behind"
