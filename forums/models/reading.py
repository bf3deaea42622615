"""How far somebody has read."""

from django.conf import settings
from django.db import models

from forums.models.threads import Thread


class ThreadRead(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="+")
    last_post_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "thread"], name="one_reading_mark_per_thread")]

    def __str__(self):
        return f"{self.thread_id}: {self.last_post_id}"
