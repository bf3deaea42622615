"""Home and kit index take the short way only while they are open to all."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from courses import open_pages
from courses.models import KitIndexPage
from hub.lib.stamp import touch
from hub.models import HomePage

PAGES = [(HomePage, "/en/"), (KitIndexPage, "/en/kits/")]


@pytest.fixture
def asked_wagtail(monkeypatch):
    """The paths that were left to Wagtail's serve view."""
    paths, serve = [], open_pages.serve
    monkeypatch.setattr(open_pages, "serve", lambda request, path: paths.append(path) or serve(request, path))
    return paths


def english(model):
    return model.objects.get(locale__language_code="en")


@pytest.mark.parametrize(("path", "statements"), [("/en/", 2), ("/en/kits/", 3)])
def test_a_member_costs_few_statements(
    loaded_hub, learner_client, asked_wagtail, path, statements, django_assert_num_queries
):
    learner_client.get(path)
    with django_assert_num_queries(statements):  # session, person; on the index what she has done
        assert learner_client.get(path).status_code == 200
    assert asked_wagtail == []


@pytest.mark.parametrize(("model", "path"), PAGES)
def test_both_ways_show_the_same_page(loaded_hub, visitor, asked_wagtail, monkeypatch, model, path):
    short = visitor.get(path, {"a": "1"}).content
    monkeypatch.setattr(open_pages, "open_page", lambda *args: None)
    assert visitor.get(path, {"a": "1"}).content == short
    assert len(asked_wagtail) == 1


@pytest.mark.parametrize("code", ["it", "el", "hu", "sv"])
def test_each_language_has_its_own(loaded_hub, visitor, asked_wagtail, code):
    title = HomePage.objects.get(locale__language_code=code).title
    visitor.get("/en/", {"a": "1"})
    assert title in visitor.get(f"/{code}/", {"a": "1"}).text
    assert asked_wagtail == []


@pytest.mark.parametrize(("model", "path"), PAGES)
def test_a_restricted_page_is_left_to_wagtail(loaded_hub, visitor, learner_client, asked_wagtail, model, path):
    PageViewRestriction.objects.create(page=english(model), restriction_type=PageViewRestriction.LOGIN)
    touch()
    assert visitor.get(path).status_code == 302
    assert learner_client.get(path).status_code == 200
    assert len(asked_wagtail) == 2


@pytest.mark.parametrize(("model", "path"), PAGES)
def test_a_page_that_is_not_live_is_left_to_wagtail(loaded_hub, visitor, asked_wagtail, model, path):
    model.objects.filter(pk=english(model).pk).update(live=False)
    touch()
    assert visitor.get(path).status_code == 404
    assert len(asked_wagtail) == 1


@pytest.mark.parametrize(("model", "path"), PAGES)
def test_a_page_past_its_last_day_is_left_to_wagtail(loaded_hub, visitor, asked_wagtail, model, path):
    model.objects.filter(pk=english(model).pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    touch()
    visitor.get(path)
    assert len(asked_wagtail) == 1
