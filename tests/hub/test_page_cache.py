"""The visitors' cache on the hub's real pages: shared where it may be, never where a page is for some only."""

import pytest
from wagtail.models import Page, PageViewRestriction

from tests.page_kinds import LESSON

ABOUT = "/en/about/"


@pytest.fixture
def about(loaded_hub):
    return Page.objects.get(slug="about", locale__language_code="en")


def publish(page, title):
    page = page.specific
    page.title = title
    page.save_revision().publish()


@pytest.mark.parametrize("path", ["/en/", ABOUT, "/en/kits/", "/en/kits/learner/", f"/en/{LESSON}", "/it/"])
def test_a_visitors_page_costs_no_statement_the_second_time(loaded_hub, visitor, django_assert_num_queries, path):
    first = visitor.get(path)
    assert first.status_code == 200
    with django_assert_num_queries(0):
        assert visitor.get(path).content == first.content


def test_a_published_change_is_seen_at_once(about, visitor, django_capture_on_commit_callbacks):
    visitor.get(ABOUT)
    with django_capture_on_commit_callbacks(execute=True):
        publish(about, "Who we are now")
    assert "Who we are now" in visitor.get(ABOUT).content.decode()


def test_a_page_that_becomes_private_leaves_the_cache_at_once(about, visitor, django_capture_on_commit_callbacks):
    visitor.get(ABOUT)
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.LOGIN)
    assert visitor.get(ABOUT).status_code == 302


def test_what_a_member_may_read_is_not_kept_for_visitors(about, visitor, sign_in, learner):
    PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.LOGIN)
    assert sign_in(learner).get(ABOUT).status_code == 200
    assert visitor.get(ABOUT).status_code == 302


def test_a_passphrase_opens_a_page_for_who_gave_it_and_for_nobody_else(about, visitor, client):
    restriction = PageViewRestriction.objects.create(
        page=about, restriction_type=PageViewRestriction.PASSWORD, password="willow"
    )
    asked = client.get(ABOUT)
    assert b"csrfmiddlewaretoken" in asked.content
    client.post(
        f"/en/_util/authenticate_with_password/{restriction.pk}/{about.pk}/",
        {"password": "willow", "return_url": ABOUT},
    )
    words = about.specific.lead[:40]
    assert words in client.get(ABOUT).content.decode()
    assert words not in visitor.get(ABOUT).content.decode()


def test_a_withdrawn_page_is_gone_at_once(about, visitor, django_capture_on_commit_callbacks):
    visitor.get(ABOUT)
    with django_capture_on_commit_callbacks(execute=True):
        about.unpublish()
    assert visitor.get(ABOUT).status_code == 404


@pytest.mark.parametrize("path", ["/en/accounts/login/", "/en/accounts/signup/", "/en/nothing-here/", "/"])
def test_pages_with_forms_and_refusals_are_not_kept(loaded_hub, visitor, path):
    assert "ETag" not in visitor.get(path)


@pytest.mark.parametrize(
    "odd",
    [
        {"headers": {"host": "evil.example"}},
        {"headers": {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "x-original-url": "/en/my/"}},
        {"headers": {"accept-encoding": "br;q=1, nonsense;q=0"}},
        {"headers": {"cookie": "csrftoken=evil; hub_language=hu"}},
    ],
)
def test_nothing_odd_that_one_visitor_sends_reaches_the_next(loaded_hub, visitor, client, odd):
    client.head("/en/about/", **odd)
    client.get("/en/about/", **odd)
    page = visitor.get("/en/about/")
    assert (page.status_code, "evil" in page.content.decode(), page.has_header("Content-Encoding")) == (
        200,
        False,
        False,
    )
    assert not page.cookies


def test_an_address_that_is_none_is_not_found(visitor, db):
    assert visitor.generic("GET", "*").status_code == 404
