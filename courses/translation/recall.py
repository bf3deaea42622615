"""Translation memory: how the same English text, or one much like it, was translated elsewhere on the hub.

An index from words to the texts that hold them is kept in each process. It only proposes: what is shown is read from the database.
"""

import re
import threading
from array import array
from collections import Counter, defaultdict
from itertools import chain
from typing import NamedTuple

from django.db.models import Count, Max
from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation

from hub.lib.likeness import Likeness
from hub.lib.wording import bare

WORD = re.compile(r"\w+")
ALIKE = 0.7  # from here on a text helps to translate another
CLOSEST, TRIED = 3, 5  # so many are shown of a text, out of so many that share most words
SHARED = 0.55  # share of their words that two texts must have in common to be compared at all
COMMON = 0.04  # a word that stands in so large a share of the texts says nothing about any of them
FEWEST = 2  # telling words of a text for which others like it are looked for


class Match(NamedTuple):
    """`english` was translated as `text` on the page `page`; `likeness` is 1 where the English is the same."""

    english: str
    text: str
    page: str
    likeness: float

    @property
    def percent(self):
        return min(99, int(self.likeness * 100)) if self.likeness < 1 else 100


class Index:
    """{word: numbers of the texts that hold it} of all English texts. `mark` tells whether a text has come or gone."""

    def __init__(self, mark, texts):
        self.mark, holding, count = mark, defaultdict(lambda: array("L")), 0
        for pk, text in texts:
            count += 1
            for word in set(words_of(text)):
                holding[word].append(pk)
        most = max(50, count * COMMON)
        self.holding = {word: pks for word, pks in holding.items() if len(pks) <= most}
        self.sizes = Counter(pk for pks in self.holding.values() for pk in pks)

    def nearest(self, text):
        """The numbers of the texts that share most telling words with `text`, the best first."""
        found = [word for word in set(words_of(text)) if word in self.holding]
        if len(found) < FEWEST:
            return []
        shared = Counter(chain.from_iterable(self.holding[word] for word in found))
        least = SHARED / (2 - SHARED) * len(found)  # fewer shared words are too few, however short the other text is
        likely = [(2 * n / (len(found) + self.sizes[pk]), pk) for pk, n in shared.items() if n >= least]
        return [pk for share, pk in sorted(likely, reverse=True)[:TRIED] if share >= SHARED]


def words_of(text):
    return WORD.findall(bare(text).casefold())


kept_indexes = {}
building = threading.Lock()


def index_of(locale_id):
    """The Index of all texts in a language: one statement, one more when they have changed."""
    texts = String.objects.filter(locale=locale_id)
    mark = tuple(texts.aggregate(n=Count("pk"), last=Max("pk")).values())
    index = kept_indexes.get(locale_id)
    if index is None or index.mark != mark:
        with building:
            index = kept_indexes[locale_id] = Index(mark, texts.values_list("pk", "data"))
    return index


def recall(parts, translation):
    """{part id: [Match]}, the likest first, for Parts of a translation. Four statements, whatever the number of parts."""
    if not parts:
        return {}
    index = index_of(translation.source.locale_id)
    near = {part.id: [part.string_id, *index.nearest(part.english)] for part in parts}
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale_id, translation_of__in={pk for pks in near.values() for pk in pks}
    ).exclude(has_error=True)
    columns = ("translation_of_id", "translation_of__data", "data", "context_id", "context__object_id", "updated_at")
    known = defaultdict(list)
    for row in rows.exclude(data="").order_by("-updated_at").values_list(*columns, named=True):
        known[row.translation_of_id].append(row)
    titles = titles_of({row.context__object_id for rows in known.values() for row in rows}, translation)
    return {
        part.id: best(part, [row for pk in dict.fromkeys(near[part.id]) for row in known[pk]], titles) for part in parts
    }


def best(part, rows, titles):
    """The closest Matches of a part, each translation once; what stands in the part itself, or is its older text, is none."""
    found, own = {}, part.older.text if part.older else None
    for row in rows:
        is_own = (row.context_id, row.translation_of_id) == (part.context_id, part.string_id) or row.data == own
        if is_own or row.data in found:
            continue
        likeness = Likeness(part.english, row.translation_of__data)
        if likeness.most >= ALIKE and (share := likeness.share) >= ALIKE:
            title = titles.get(row.context__object_id, "")
            found[row.data] = Match(row.translation_of__data, row.data, title, share)
    return sorted(found.values(), key=lambda match: -match.likeness)[:CLOSEST]


def titles_of(keys, translation):
    pages = Page.objects.filter(translation_key__in=keys, locale=translation.target_locale_id)
    return dict(pages.values_list("translation_key", "title"))
