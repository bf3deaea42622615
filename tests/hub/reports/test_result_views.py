from datetime import date

import pytest

from hub.reports.models import Result

ABOUT = {"published_on": date(2026, 5, 4), "licence": "CC BY 4.0", "deposited": "An archive"}


def publish(title, **fields):
    return Result.objects.create(title_en=title, url="https://doi.org/10.5281/1", **ABOUT | fields)


def test_a_visitor_reads_what_was_published_where_and_how(client, db):
    publish("What we learned", about_en="Eight pages.", language="it")
    html = client.get("/en/results/").content.decode()
    for words in ("What we learned", "Eight pages.", "Italiano", "4 May 2026", "CC BY 4.0", "An archive"):
        assert words in html
    assert 'href="https://doi.org/10.5281/1"' in html


def test_a_title_without_a_translation_is_marked_as_english(client, db):
    publish("What we learned", title_el="Τι μάθαμε", about_en="Eight pages.")
    html = client.get("/el/results/").content.decode()
    assert "Τι μάθαμε</a>" in html
    assert '<p lang="en">Eight pages.</p>' in html


def test_without_any_the_page_says_so(client, db):
    assert "Nothing has been published yet." in client.get("/en/results/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_statements_do_not_grow_with_the_results(client, db, count, django_assert_num_queries):
    for number in range(count):
        publish(f"Result {number}")
    client.get("/en/results/?warm")
    with django_assert_num_queries(1):  # the results
        client.get("/en/results/?again")


def test_an_editor_of_a_language_changes_its_words_only(small_hub, editor_el, sign_in):
    row = publish("What we learned")
    page = f"/editor/snippets/reports/result/edit/{row.pk}/"
    sign_in(editor_el).post(page, {"title_el": "Τι μάθαμε", "title_en": "Changed", "licence": "None"})
    row.refresh_from_db()
    assert (row.title_el, row.title_en, row.licence) == ("Τι μάθαμε", "What we learned", "CC BY 4.0")
