"""What publishing a changed English page will leave to translate: asked before it is published."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from courses.translation.older import Open, match

MOST = 40  # paragraphs of one block that are compared with each other


class Change(NamedTuple):
    """A text of the page: what it said (empty for a new one) and what it will say."""

    before: str
    after: str


@dataclass
class Stale:
    """`languages` maps a language to [texts that will be behind, new texts that it does not have]."""

    changes: list = field(default_factory=list)
    languages: dict = field(default_factory=dict)

    @property
    def behind(self):
        return sum(behind for behind, _new in self.languages.values())


def becomes_stale(page):
    """The Stale that publishing `page`, an English page as its author left it, will bring. At most four statements."""
    source = TranslationSource.objects.defer("content_json").filter(
        object_id=page.translation_key, locale=page.locale_id
    )
    source = source.first()
    if source is None:
        return Stale()
    before = set(StringSegment.objects.filter(source=source).values_list("context__path", "string__data"))
    after = [(v.path, v.string.data) for v in extract_segments(page) if isinstance(v, StringSegmentValue)]
    new = [text for text in dict.fromkeys(after) if text not in before]
    if not new:
        return Stale()
    changes = pair(new, before - set(after))
    return Stale(list(changes.values()), languages_behind(page, source, changes))


def pair(new, gone):
    """{(path, text): Change}: each new text with that of those gone from its place which is most like it."""
    places = defaultdict(list)
    for path, text in new:
        places[path].append(Open(0, 0, 0, path, 0, text))
    for path, opened in places.items():
        candidates = [(None, text, "") for other, text in sorted(gone) if other == path][:MOST]
        match(opened[:MOST], candidates, least=0 if len(opened) == len(candidates) == 1 else 0.5)
    return {(o.path, o.text): Change(o.older[1] if o.older else "", o.text) for found in places.values() for o in found}


def languages_behind(page, source, changes):
    """{language: [behind, new]} of the languages in which the page is there."""
    keys = Page.objects.filter(translation_key=page.translation_key).values("locale")
    rows = Translation.objects.filter(source=source, enabled=True, target_locale__in=keys)
    there = rows.values_list("target_locale__language_code", flat=True).order_by("target_locale__language_code")
    has = _already_translated(page, changes)
    found = {}
    for code in there:
        kinds = Counter(bool(change.before) for key, change in changes.items() if (code, *key) not in has)
        if kinds:
            found[code] = [kinds[True], kinds[False]]
    return found


def _already_translated(page, changes):
    """{(language, path, text)} of the new texts that were translated once before, and are so again."""
    rows = StringTranslation.objects.filter(
        context__object_id=page.translation_key,
        translation_of__data__in=[text for _path, text in changes],
        has_error=False,
    )
    return set(rows.values_list("locale__language_code", "context__path", "translation_of__data"))
