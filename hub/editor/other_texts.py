"""What is to be translated beside the pages: entries of the glossary and the like, and the words of the interface."""

from functools import lru_cache
from pathlib import Path

import polib
from django.conf import settings
from django.db.models import CharField, Count, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import GlossaryTerm, QuestionBank, Resource
from courses.translation.freshness import SOURCE
from forums.models import Forum, ForumTag

# Kind of entry: its model and the columns that are translated.
ENTRIES = {
    "glossary": (GlossaryTerm, ["term", "also", "definition"]),
    "library": (Resource, ["about"]),
    "forums": (Forum, ["name", "topic"]),
    "tags": (ForumTag, ["name"]),
}


def entry_queries(languages):
    """A query for each kind of entry: how many lack a text in each language, of how many (freshness_rows.read_rows)."""
    queries = [_lacking(kind, model, columns, languages) for kind, (model, columns) in ENTRIES.items()]
    return [*queries, _banks(languages)]


def _lacking(kind, model, columns, languages):
    """The entries in which a text stands in English and not in the language."""
    lacks = {}
    for code in languages:
        lacks[code] = Q()
        for name in columns:
            lacks[code] |= ~_empty(f"{name}_{SOURCE}") & _empty(f"{name}_{code}")
    return _counted(QuerySet(model), kind, lacks)


def _banks(languages):
    """The question banks that have no row in a language."""
    rows = {code: QuestionBank.objects.filter(locale__language_code=code) for code in languages}
    lacks = {code: ~Q(translation_key__in=found.values("translation_key")) for code, found in rows.items()}
    return _counted(QuestionBank.objects.filter(locale__language_code=SOURCE), "banks", lacks)


def _counted(rows, kind, lacks):
    counts = {code: Count("pk", filter=lack) for code, lack in lacks.items()}
    names = {"u_what": Value("entry", CharField()), "u_key": Value(kind, CharField()), "u_code": Value("", CharField())}
    rows = rows.order_by().annotate(**names).values(*names)
    data = Cast(JSONObject(total=Count("pk"), **counts), TextField())
    return rows.annotate(u_data=data).values_list(*names, "u_data")


def _empty(column):
    return Q(**{f"{column}__isnull": True}) | Q(**{column: ""})


def interface_counts(languages):
    """{language: (texts that are not translated, all texts)} of the words of the hub's own pages."""
    return {code: _catalog_counts(code, *_stamp(code)) for code in languages}


def _catalog(code):
    return Path(settings.BASE_DIR) / "locale" / code / "LC_MESSAGES" / "django.po"


def _stamp(code):
    try:
        found = _catalog(code).stat()
    except FileNotFoundError:
        return (0, 0)
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=64)
def _catalog_counts(code, changed, size):
    """Read once for each state of the file."""
    if not size:
        return (0, 0)
    entries = [entry for entry in polib.pofile(str(_catalog(code))) if not entry.obsolete]
    return sum(not entry.translated() for entry in entries), len(entries)


def other_texts(languages, entries):
    """[(title, address or "", [(lacking, of)] for each language)]; `entries` is {kind: {language: lacking, "total": of}}."""
    interface = interface_counts(languages)
    kinds = {
        "glossary": (_("Glossary"), reverse(GlossaryTerm.snippet_viewset.get_url_name("list"))),
        "library": (_("Library"), reverse(Resource.snippet_viewset.get_url_name("list"))),
        "forums": (_("Names and topics of forums"), reverse(Forum.snippet_viewset.get_url_name("list"))),
        "tags": (_("Tags of forums"), ""),
        "banks": (_("Question banks"), reverse(QuestionBank.snippet_viewset.get_url_name("list"))),
    }
    found = [
        (title, url, [counts_of(entries.get(kind), code) for code in languages]) for kind, (title, url) in kinds.items()
    ]
    # Translators: the words of the web site itself: buttons, headings, messages.
    return [*found, (_("Words of the interface"), "", [interface[code] for code in languages])]


def counts_of(entry, code):
    return (entry[code], entry["total"]) if entry else (0, 0)
