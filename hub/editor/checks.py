"""The report Checks: what editors should look at on every page of a language, and the measures of one page in all of them."""

from typing import NamedTuple

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Revision

from courses.checks.findings import KINDS, Finding, findings
from courses.checks.links import known
from courses.checks.measures import measure
from courses.checks.rules import rules
from courses.checks.texts import kind_of, pieces
from courses.models import KitPage
from courses.translation.style import READING, Said
from hub.lib.prose import sentences
from hub.lib.stamp import content_stamp

KEPT_SECONDS = 3_600


class Row(NamedTuple):
    """A line of the report. `place` names the block; `url` opens it in the editor."""

    kind: str
    page: str
    place: str
    message: str
    url: str

    @property
    def kind_words(self):
        return KINDS[self.kind]


def report(language):
    """Rows for every page of a language as it was last saved. Kept until something is saved or published."""
    newest = Revision.objects.order_by("-pk").values_list("pk", flat=True).first()
    key = f"checks:{language}:{get_language()}:{content_stamp()}:{newest}"
    return cache.get_or_set(key, lambda: make_report(language), KEPT_SECONDS)


def make_report(language):
    there, said, rows = known(), Said(rules()["repeated"]), []
    pages = pages_in(language)
    trainers = trainer_paths(pages)
    for page in pages:
        found = list(pieces(page))
        listed = list(findings(page, there, audience=audience_of(page, trainers), found=found))
        rows += [row_of(page, finding) for finding in [*listed, *twins(page, found, said)]]
    return rows


def pages_in(language):
    """Our pages of a language in the order of the tree, as they were last saved. Three queries and one for each type of page."""
    locale = Locale.objects.get(language_code=language)
    rows = Page.objects.filter(locale=locale, depth__gt=1).order_by("path")
    return saved([page for page in rows.specific() if kind_of(page)], {locale.pk: locale})


def saved(pages, locales):
    """These pages with the changes that are not published yet, each with its Locale. One query."""
    changed = {page.latest_revision_id for page in pages if page.has_unpublished_changes}
    revisions = Revision.objects.in_bulk(changed - {None})
    pages = [revisions[p.latest_revision_id].as_object() if p.latest_revision_id in revisions else p for p in pages]
    for page in pages:
        page.locale = locales[page.locale_id]
    return pages


def trainer_paths(pages):
    return tuple(p.path for p in pages if isinstance(p, KitPage) and p.audience == KitPage.Audience.TRAINER)


def audience_of(page, trainers):
    return "trainer" if trainers and page.path.startswith(trainers) else "learner"


def twins(page, found, said):
    if kind_of(page).name != "lesson":
        return
    for piece in found:
        if piece.kind not in READING - {"example"} or not piece.field.translated:
            continue
        for sentence in sentences(piece.text):
            if other := said.add(sentence, page.title):
                message = _("“%(sentence)s” stands in “%(page)s” too. Say it once, and link there.")
                yield Finding("twins", piece.block, message % {"sentence": sentence, "page": other})


def row_of(page, finding):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    anchor = f"#block-{finding.block}-section" if finding.block else ""
    return Row(finding.kind, page.title, place_of(page, finding.block), finding.message, url + anchor)


def place_of(page, block_id):
    """The name of a block and how many of its kind stand above it: `Text 2`."""
    if not block_id:
        return ""
    names = [block["type"] for block in raw_until(page, block_id)]
    label = str(page.body.stream_block.child_blocks[names[-1]].label)
    return f"{label} {names.count(names[-1])}" if names.count(names[-1]) > 1 else label


def raw_until(page, block_id):
    for block in page.body.get_prep_value():
        yield block
        if block["id"] == block_id:
            return


# One page ------------------------------------------------------------------------------------------------


def measures_of(page):
    """[(page, Measures)] of a page in each of its languages, English first."""
    others = saved(list(page.get_translations().specific()), Locale.objects.in_bulk())
    pages = sorted([page, *others], key=lambda p: (p.locale.language_code != "en", p.locale.language_code))
    return [(p, measure(p)) for p in pages]


def findings_of(page):
    """Rows for one page, as it stands in memory."""
    kit = page.get_ancestors().type(KitPage).specific().first()
    return [row_of(page, finding) for finding in findings(page, known(), audience=getattr(kit, "audience", "learner"))]
