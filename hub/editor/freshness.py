"""How every page stands in every language, for those who keep them right: read in a fixed number of statements."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page

from courses.models import KitPage
from courses.translation.freshness import SOURCE
from hub.editor.freshness_rows import read_rows


class Standing(TextChoices):
    MISSING = "missing", gettext_lazy("Not translated")
    BEHIND = "behind", gettext_lazy("Behind the English text")
    REVIEW = "review", gettext_lazy("Waiting for review")
    UNPUBLISHED = "unpublished", gettext_lazy("Not published")
    FRESH = "fresh", gettext_lazy("Up to date")


@dataclass
class Cell:
    """A page in a language. `standing` is empty where there is nothing to do yet: the English page is not published."""

    language: str
    standing: str = ""
    has_page: bool = False
    behind: int = 0
    missing: int = 0
    words: int = 0
    since: datetime | None = None
    by: str = ""
    url: str = ""

    @property
    def to_do(self):
        return self.standing not in ("", Standing.FRESH)

    @property
    def said(self):
        """The standing in words."""
        return Standing(self.standing).label if self.standing else _("The English page is not published yet")

    @property
    def numbers(self):
        """How many of its texts are behind and how many missing, in words: list."""
        if not self.has_page:
            return []
        behind = ngettext("%(count)d part behind", "%(count)d parts behind", self.behind) % {"count": self.behind}
        missing = ngettext("%(count)d part missing", "%(count)d parts missing", self.missing) % {"count": self.missing}
        return [words for count, words in ((self.behind, behind), (self.missing, missing)) if count]


@dataclass
class Row:
    """A page with its English title, and a cell for each language shown. `kit` is the key of its kit, None beside the kits."""

    key: object
    title: str
    depth: int
    kit: object
    cells: list = field(default_factory=list)

    @property
    def words(self):
        return sum(cell.words for cell in self.cells if cell.to_do)

    @property
    def since(self):
        return min((cell.since for cell in self.cells if cell.to_do and cell.since), default=None)


class Table:
    """All pages in `languages`, in the order of the tree. One statement; `entries` are more queries to go with it.

    With `key` there is only the page with this translation key.
    """

    def __init__(self, languages, entries=(), key=None):
        self.languages = languages
        self.pages, self.states, self.translations, self.reviews, self.entries = read_rows(languages, entries, key)
        self.kits = {}
        english = [page for page in self.pages.values() if page.code == SOURCE]
        self.rows = [self._row(page) for page in sorted(english, key=lambda page: page.path)]

    def _row(self, page):
        if page.content_type_id == ContentType.objects.get_for_model(KitPage).pk:
            self.kits[page.path] = page
        kit = self.kits.get(page.path[: Page.steplen * 4])
        row = Row(page.key, page.draft_title or page.title, page.depth, kit and kit.key)
        row.cells = [self._cell(page, code) for code in self.languages]
        return row

    def _cell(self, english, code):
        page, state = self.pages.get((english.key, code)), self.states.get((english.key, code))
        cell = Cell(code, has_page=page is not None)
        if state and (page or english.live):
            cell.behind, cell.missing, cell.words = state.behind, state.missing, state.words
            cell.since, cell.by = state.since, state.last_by__username or ""
        translated = (english.key, code) in self.translations
        cell.standing = self._standing(english, page, state if translated else None, cell)
        cell.url = self._url(english, page, code) if cell.standing else ""
        return cell

    def _standing(self, english, page, state, cell):
        if page is None:
            return Standing.MISSING if english.live else ""
        if page.pk in self.reviews:
            cell.since = self.reviews[page.pk]
            return Standing.REVIEW
        if state and (state.behind or state.missing) and english.live:
            return Standing.BEHIND if state.behind else Standing.MISSING
        if not page.live or page.has_unpublished_changes or (state and is_newer(state, page)):
            cell.since = page.latest_revision_created_at
            return Standing.UNPUBLISHED
        return Standing.FRESH

    def _url(self, english, page, code):
        """Where it is put right: the translator's desk, or the form that begins a translation."""
        translation = self.translations.get((english.key, code))
        if page is None:
            return reverse("wagtail_localize:submit_page_translation", args=[english.pk])
        if translation:
            return reverse("editor_translate", args=[translation])
        return reverse("wagtailadmin_pages:edit", args=[page.pk])


def is_newer(state, page):
    """Whether a text was translated, or the English page changed its form, after this page was last published."""
    moments = [moment for moment in (state.last_at, state.changed_at) if moment]
    return not page.last_published_at or any(moment > page.last_published_at for moment in moments)


# Sums --------------------------------------------------------------------------------------------


@dataclass
class Sum:
    """How many pages of a language stand how, and what there is to do in them."""

    language: str
    pages: int = 0
    words: int = 0
    counts: dict = field(default_factory=lambda: dict.fromkeys(Standing.values, 0))

    def add(self, cell):
        if cell.standing:
            self.pages += 1
            self.counts[cell.standing] += 1
            self.words += cell.words if cell.to_do else 0

    @property
    def to_do(self):
        return self.pages - self.counts[Standing.FRESH]

    @property
    def shown(self):
        """[(standing, its label, count)] of what there is to do."""
        return [(s.value, s.label, self.counts[s]) for s in Standing if s != Standing.FRESH and self.counts[s]]


def sums_of(rows, languages):
    """One Sum for each language."""
    sums = [Sum(code) for code in languages]
    for row in rows:
        for total, cell in zip(sums, row.cells, strict=True):
            total.add(cell)
    return sums


def sums_by_kit(table):
    """[(title, [Sum for each language])]: each kit in the order of the tree, the pages beside the kits, all."""
    groups = {kit.key: kit.draft_title or kit.title for kit in table.kits.values()} | {None: _("Other pages")}
    found = [
        (title, sums_of([row for row in table.rows if row.kit == key], table.languages))
        for key, title in groups.items()
    ]
    return [*found, (_("All pages"), sums_of(table.rows, table.languages))]
