"""The list of queries, read; and which of them find what is wanted."""

from pathlib import Path
from typing import NamedTuple

from django.utils import translation

from courses.models import GlossaryTerm, LessonPage
from hub.models import CountryPage, InfoPage
from hub.search.models import Kind
from hub.search.results import search

FIRST = 5


class Asked(NamedTuple):
    language: str
    text: str
    wanted: list


def read_queries(name="queries.txt"):
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    rows = [[part.strip() for part in line.split("|")] for line in lines if line and not line.startswith("#")]
    return [Asked(language, text, wanted.split()) for language, text, wanted in rows]


def keys_by_name():
    """{as the list names it: (kind, key)}."""
    names = {f"term:{key}": (Kind.TERM, key) for key in terms()}
    for model, kind, prefix in [
        (LessonPage, Kind.LESSON, ""),
        (CountryPage, Kind.COUNTRY, "country:"),
        (InfoPage, Kind.PAGE, "page:"),
    ]:
        for slug, key in model.objects.filter(locale__language_code="en").values_list("slug", "translation_key"):
            names[f"{prefix}{slug}"] = (kind, str(key))
    return names


def terms():
    return GlossaryTerm.objects.values_list("key", flat=True)


def first_of(asked, user):
    """(kind, key) of what is found first."""
    with translation.override(asked.language):
        found = search(text=asked.text, language=asked.language, user=user)
    return [(line.kind, line.key) for line in found.page.object_list[:FIRST]]


def missed(user, queries=None):
    """The queries that do not have what is wanted among the first five, with what they have."""
    names, wrong = keys_by_name(), []
    for asked in queries or read_queries():
        found = first_of(asked, user)
        if not {names[name] for name in asked.wanted} & set(found):
            wrong.append((asked.language, asked.text, found))
    return wrong
