"""What can be found. Everything here is derived: `rebuild_index` makes it again, and nothing is shown from it but snippets of open pages.

Pages, terms and resources are few: an Entry holds their words with what each weighs; a process keeps the index made of them at hand
(hub/search/index.py). Threads and posts are many: their words stand in an index of the database, FTS5 or tsvector, which the
migration makes and keeps in line with the rows.
"""

from django.db import models

from forums.models import Post, Thread


class Kind(models.TextChoices):
    KIT = "kit"
    MODULE = "module"
    LESSON = "lesson"
    SHEET = "sheet"
    PAGE = "page"
    COUNTRY = "country"
    TERM = "term"
    RESOURCE = "resource"


class Entry(models.Model):
    """One thing in one language. `key` is the same in every language."""

    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=255)
    text = models.TextField()  # as a reader sees it, for snippets
    names = models.JSONField(default=list)  # what else it is called, each a text
    words = models.JSONField()  # {folded word: [weight, its other forms…]}
    made_from = models.CharField(max_length=64)  # changes whenever the source does

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "language"], name="one_entry_per_language")]

    def __str__(self):
        return f"{self.kind} {self.key} {self.language}"


class StoredIndex(models.Model):
    """The index of all entries of a language. `made_from` changes whenever one of them does."""

    language = models.CharField(max_length=10, primary_key=True)
    made_from = models.CharField(max_length=64)
    content = models.TextField()  # JSON

    def __str__(self):
        return self.language


class Words(models.Model):
    """All forms of all words of something, each once, between blanks."""

    words = models.TextField()

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.pk)


class ThreadWords(Words):
    """The title of a thread and its first post."""

    thread = models.OneToOneField(Thread, models.CASCADE, primary_key=True, related_name="found_by")


class PostWords(Words):
    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="found_by")
