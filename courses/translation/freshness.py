"""How every page stands in every language: noticed by itself, counted in a task, kept in TranslationState.

The counts are derived: `recount()` makes them anew from wagtail-localize's rows. Whoever writes StringTranslation rows in bulk,
which sends no signals, calls it afterwards.
"""

import hashlib
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import strip_tags
from wagtail.models import Locale, Page
from wagtail_localize.models import OverridableSegment, StringSegment, TemplateSegment, TranslationSource

from courses.models.freshness import TranslationState
from courses.translation.older import standings_of
from hub.lib.prose import words
from hub.lib.stamp import touch_content_stamp

SOURCE = "en"
AT_ONCE = 100  # pages
COUNTS = [
    "total",
    "missing",
    "behind",
    "words",
    "since",
    "changes",
    "parts",
    "digest",
    "changed_at",
    "last_by",
    "last_at",
]
_paused = ContextVar("paused", default=False)


@contextmanager
def paused():
    """Changes in here are not noticed one by one: who makes them recounts at the end."""
    token = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(token)


def is_paused():
    return _paused.get()


def sync_page(page_id):
    """Take over into wagtail-localize what was published in English, and count what that leaves to translate."""
    page = Page.objects.filter(pk=page_id, live=True, locale__language_code=SOURCE).first()
    if page is None:
        return
    with paused(), transaction.atomic():
        TranslationSource.update_or_create_from_instance(page.specific)
    recount(keys=[page.translation_key])


def mark_outdated(*, key, locale_id):
    """A translation was saved or deleted; whether that is news to who counts."""
    return bool(TranslationState.objects.filter(key=key, locale=locale_id, outdated=False).update(outdated=True))


def forget(*, key):
    """The English page is gone."""
    TranslationState.objects.filter(key=key).delete()


def ensure_counted():
    """After an update of the hub that brought the table, and in a hub made before it."""
    if not TranslationState.objects.exists():
        recount()


def recount(*, keys=None):
    """Count the texts of these pages, or of all, in every language. Returns how many states changed."""
    sources = TranslationSource.objects.filter(locale__language_code=SOURCE)
    if keys is None:
        TranslationState.objects.exclude(key__in=sources.values("object_id")).delete()
    else:
        sources = sources.filter(object_id__in=keys)
    locales = list(Locale.objects.exclude(language_code=SOURCE).values_list("pk", flat=True))
    sources = list(sources.defer("content_json"))
    changed = sum(_recount(sources[n : n + AT_ONCE], locales) for n in range(0, len(sources), AT_ONCE))
    if changed:
        touch_content_stamp()
    return changed


@transaction.atomic
def _recount(sources, locales):
    keys = [source.object_id for source in sources]
    TranslationState.objects.filter(key__in=keys, outdated=True).update(outdated=False)
    before = {(state.key, state.locale_id): state for state in TranslationState.objects.filter(key__in=keys)}
    published = dict(
        Page.objects.filter(translation_key__in=keys, locale__language_code=SOURCE).values_list(
            "translation_key", "last_published_at"
        )
    )
    standings = standings_of([source.pk for source in sources], locales)
    digests = _digests([source.pk for source in sources])
    rows = [
        state_of(
            before.get((source.object_id, locale)) or TranslationState(key=source.object_id, locale_id=locale),
            standings[source.pk, locale],
            published.get(source.object_id) or source.last_updated_at or timezone.now(),
            digests[source.pk],
        )
        for source in sources
        for locale in locales
    ]
    changed = [row for row, is_changed in rows if is_changed]
    TranslationState.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["key", "locale"], update_fields=COUNTS
    )
    return len(changed)


def state_of(state, standing, published_at, digest):
    """(The state with the counts of now, whether they differ from those before)."""
    before = [getattr(state, name) for name in COUNTS]
    behind = [text for text in standing.open if text.older]
    state.changes = {text.mark: state.changes.get(text.mark) or published_at.isoformat() for text in behind}
    waiting_before = bool(state.missing)
    state.total, state.behind = standing.total, len(behind)
    state.missing = len(standing.open) - len(behind)
    state.words = sum(len(words(strip_tags(text.text))) for text in standing.open)
    state.parts = _parts(standing.open)
    state.since = _since(state, waiting_before, published_at)
    if state.digest != digest:
        state.digest, state.changed_at = digest, published_at
    state.last_by_id, state.last_at = standing.last_by, standing.last_at
    return state, state.pk is None or before != [getattr(state, name) for name in COUNTS]


def _since(state, waiting_before, published_at):
    moments = [parse_datetime(moment) for moment in state.changes.values()]
    if state.missing:
        moments.append(state.since if waiting_before and state.since else published_at)
    return min(moments, default=None)


def _parts(opened):
    """{block id or field: [behind, missing]}."""
    found = {}
    for text in opened:
        names = text.path.split(".")
        counts = found.setdefault(names[1] if len(names) > 1 else names[0], [0, 0])
        counts[0 if text.older else 1] += 1
    return found


def _digests(source_ids):
    """{source id: digest of everything a translation of it is built from}. Three statements."""
    found = {pk: hashlib.blake2b(digest_size=16) for pk in source_ids}
    for model, value in (
        (StringSegment, "string_id"),
        (TemplateSegment, "template_id"),
        (OverridableSegment, "data_json"),
    ):
        rows = model.objects.filter(source__in=source_ids).order_by("source", "order", "context")
        for source, *row in rows.values_list("source_id", "context_id", "order", value):
            found[source].update(repr(row).encode())
    return {pk: digest.hexdigest() for pk, digest in found.items()}
