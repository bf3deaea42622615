"""The library: what others offer for free. All of it is read once per content stamp; filtering costs no statement."""

from dataclasses import dataclass

from django.utils.translation import override

from courses.models import Resource
from courses.models.resources import AUDIENCES, COUNTRIES, TOPICS, Kind, resource_languages
from courses.questions.fold import fold
from hub.lib.stamp import kept

EVERYWHERE = "any"
OF_THE_UNION = {"it", "gr", "hu", "se"}  # what is for the European Union is for them too
SEVERAL = "mul"


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """An entry in one language. `title_lang` and `about_lang` are "" where the text is in the language of the page."""

    key: str
    title: str
    title_lang: str
    about: str
    about_lang: str
    url: str
    licence: str
    kind: str
    audience: tuple
    topics: tuple
    languages: tuple
    countries: tuple
    folded: str
    words: dict  # what the page says of kind, audience, topics, languages and countries


def resources_in(language):
    """Every ResourceLine, by title."""
    return kept(f"library:{language}", lambda: build_resources(language))


def build_resources(language):
    with override(language):
        lines = [resource_line(row, language) for row in Resource.objects.all()]
    return sorted(lines, key=lambda line: (fold(line.title), line.key))


def resource_line(row, language):
    title, title_lang = title_of(row, language)
    about = getattr(row, f"about_{language}", None)
    words = words_of(row)
    said = [title, row.title_en, about or row.about_en, row.kind, *words["topics"], *words["countries"]]
    return ResourceLine(
        key=row.key,
        title=title,
        title_lang=title_lang,
        about=about or row.about_en,
        about_lang="" if about or language == "en" else "en",
        url=row.url,
        licence=row.licence,
        kind=row.kind,
        audience=tuple(row.audience),
        topics=tuple(row.topics),
        languages=tuple(row.languages),
        countries=tuple(row.countries),
        folded=fold(" ".join(filter(None, said))),
        words=words,
    )


def title_of(row, language):
    """A title stays in its own language unless it is said to be translated."""
    own = getattr(row, f"title_{language}", None) if row.title_translated else None
    if own:
        return own, ""
    original = "en" if row.title_translated else row.languages[0] if len(row.languages) == 1 else ""
    return row.title_en, "" if original in {language, SEVERAL} else original


def words_of(row):
    """Names as texts, in the language of the page."""

    def named(choices, names):
        found = dict(choices)
        return tuple(str(found[name]) for name in names if name in found)

    return {
        "kind": str(dict(Kind.choices).get(row.kind, row.kind)),
        "audience": named(AUDIENCES, row.audience),
        "topics": named(TOPICS, row.topics),
        "countries": named([c for c in COUNTRIES if c[0] != EVERYWHERE], row.countries),
        "languages": tuple((code, name) for code, name in resource_languages() if code in row.languages),
    }


def find(lines, *, country="", audience="", kind="", language="", topic="", words=""):
    """The lines that fit. What is made for the country comes before what is for all."""
    wanted = fold(words).split()
    found = [
        line
        for line in lines
        if fits_country(line, country)
        and (not audience or audience in line.audience)
        and (not kind or kind == line.kind)
        and (not language or language in line.languages or SEVERAL in line.languages)
        and (not topic or topic in line.topics)
        and all(word in line.folded for word in wanted)
    ]
    return sorted(found, key=lambda line: country not in line.countries) if country else found


def fits_country(line, country):
    if not country or country in line.countries:
        return True
    return country != EVERYWHERE and (
        EVERYWHERE in line.countries or (country in OF_THE_UNION and "eu" in line.countries)
    )
