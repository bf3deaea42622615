"""What a changed English text said before, and its translation: the older translation that readers keep until there is a new one.

wagtail-localize keeps the translation of a text that is no longer in the page, but does not know which new text took its place.
We look for it among those of the same context (a field, or a block with all its paragraphs), by how alike the English texts are.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from django.utils.dateparse import parse_datetime
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from courses.models.freshness import TranslationState
from hub.lib.likeness import Likeness

ALIKE = 0.5  # from here on one paragraph counts as another's older text; a field has only one text, so there any does
LINK = re.compile(r'<a id="(a\d+)">(.*?)</a>', re.DOTALL)


class Older(NamedTuple):
    """`source_text` is the English that `text` translates; `changed_at` is when the English was changed."""

    source_text: str
    text: str
    changed_at: datetime


@dataclass
class Open:
    """A text of a page that has no translation. `older` is a (StringTranslation id, its English, its text) or None."""

    segment_id: int
    context_id: int
    string_id: int
    path: str
    order: int
    text: str
    older: tuple | None = None

    @property
    def mark(self):
        return f"{self.context_id}:{self.string_id}"


@dataclass
class Standing:
    """All texts of a page in a language: how many, which are open, who translated last."""

    total: int = 0
    open: list = field(default_factory=list)
    last_by: int | None = None
    last_at: datetime | None = None


def older_translations(translation):
    """{segment id: Older} of every text of a page that was translated before its English changed. Five statements."""
    return older_in_bulk([translation.source], translation.target_locale_id).get(translation.source_id, {})


def older_in_bulk(sources, locale_id):
    """{source id: {segment id: Older}} for many pages: five statements, whatever their number."""
    ids = [source.pk for source in sources]
    standings = standings_of(ids, [locale_id])
    states = TranslationState.objects.filter(key__in=[s.object_id for s in sources], locale=locale_id)
    changes = dict(states.values_list("key", "changes"))
    return {
        source.pk: {
            text.segment_id: Older(*text.older[1:], changed_at(source, changes.get(source.object_id, {}), text))
            for text in standings[source.pk, locale_id].open
            if text.older
        }
        for source in sources
    }


def changed_at(source, changes, text):
    known = changes.get(text.mark)
    return parse_datetime(known) if known else source.last_updated_at


# Reading ---------------------------------------------------------------------------------------------


def standings_of(source_ids, locale_ids):
    """{(source id, locale id): Standing}. Four statements, whatever the number of pages and languages."""
    segments = _segments(source_ids)
    current = {(row.context_id, row.string_id) for row in segments}
    singles = _singles(segments)
    translated, obsolete, newest = _translations(source_ids, locale_ids, current)
    found = {(source, locale): Standing() for source in source_ids for locale in locale_ids}
    for (_source, locale), standing in found.items():
        standing.last_at, standing.last_by = newest.get((_source, locale), (None, None))
    for row in segments:
        for locale in locale_ids:
            standing = found[row.source_id, locale]
            standing.total += 1
            if (locale, row.context_id, row.string_id) not in translated:
                standing.open.append(_open(row))
    _match_all(found, obsolete, singles)
    return found


def _segments(source_ids):
    rows = StringSegment.objects.filter(source__in=source_ids).order_by("source", "order")
    names = ("pk", "source_id", "context_id", "string_id", "order", "context__path", "string__data")
    return list(rows.values_list(*names, named=True))


def _open(row):
    return Open(row.pk, row.context_id, row.string_id, row.context__path, row.order, row.string__data)


def _singles(segments):
    """The contexts that hold one text."""
    strings = defaultdict(set)
    for row in segments:
        strings[row.context_id].add(row.string_id)
    return {context for context, held in strings.items() if len(held) == 1}


def _translations(source_ids, locale_ids, current):
    """What is translated, {(locale, context): [ids of obsolete translations]}, and {(source, locale): (when, who)} of the newest."""
    sources = dict(TranslationSource.objects.filter(pk__in=source_ids).values_list("object_id", "pk"))
    rows = StringTranslation.objects.filter(
        locale__in=locale_ids, context__object_id__in=list(sources), has_error=False
    ).exclude(data="")
    names = ("pk", "locale_id", "context_id", "translation_of_id", "context__object_id", "updated_at")
    translated, obsolete, newest = set(), defaultdict(list), {}
    for pk, locale, context, string, key, when, who in rows.order_by("updated_at", "pk").values_list(
        *names, "last_translated_by_id"
    ):
        newest[sources[key], locale] = (when, who)
        if (context, string) in current:
            translated.add((locale, context, string))
        else:
            obsolete[locale, context].append(pk)
    return translated, obsolete, newest


# Matching --------------------------------------------------------------------------------------------


def _match_all(standings, obsolete, singles):
    waiting = defaultdict(list)
    for (_source, locale), standing in standings.items():
        for text in standing.open:
            if (locale, text.context_id) in obsolete:
                waiting[locale, text.context_id].append(text)
    texts = _texts_of([pk for place in waiting for pk in obsolete[place]])
    for place, opened in waiting.items():
        candidates = [texts[pk] for pk in obsolete[place] if pk in texts]
        match(opened, candidates, least=0 if place[1] in singles else ALIKE)


def _texts_of(pks):
    if not pks:
        return {}
    rows = StringTranslation.objects.filter(pk__in=pks).values_list("pk", "translation_of__data", "data")
    return {row[0]: row for row in rows}


def match(opened, candidates, *, least):
    """Give each open text the candidate that is most like it, each candidate once; of equals the newest.

    How alike two texts can be at most is found fast: most pairs need not be compared.
    """
    if not least and len(opened) == len(candidates) == 1:
        opened[0].older = candidates[0]
        return
    texts, ages = dict(enumerate(opened)), dict(enumerate(candidates))
    pairs = {(age, n): Likeness(old[1], text.text) for age, old in ages.items() for n, text in texts.items()}
    waiting = [(-pair.most, False, -age, -n) for (age, n), pair in pairs.items()]
    heapify(waiting)
    while waiting and -waiting[0][0] >= least:
        _share, is_exact, age, n = heappop(waiting)
        if -age not in ages or -n not in texts:
            continue
        if is_exact:
            texts.pop(-n).older = ages.pop(-age)
        else:
            heappush(waiting, (-pairs[-age, -n].share, True, age, n))


# Pages are built from it -----------------------------------------------------------------------------


def fitted(text, english):
    """An older translation without the links that the English text no longer has."""
    ids = {match[1] for match in LINK.finditer(english)}
    return LINK.sub(lambda link: link[0] if link[1] in ids else link[2], text)
