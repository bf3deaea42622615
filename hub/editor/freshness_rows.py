"""Everything the table of freshness is made of, in one statement: Wagtail's own frame around it takes eleven already.

All rows come as one union: what it is, the key of a page, a language, and the rest as JSON.
"""

import json
from collections import namedtuple
from datetime import UTC
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import Translation

from courses.models import TranslationState
from courses.translation.freshness import SOURCE

PAGE = ["pk", "title", "draft_title", "path", "depth", "live", "has_unpublished_changes", "last_published_at"]
PAGE += ["latest_revision_created_at", "content_type_id"]
STATE = ["behind", "missing", "words", "since", "changed_at", "last_at", "last_by__username"]
MOMENTS = {"last_published_at", "latest_revision_created_at", "since", "changed_at", "last_at", "created_at"}
Found = namedtuple("Found", "pages states translations reviews entries")


def read_rows(languages, entries=(), key=None):
    """Found: dicts by (key, language), reviews by the id of a page, `entries` as they are counted in other_texts.

    With `key` only what concerns the page with this translation key.
    """
    queries = [
        _rows("page", _pages(languages), "translation_key", "locale__language_code", PAGE, key),
        _rows("state", _states(languages), "key", "locale__language_code", STATE, key),
        _rows(
            "translation", _translations(languages), "source__object_id", "target_locale__language_code", ["pk"], key
        ),
        _rows("review", _reviews(), "object_id", None, ["created_at"]),
        *entries,
    ]
    found = Found({}, {}, {}, {}, {})
    for what, key, code, data in queries[0].union(*queries[1:], all=True):
        put(found, what, key, code, json.loads(data) if isinstance(data, str) else data)
    return found


def put(found, what, key, code, data):
    if what == "entry":
        found.entries[key] = data
        return
    row = {name: moment(value) if name in MOMENTS else value for name, value in data.items()}
    if what == "review":
        found.reviews[int(key)] = row["created_at"]
    elif what == "translation":
        found.translations[UUID(key), code] = row["pk"]
    else:
        kind = StateRow if what == "state" else PageRow
        getattr(found, f"{what}s")[UUID(key), code] = kind(UUID(key), code, **row)


PageRow = namedtuple("PageRow", ["key", "code", *PAGE])
StateRow = namedtuple("StateRow", ["key", "code", *STATE])


def moment(text):
    """A moment out of JSON: SQLite writes it without its zone, which is UTC."""
    found = parse_datetime(text) if text else None
    return make_aware(found, UTC) if found and is_naive(found) else found


def _rows(what, queryset, key, code, names, only=None):
    """(what, key, code, JSON of the other columns) of each row."""
    queryset = queryset.filter(**{key: only}) if only else queryset
    data = JSONObject(**{name: F(name) for name in names})
    columns = {
        "u_what": Value(what, CharField()),
        "u_key": Cast(key, CharField()),
        "u_code": F(code) if code else Value("", CharField()),
        "u_data": Cast(data, TextField()),
    }
    return queryset.order_by().annotate(**columns).values_list(*columns)


def _pages(languages):
    return Page.objects.filter(depth__gt=1, locale__language_code__in={SOURCE, *languages})


def _states(languages):
    return TranslationState.objects.filter(locale__language_code__in=languages)


def _translations(languages):
    """Of every page that is translated here and not kept by hand."""
    return Translation.objects.filter(enabled=True, target_locale__language_code__in=languages)


def _reviews():
    kind = ContentType.objects.get_for_model(Page)
    return WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, base_content_type=kind)
