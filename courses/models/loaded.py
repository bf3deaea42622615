from django.db import models


class LoadedText(models.Model):
    """What load_kits loaded last of one page in one language, so that an editor's later change is seen and kept.

    `segments` maps the address of a text to a mark of its value (courses/translation/flat.py). Two more rows are kept
    under keys of their own: the pictures and files, and the state in which the last load left files and hub.
    `texts` holds the same texts in full, to be shown beside a conflict. `known` maps addresses to the mark of one more
    text that needs no question: what export_kits wrote last, or the text of the file that somebody decided against.
    """

    key = models.UUIDField()
    language = models.CharField(max_length=10)
    page_id = models.CharField(max_length=40)
    segments = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    known = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "language"], name="loaded_text_once")]

    def __str__(self):
        return f"{self.page_id} ({self.language})"
