from collections import Counter
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import RequestFactory

from hub.reports import visits
from hub.reports.models import DailyVisit
from hub.reports.visits import Memory, keep_visits, opened
from tests.courses.small_kit import key

PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
DAY = date(2026, 11, 20)


def asked(path, agent=PHONE, method="get", status=200, kind="text/html", answer_headers=None, **headers):
    request = getattr(RequestFactory(), method)(path, headers={"user-agent": agent, **headers})
    return [
        (str(what), language, kit)
        for what, language, kit in opened(
            request, HttpResponse(status=status, content_type=kind, headers=answer_headers)
        )
    ]


def test_who_comes_from_elsewhere_is_a_visit_and_a_page():
    assert asked("/el/kits/learner/showing-it/", sec_fetch_site="none") == [
        ("pages", "el", "learner"),
        ("visits", "el", ""),
    ]
    assert asked("/en/", referer="https://example.org/") == [("pages", "en", ""), ("visits", "en", "")]


def test_who_goes_on_from_one_of_our_pages_is_a_page_only():
    assert asked("/en/kits/", sec_fetch_site="same-origin") == [("pages", "en", "")]
    assert asked("/en/kits/", referer="http://testserver/en/") == [("pages", "en", "")]


@pytest.mark.parametrize(
    ("path", "counted"),
    [
        ("/it/kits/learner/print/a-sheet/", [("downloads", "it", "learner")]),
        ("/it/kits/learner/showing-it/print/", [("downloads", "it", "learner")]),
        ("/documents/3/card.pdf", [("downloads", "", "")]),
        ("/it/kits/learner/print/", [("pages", "it", "learner")]),
    ],
)
def test_sheets_and_files_are_downloads(path, counted):
    assert asked(path, sec_fetch_site="same-origin") == counted


@pytest.mark.parametrize(
    "wrong",
    [
        {"agent": ""},
        {"agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"agent": "curl/8.5"},
        {"sec_purpose": "prefetch;prerender"},
        {"method": "head"},
        {"method": "post"},
        {"status": 404},
        {"status": 302},
        {"kind": "application/json"},
    ],
    ids=str,
)
def test_programs_and_what_is_no_page_do_not_count(wrong):
    assert asked("/en/kits/", **wrong) == []


@pytest.mark.parametrize(
    "path", ["/en/staff/", "/en/trainer/3/", "/en/reports/", "/editor/", "/health/live", "/xx/kits/"]
)
def test_pages_of_staff_and_of_nobody_do_not_count(path):
    assert asked(path) == []


def test_a_film_in_parts_counts_with_its_first_part():
    first, later = {"Content-Range": "bytes 0-99/900"}, {"Content-Range": "bytes 100-199/900"}
    assert asked("/documents/3/a.mp4", status=206, answer_headers=first) == [("downloads", "", "")]
    assert asked("/documents/3/a.mp4", status=206, answer_headers=later) == []


def test_two_processes_add_up(db):
    for number in (2, 3):
        keep_visits(counts=Counter({(DAY, "visits", "en", ""): number}))
    assert list(DailyVisit.objects.values_list("day", "what", "language", "kit", "number")) == [
        (DAY, "visits", "en", "", 5)
    ]


def test_a_kit_is_kept_by_its_key_and_what_is_no_kit_by_none(small_hub):
    keep_visits(counts=Counter({(DAY, "pages", "en", "small"): 1, (DAY, "pages", "en", "join"): 1}))
    assert set(DailyVisit.objects.values_list("kit", "number")) == {(str(key("small")), 1), ("", 1)}


def test_what_the_database_refuses_comes_with_the_next_writing(db, monkeypatch, caplog):
    memory = Memory()
    memory.add("visits", "en", "")

    def refuse(*, counts):
        raise DatabaseError

    monkeypatch.setattr(visits, "keep_visits", refuse)
    memory.write()
    monkeypatch.undo()
    memory.add("visits", "en", "")
    memory.write()
    assert DailyVisit.objects.get().number == 2
    assert "Visits could not be written" in caplog.text


def test_a_page_from_the_shared_cache_counts_without_a_statement(
    client, monkeypatch, small_hub, django_assert_num_queries
):
    seen = []
    monkeypatch.setattr(visits, "memory", SimpleNamespace(add=lambda *what: seen.append(what)))
    client.get("/en/kits/", headers={"user-agent": PHONE})
    with django_assert_num_queries(0):
        client.get("/en/kits/", headers={"user-agent": PHONE})
    assert seen == [("pages", "en", ""), ("visits", "en", "")] * 2
