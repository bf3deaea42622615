"""What is shown for a query: the lines of a tab, her language first, each with a snippet."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hub.lib.stemming import fold_word, words_of
from hub.search import forum_words
from hub.search.index import title_words
from hub.search.models import Entry, Kind
from hub.search.places import Place, places
from hub.search.query import read_query
from hub.search.ranking import rank
from hub.search.shelf import shelf
from hub.search.text import snippet

A_PAGE = 10
NAMED_THREADS = 3  # on the first tab: below everything else, but for those whose title says all that was asked for
BEFORE_THREADS = 3  # lines
KINDS = {
    "kits": {Kind.KIT, Kind.MODULE, Kind.LESSON, Kind.SHEET},
    "words": {Kind.TERM},
    "library": {Kind.RESOURCE},
    "pages": {Kind.PAGE, Kind.COUNTRY},
}
TABS = {
    # Translators: first tab of a search: everything that was found.
    "": pgettext_lazy("search", "All"),
    "kits": _("Kits and lessons"),
    "words": _("Glossary"),
    "library": _("Library"),
    "pages": _("Countries and pages"),
    "threads": _("Threads"),
    "posts": _("Posts"),
}
KIND_NAMES = {
    Kind.KIT: _("Kit"),
    Kind.MODULE: _("Module"),
    Kind.LESSON: _("Lesson"),
    Kind.SHEET: _("Sheet for paper"),
    Kind.PAGE: _("Page"),
    Kind.COUNTRY: _("Country page"),
    Kind.TERM: _("Word of the glossary"),
    Kind.RESOURCE: _("Library"),
}


class Line(NamedTuple):
    kind: str
    key: str
    language: str
    place: Place
    snippet: str = ""

    @property
    def kind_name(self):
        return KIND_NAMES[self.kind]


@dataclass(slots=True)
class Results:
    query: object
    tab: str
    page: object = None  # of a Paginator, with lines, threads or posts; lines and threads on the first tab
    threads: list = field(default_factory=list)
    counts: dict = field(default_factory=dict)

    @property
    def tabs(self):
        """(name, title, number or None) of each tab. Posts are counted on their tab alone, threads on all others."""
        return [(name, title, self.counts.get(name)) for name, title in TABS.items()]

    def mix_in(self, threads):
        lines, meant = self.page.object_list, [thread for thread in threads if thread.is_meant]
        self.page.object_list = [*lines[:BEFORE_THREADS], *meant, *lines[BEFORE_THREADS:]]
        self.threads = [thread for thread in threads if not thread.is_meant]

    @property
    def is_empty(self):
        return not (self.page.object_list or self.threads)


def search(*, text, language, user, tab="", number=1):
    """The Results of a cleaned text. At most eight statements of its own."""
    query, reader = read_query(text, language), forum_words.Reader(user)
    lines, threads = open_lines(query), [] if tab == "posts" else forum_words.find_threads(query, reader)
    results = Results(query, tab, counts=count(lines))
    if tab != "posts":
        results.counts["threads"] = len(threads)
    if tab == "threads":
        results.page = shown(threads, number, lambda pks: forum_words.show_threads(pks, query))
    elif tab == "posts":
        posts = forum_words.find_posts(query, reader)
        results.counts["posts"] = len(posts)
        results.page = shown(posts, number, lambda pks: forum_words.show_posts(pks, query))
    else:
        wanted = [line for line in lines if not tab or line.kind in KINDS[tab]]
        results.page = shown(wanted, number, lambda some: with_snippets(some, query))
        if not tab and results.page.number == 1:
            results.mix_in(forum_words.show_threads(threads[:NAMED_THREADS], query))
    return results


def shown(found, number, show):
    page = Paginator(found, A_PAGE).get_page(number)
    page.object_list = show(list(page.object_list))
    return page


def count(lines):
    return {tab: sum(line.kind in kinds for line in lines) for tab, kinds in KINDS.items()}


def open_lines(query):
    """A Line for each thing that was found and is open now, in her language where it is there."""
    lines = []
    for hit in rank(query):
        for language in dict.fromkeys([query.language, "en", hit.doc.language]):
            if place := places(language).get(hit.doc.name):
                lines.append(Line(*hit.doc.name, language, place))
                break
    return sorted(lines, key=lambda line: line.language != query.language)


def with_snippets(lines, query):
    """The lines with a few words of each. One statement."""
    texts = {
        (kind, key, language): text
        for kind, key, language, text in Entry.objects.filter(key__in=[line.key for line in lines]).values_list(
            "kind", "key", "language", "text"
        )
    }
    forms = {language: query.forms(language) for language in {line.language for line in lines}}
    return [
        line._replace(snippet=snippet(texts.get(line[:3], ""), line.language, forms[line.language])) for line in lines
    ]


# While she types -------------------------------------------------------------------------------------


def complete(*, text, language, most=8):
    """Places in her language with a name in which a word begins as each of hers does, those with the shortest title first."""
    begun, known = [fold_word(word) for word, *_place in words_of(text)], places(language)
    index = shelf().indexes.get(language)
    found = (
        {known[name].title: known[name] for name in names_begun(index, begun) if name in known}
        if index and begun
        else {}
    )
    return sorted(found.values(), key=lambda place: (len(place.title), place.title))[:most]


def names_begun(index, begun):
    """(kind, key) of what has such a title, or such another name."""
    yield from (doc.name for doc in index.docs if begins(doc.title_words, begun))
    yield from ((Kind.TERM, key) for key, name in index.names if begins(title_words(name), begun))


def begins(words, begun):
    return all(any(word.startswith(start) for word in words) for start in begun)
