"""Country pages: silence until a named reviewer has checked them, and again when that is long ago."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Locale

from hub.countries import Standing, standing_of
from hub.lib.stamp import touch
from hub.models import CountryIndexPage, CountryPage, HomePage
from tests.courses.small_kit import key

pytestmark = pytest.mark.django_db
ROW = {
    "row": "recognition",
    "intro": "<p>One office for all.</p>",
    "items": [
        {
            "name": "Naric Office",
            "url": "https://naric.example/",
            "phone": "06 80-20",
            "verify": True,
            "does": "<p>It compares degrees.</p>",
            "for_whom": "<p>You.</p>",
            "ask": "<p>Which papers?</p>",
            "bring": "<p>Copies.</p>",
        }
    ],
}
HELD_BACK = ["One office for all.", "06 80-20", "It compares degrees.", "Which papers?", "Copies.", "Some words."]
BODY = [{"type": "text", "value": "<p>Some words.</p>"}, {"type": "bodies", "value": ROW}]


def add_country(language="en", **fields):
    home = HomePage.objects.get(locale__language_code=language)
    index = CountryIndexPage.objects.filter(locale=home.locale).first() or home.add_child(
        instance=CountryIndexPage(title="Where", slug="countries", locale=home.locale, translation_key=key("where"))
    )
    fields = {"title": "Italy", "slug": "italy", "country": "it", "body": BODY, "locale": home.locale} | fields
    page = index.add_child(instance=CountryPage(translation_key=key("italy"), **fields))
    touch()
    return page


@pytest.fixture
def hub(small_hub):
    return small_hub


def get(visitor, path="/en/countries/italy/"):
    response = visitor.get(path)
    assert response.status_code == 200
    return response.content.decode()


def checked(days_ago=30):
    return {"reviewer": "Anna Bianchi", "checked_on": timezone.localdate() - timedelta(days=days_ago)}


@pytest.mark.parametrize(
    "fields",
    [{}, {"reviewer": "Anna"}, {"checked_on": date(2026, 5, 3)}, {"reviewer": "  ", "checked_on": date(2026, 5, 3)}],
    ids=["neither", "no-day", "no-name", "blank-name"],
)
def test_without_a_named_reviewer_and_a_day_only_names_and_links_are_shown(hub, visitor, fields):
    add_country(lead="A lead that promises more.", **fields)
    page = get(visitor)
    assert '<a href="https://naric.example/" rel="noopener noreferrer external">Naric Office</a>' in page
    assert "to be verified by a partner" in page
    assert [words for words in [*HELD_BACK, "A lead that promises more."] if words in page] == []


def test_a_checked_page_shows_everything_and_who_checked_it_when(hub, visitor):
    add_country(**checked(), reviewer_organisation="A partner")
    page = get(visitor)
    assert [words for words in HELD_BACK if words not in page] == []
    assert "by Anna Bianchi, A partner." in page
    assert '<a href="tel:068020">06 80-20</a>' in page
    # One office still to be verified, and seven rows with nothing.
    assert page.count("to be verified by a partner") == 8


def test_a_page_checked_more_than_twelve_months_ago_shows_links_alone(hub, visitor):
    add_country(**checked(days_ago=400))
    page = get(visitor)
    assert "This page is old. Ask the office itself." in page
    assert [words for words in HELD_BACK if words in page] == []
    assert "Naric Office" in page


@pytest.mark.parametrize(
    ("checked_on", "today", "state"),
    [
        (date(2026, 5, 3), date(2027, 5, 3), "checked"),
        (date(2026, 5, 3), date(2027, 5, 4), "old"),
        (date(2024, 2, 29), date(2025, 2, 28), "checked"),
        (date(2024, 2, 29), date(2025, 3, 1), "old"),
    ],
    ids=["anniversary", "day-after", "leap", "leap-after"],
)
def test_twelve_months_are_counted_to_the_day(hub, checked_on, today, state):
    page = add_country(reviewer="Anna", checked_on=checked_on)
    assert standing_of(page, today) == Standing(state, "Anna", "", checked_on)


def test_a_check_of_the_english_page_counts_in_every_language_and_so_does_its_end(hub, visitor):
    english = add_country(**checked())
    add_country("el", title="Ιταλία")
    assert "It compares degrees." in get(visitor, "/el/countries/italy/")
    english.reviewer = ""
    english.save_revision().publish()
    touch()
    assert "It compares degrees." not in get(visitor, "/el/countries/italy/")


@pytest.mark.parametrize("path", ["/en/countries/italy/", "/en/countries/"])
@pytest.mark.parametrize("fields", [{}, checked()], ids=["unchecked", "checked"])
def test_the_safe_order_stands_on_top_whatever_an_editor_writes(hub, visitor, path, fields):
    add_country(**fields)
    page = get(visitor, path)
    assert "speak first to a confidential legal adviser or a women’s service" in page
    assert "do not contact your embassy or your old university before you have asked your lawyer or adviser" in page
    assert '<a href="tel:112">112</a>' in page
    assert '<a href="/en/help/">All help lines</a>' in page


def test_every_row_is_there_and_help_lines_lead_to_the_help_page(hub, visitor):
    add_country()
    page = get(visitor)
    assert page.count('<section class="country-row"') == 8
    assert '<a href="/en/help/">Need help now? All numbers stand on one page</a>' in page


def test_the_list_names_the_countries_by_the_alphabet(hub, visitor):
    index = add_country(title="Sweden").get_parent().specific
    for title, slug in [("Greece", "greece"), ("Ålesund", "alesund")]:
        index.add_child(instance=CountryPage(title=title, slug=slug, country="gr"))
    touch()
    names = re.findall(r'class="card" href="/en/countries/[a-z]+/">(\w+)<', get(visitor, "/en/countries/"))
    assert names == ["Ålesund", "Greece", "Sweden"]


def test_where_a_language_has_no_page_yet_its_address_leads_to_english(hub, visitor):
    add_country()
    assert visitor.get("/el/countries/italy/")["Location"] == "/en/countries/italy/"
    assert visitor.get("/el/countries/")["Location"] == "/en/countries/"
    assert visitor.get("/el/countries/nowhere/").status_code == 404
    assert visitor.get("/en/countries/nowhere/").status_code == 404
    assert visitor.post("/el/countries/").status_code == 405


def test_a_draft_is_shown_to_nobody_and_leaves_the_kept_rows_alone(hub, visitor):
    page = add_country(**checked())
    get(visitor)
    page.body = []
    page.save_revision()
    touch()
    assert "It compares degrees." in get(visitor)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"checked_on": date(2999, 1, 1)}, "checked_on"),
        ({"body": [{"type": "bodies", "value": ROW}, {"type": "bodies", "value": ROW}]}, "body"),
    ],
    ids=["future", "row-twice"],
)
def test_an_editor_cannot_save_what_cannot_be(hub, fields, field):
    page = CountryPage(title="Italy", slug="italy", country="it", locale=Locale.objects.get(language_code="en"))
    for name, value in fields.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as error:
        page.clean()
    assert list(error.value.message_dict) == [field]


def test_a_visitors_second_look_costs_no_statement(hub, visitor, django_assert_num_queries):
    add_country()
    get(visitor)
    with django_assert_num_queries(0):
        get(visitor)


def test_the_list_of_countries_has_one_address():
    with pytest.raises(ValidationError):
        CountryIndexPage(title="Where", slug="where").clean()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_country_and_three(
    hub, visitor, learner, sign_in, count, django_assert_num_queries
):
    index = add_country().get_parent().specific
    for number in range(1, count):
        index.add_child(instance=CountryPage(title=f"Land {number}", slug=f"land-{number}", country="gr"))
    touch()
    client = sign_in(learner)
    get(client, "/en/countries/")
    # Session and person; Wagtail's way to the page: site, locale, home, page and its type, ancestors, restrictions; the
    # countries, and which pages have a restriction.
    with django_assert_num_queries(11):
        get(client, "/en/countries/")


def test_a_country_page_costs_the_same_for_one_office_and_three(hub, learner, sign_in, django_assert_num_queries):
    rows = [{"type": "bodies", "value": ROW | {"items": ROW["items"] * 3}}]
    add_country(**checked(), body=rows)
    client = sign_in(learner)
    get(client)
    # Session and person; Wagtail's way to the page: site, locale, home, each page on the way and its type, ancestors,
    # restrictions; the page's locale.
    with django_assert_num_queries(12):
        get(client)
