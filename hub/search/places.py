"""Where things stand and how they are called, of all that is open to everybody now. Read once per content stamp."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from courses import glossary, library
from courses.english_left import tell_english
from courses.models import HandoutPage
from courses.queries import is_open, kit_outlines
from hub.lib.stamp import kept
from hub.models import CountryIndexPage, CountryPage, InfoPage
from hub.search.models import Kind


class Place(NamedTuple):
    """`title` may be an `English`. `path` is of the site, or the address of a resource elsewhere; `within` says what it is a part of."""

    title: str
    path: str
    within: str = ""
    mark: str = ""  # the language of the title where it is not that of the place


def places(language):
    """{(kind, key): Place} in one language."""
    return kept(f"search-places:{language}", lambda: build(language))


def build(language):
    if language not in dict(settings.LANGUAGES):
        return {}
    with translation.override(language):
        found = dict(kit_places(language)) | dict(page_places(language))
        for word in glossary.words(language).values():
            if not word.term_lang:
                found[Kind.TERM, word.key] = Place(word.term, f"{reverse('glossary')}#{word.key}")
        for line in library.resources_in(language):
            if not line.about_lang:
                path = f"{reverse('library')}?{urlencode({'q': line.title})}"
                found[Kind.RESOURCE, line.key] = Place(line.title, path, mark=line.title_lang)
    return {(str(kind), key): place for (kind, key), place in found.items()}


def kit_places(language):
    for kit in kit_outlines(language).values():
        yield (Kind.KIT, str(kit.key)), Place(kit.title, kit.url)
        for module in filter(is_open, kit.modules):
            yield (Kind.MODULE, str(module.key)), Place(module.title, module.url, kit.title)
            for lesson in filter(is_open, module.lessons):
                within = f"{kit.title} · {lesson.number}"
                yield (Kind.LESSON, str(lesson.key)), Place(lesson.title, lesson.url, within)


def page_places(language):
    kinds = {InfoPage: Kind.PAGE, CountryIndexPage: Kind.PAGE, CountryPage: Kind.COUNTRY, HandoutPage: Kind.SHEET}
    pages = [page for model in kinds for page in model.objects.live().public().filter(locale__language_code=language)]
    for page in tell_english(pages, language):
        if is_open(page) and (path := page.relative_url(None)):
            yield (kinds[type(page)], str(page.translation_key)), Place(page.title, path)
