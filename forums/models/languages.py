"""Five languages in one conversation: which a member reads, and what a machine has translated."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models.threads import Post, language_field


class ReadingLanguages(models.Model):
    """What she is shown of posts in other languages, in all forums. Without a row: everything."""

    class Show(models.TextChoices):
        # Translators: answers "Show:" above a list of threads.
        ALL = "all", _("all languages")
        MINE = "mine", _("only my languages")
        FOLD = "fold", _("other languages folded")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    show = models.CharField(_("show"), max_length=4, choices=Show.choices, default=Show.ALL)
    languages = models.CharField(_("my languages"), max_length=60)  # codes with blanks between

    def __str__(self):
        return f"{self.show}: {self.languages}"


class PostTranslation(models.Model):
    """A post in another language, made by the operator's own server. It holds for the words with this digest and no others."""

    post = models.ForeignKey(Post, models.CASCADE, db_index=False, related_name="translations")
    language = language_field()
    digest = models.CharField(max_length=64)
    html = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "language"], name="one_translation_per_language")]

    def __str__(self):
        return f"{self.post_id}: {self.language}"
