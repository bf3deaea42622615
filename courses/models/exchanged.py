"""Texts that went out in files and came back: what was taken out, what was brought in, and what both sides changed."""

import json
import zlib
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TextExport(models.Model):
    """What a downloaded file said, so that it can be merged when it comes back; the same texts are kept once."""

    digest = models.CharField(max_length=32, unique=True)  # stands in the head of the file
    language = models.CharField(max_length=10)
    scope = models.CharField(max_length=90)
    packed = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)  # when it was last downloaded

    def __str__(self):
        return f"{self.scope} ({self.language}) {self.made_at:%Y-%m-%d}"

    @staticmethod
    def pack(texts):
        return zlib.compress(json.dumps(texts, ensure_ascii=False, sort_keys=True).encode())

    @property
    def texts(self):
        """{name of an entry (courses/translation/settle.py): its text}."""
        return json.loads(zlib.decompress(bytes(self.packed)))


class TextImport(models.Model):
    """A file of translations that came in: looked at first, then applied as it was shown.

    `items` are the entries that are to be seen, as dicts (courses/translation/incoming.py::Item); `counts` {verdict: number}
    of all entries of the file; `results` {outcome: number} after it was applied.
    """

    class State(models.TextChoices):
        SHOWN = "shown", _("looked at")
        APPLYING = "applying", _("being brought in")
        APPLIED = "applied", _("brought in")

    token = models.UUIDField(default=uuid4, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=10)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)  # SHA-256
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    publish = models.BooleanField(default=False)
    items = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    results = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(null=True)  # the task's last sign of life
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["shown", "applying", "applied"]), name="text_import_state"
            )
        ]
        indexes = [models.Index(fields=["language", "-made_at"], name="text_import_newest")]

    def __str__(self):
        return f"{self.file_name} ({self.language})"


class TextConflict(models.Model):
    """A text that was changed both in the hub and in a file, each in its own way. The hub's stands until somebody decides."""

    class Origin(models.TextChoices):
        LOAD = "load", _("files of the hub")
        IMPORT = "import", _("uploaded file")

    language = models.CharField(max_length=10)
    page_id = models.CharField(max_length=40)
    address = models.TextField()
    english = models.TextField(blank=True)  # empty where the text is itself the English one
    mark = models.CharField(max_length=16)  # of `english`
    base = models.TextField(blank=True)  # before both changes; empty if that is not known
    theirs = models.TextField()  # what the file says
    origin = models.CharField(max_length=10, choices=Origin.choices)
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["language", "page_id", "address", "mark", "origin"], name="text_conflict_once"
            ),
            models.CheckConstraint(condition=models.Q(origin__in=["load", "import"]), name="text_conflict_origin"),
        ]

    def __str__(self):
        return f"{self.page_id}#{self.address} ({self.language})"
