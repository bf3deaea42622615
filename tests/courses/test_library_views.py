"""The library: every entry, what fits a choice, and the way on when nothing does."""

import re

import pytest

from courses.library import find, resources_in
from courses.models import Resource
from hub.lib.stamp import touch

pytestmark = pytest.mark.django_db
LIBRARY = "/en/library/"


def add(key, title=None, **fields):
    row = {
        "title_en": title or key.title(),
        "about_en": "Something to use.",
        "url": f"https://{key}.example/",
        "kind": "website",
        "audience": ["learner", "trainer"],
        "topics": ["jobs"],
        "languages": ["en"],
        "countries": ["any"],
    }
    return Resource.objects.create(key=key, **row | fields)


@pytest.fixture
def shelf(db):
    add("wiki", "Wikipedia", languages=["mul"], topics=["language", "study"])
    add("esco", "ESCO", countries=["eu"], topics=["skills"], kind="tool", languages=["mul"], licence="CC BY 4.0")
    add("otto", "8 Sidor", countries=["se"], languages=["sv"], topics=["language"], audience=["learner"])
    add("doatap", "ΔΟΑΤΑΠ", countries=["gr"], languages=["el"], topics=["recognition"], about_el="Αναγνώριση πτυχίων.")
    add("acas", "Acas", countries=["gb"], topics=["rights"], about_en="Advice on <rights> at work.")
    add("guide", "Guide", title_el="Οδηγός", title_translated=True, topics=["circle"], audience=["trainer"])
    touch()


def get(visitor, path=LIBRARY, **query):
    response = visitor.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def shown(page):
    return re.findall(r'<h2><a href="https://([a-z]+)\.example/"', page)


def test_everything_stands_by_its_title_and_says_how_much_there_is(shelf, visitor):
    page = get(visitor)
    assert shown(page) == ["otto", "acas", "esco", "guide", "wiki", "doatap"]
    assert "6 entries</p>" in page
    assert "Advice on &lt;rights&gt; at work." in page
    assert 'rel="noopener noreferrer external"' in page


def test_an_entry_says_kind_language_country_for_whom_and_licence(shelf, visitor):
    page = get(visitor, country="se", topic="language")
    assert '<span>website</span><span class="lang-mark" lang="sv">Svenska</span><span>Sweden</span>' in page
    assert "<span>for learners</span>" in page
    assert "<span>CC BY 4.0</span>" in get(visitor, topic="skills")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"country": "se"}, ["otto", "esco", "guide", "wiki"]),
        ({"country": "gb"}, ["acas", "guide", "wiki"]),
        ({"country": "eu"}, ["esco", "guide", "wiki"]),
        ({"country": "any"}, ["guide", "wiki"]),
        ({"audience": "trainer", "topic": "circle"}, ["guide"]),
        ({"audience": "trainer", "topic": "language"}, ["wiki"]),
        ({"kind": "tool"}, ["esco"]),
        ({"language": "sv"}, ["otto", "esco", "wiki"]),
        ({"q": "RIGHTS work"}, ["acas"]),
        ({"q": "αναγνωριση"}, []),
        ({"q": "δοαταπ"}, ["doatap"]),
        ({"q": "sweden"}, ["otto"]),
        ({"topic": "nonsense", "kind": "tool"}, ["esco"]),
        ({"page": "99999999999999999999"}, ["otto", "acas", "esco", "guide", "wiki", "doatap"]),
        ({"q": "x" * 101}, ["otto", "acas", "esco", "guide", "wiki", "doatap"]),
    ],
    ids=lambda value: "-".join(value.values())[:20] if isinstance(value, dict) else "",
)
def test_a_choice_leaves_what_fits(shelf, visitor, query, found):
    assert shown(get(visitor, **query)) == found


def test_a_choice_is_said_in_words_and_can_be_taken_back(shelf, visitor):
    page = get(visitor, country="se", topic="language")
    assert "2 entries fit, of 6 in all." in page
    assert "Sweden · Learning the language" in page
    assert '<option value="se" selected>Sweden</option>' in page
    assert f'href="{LIBRARY}">Show everything</a>' in page
    assert '<meta name="robots" content="noindex">' in page
    assert "1 entry fits, of 6 in all." in get(visitor, kind="tool")


def test_when_nothing_fits_there_is_a_way_on(shelf, visitor):
    page = get(visitor, q="zebra")
    assert "Nothing fits all of this." in page
    assert f'href="{LIBRARY}">Show the whole library</a>' in page


def test_an_empty_library_says_so(visitor):
    assert "The library is being prepared." in get(visitor)


def test_in_another_language_what_is_not_translated_is_marked(shelf, visitor):
    page = get(visitor, "/el/library/")
    assert '<a href="https://guide.example/" rel="noopener noreferrer external">Οδηγός</a>' in page
    assert '<a href="https://acas.example/" rel="noopener noreferrer external" lang="en">Acas</a>' in page
    assert '<a href="https://wiki.example/" rel="noopener noreferrer external">Wikipedia</a>' in page
    assert "<p>Αναγνώριση πτυχίων.</p>" in page
    assert '<p lang="en">Something to use.</p>' in page
    assert shown(get(visitor, "/el/library/", q="αναγνωριση")) == ["doatap"]


def test_more_than_sixty_entries_come_in_pages_that_keep_the_choice(shelf, visitor):
    for number in range(70):
        add(f"more{chr(97 + number // 26)}{chr(97 + number % 26)}", topics=["green"])
    touch()
    first = get(visitor, topic="green")
    assert (len(shown(first)), "70 entries fit, of 76 in all." in first) == (60, True)
    assert 'href="?topic=green&amp;page=2"' in first
    assert len(shown(get(visitor, topic="green", page=2))) == 10
    assert len(shown(get(visitor, topic="green", page=9))) == 10


@pytest.mark.parametrize("count", [1, 3])
def test_the_library_is_one_statement_once_and_none_after(visitor, count, django_assert_num_queries):
    for number in range(count):
        add(f"entry{number}")
    touch()
    get(visitor, "/en/glossary/")  # what every page needs is kept by now
    with django_assert_num_queries(1):  # all resources
        get(visitor)
    with django_assert_num_queries(0):
        get(visitor)
        get(visitor, q="entry", country="it")


def test_an_editors_change_is_seen_at_once(shelf, visitor, django_capture_on_commit_callbacks):
    get(visitor)
    with django_capture_on_commit_callbacks(execute=True):
        row = Resource.objects.get(key="acas")
        row.title_en = "Acas and others"
        row.save()
    assert "Acas and others" in get(visitor)


def test_a_library_answers_no_post(visitor):
    assert visitor.post(LIBRARY).status_code == 405


def test_what_is_kept_is_the_same_for_a_reader_of_any_kind(shelf):
    assert find(resources_in("en")) == list(resources_in("en"))
