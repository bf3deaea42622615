"""Pictures in posts. The files lie in the storage "pictures", named by the key; nothing leads to them but forums.picture_views."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.models.threads import Post

MOST_PICTURES = 3
ALT_LENGTH = 300


class PostPicture(models.Model):
    """`post` is empty until she sends what she writes. Widths and heights in pixels, of the picture and of its small copy."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="attached")
    place = models.PositiveSmallIntegerField(default=0)
    alt = models.CharField(_("what can be seen"), max_length=ALT_LENGTH, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    small_width = models.PositiveIntegerField()
    small_height = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return self.key.hex

    def get_absolute_url(self):
        return reverse("post_picture", args=[self.key])

    @property
    def small_url(self):
        return reverse("post_picture_small", args=[self.key])

    @property
    def files(self):
        """Names in the storage: the picture and its small copy."""
        return f"{self.key.hex}.webp", f"{self.key.hex}-small.webp"
