"""The front door, the way out, and the pages for when something is missing or breaks."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation
from wagtail.models import Site

from hub import views
from hub.models import SiteSettings

STAFF_OR_NOT = [("trainer", True), ("coordinator", True), ("editor_el", False), ("learner", False)]

FIVE = ["en", "it", "el", "hu", "sv"]


@pytest.mark.parametrize(("wish", "code"), [("el,en;q=0.5", "el"), ("sv-FI", "sv"), ("fa", "en"), ("", "en")])
def test_a_visitor_is_sent_to_the_language_of_her_browser(db, visitor, wish, code):
    response = visitor.get("/", headers={"accept-language": wish})

    assert (response.status_code, response["Location"]) == (302, f"/{code}/")
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in response["Vary"].split(",")}
    assert not response.cookies


def test_a_member_is_sent_to_the_language_of_her_account(learner_client):
    assert learner_client.get("/", headers={"accept-language": "sv"})["Location"] == "/el/"


def test_a_language_the_hub_no_longer_shows_falls_back_to_the_browsers(sign_in, make_user):
    client = sign_in(make_user("nour", language="ar"))

    assert client.get("/", headers={"accept-language": "hu"})["Location"] == "/hu/"


def test_leaving_goes_to_the_exit_without_a_trace(db, visitor):
    SiteSettings.objects.create(site=Site.objects.get(), exit_url="https://weather.example/")

    response = visitor.get("/el/leave/")

    assert (response.status_code, response["Location"]) == (302, "https://weather.example/")
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "Clear-Site-Data" in response
    assert not response.cookies


def test_leaving_a_shared_device_signs_her_out(learner_client):
    session = learner_client.session
    session["own_device"] = False
    session.save()

    learner_client.get("/el/leave/")

    assert "_auth_user_id" not in learner_client.session


@pytest.mark.parametrize("code", FIVE)
def test_a_missing_page_answers_in_the_language_of_its_address(db, visitor, code):
    response = visitor.get(f"/{code}/nowhere/", headers={"accept-language": "ar"})
    page = response.content.decode()

    with translation.override(code):
        title = translation.gettext("This page is not here")
    assert response.status_code == 404
    assert f'<html lang="{code}" dir="ltr">' in page
    assert title in page
    for way in (f"/{code}/", f"/{code}/kits/", f"/{code}/help/", f"/{code}/leave/"):
        assert f'href="{way}"' in page


@pytest.mark.parametrize("path", ["/xx/", "/xx/kits/", "/xyz/kits/learner/", "/pt-br/"])
def test_an_unknown_language_is_missing_in_her_best_language(db, visitor, path):
    response = visitor.get(path, headers={"accept-language": "hu,en;q=0.3"})

    assert response.status_code == 404
    assert '<html lang="hu"' in response.content.decode()


def test_an_address_without_language_leads_to_hers(db, visitor):
    assert visitor.get("/kits/", headers={"accept-language": "it"})["Location"] == "/it/kits/"


@pytest.mark.parametrize("code", FIVE)
def test_a_closed_page_says_so_in_her_language(db, rf, code, learner):
    request = rf.get(f"/{code}/editor-room/")
    request.user = learner
    with translation.override(code):
        response = views.forbidden(request)

    assert response.status_code == 403
    assert f'<html lang="{code}"' in response.content.decode()


@pytest.mark.parametrize("code", FIVE)
def test_a_broken_page_answers_without_the_database(rf, code, django_assert_num_queries, db):
    with translation.override(code), django_assert_num_queries(0):
        response = views.server_error(rf.get(f"/{code}/kits/"))

    page = response.content.decode()
    assert response.status_code == 500
    assert f'<html lang="{code}"' in page
    assert f'href="/{code}/kits/"' in page


def test_even_broken_templates_give_a_page(rf, settings):
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]

    response = views.server_error(rf.get("/en/"))

    assert response.status_code == 500
    assert b'<a href="/">' in response.content


class TestHome:
    def test_shows_both_kits_as_doors(self, loaded_hub, visitor):
        page = visitor.get("/en/").content.decode()

        assert page.count("card--door") == 2
        for kit in ("learner", "trainer"):
            assert f'href="/en/kits/{kit}/"' in page

    def test_names_the_page_in_every_language(self, loaded_hub, visitor):
        page = visitor.get("/en/").content.decode()

        for code in FIVE:
            assert f'<link rel="alternate" hreflang="{code}" href="http://testserver/{code}/">' in page
        assert '<link rel="alternate" hreflang="x-default" href="http://testserver/en/">' in page
        assert '<link rel="canonical" href="http://testserver/en/">' in page

    def test_asks_nothing_of_other_sites_and_keeps_nothing(self, loaded_hub, visitor):
        response = visitor.get("/en/")
        page = response.content.decode()

        assert not response.cookies
        assert 'src="http' not in page
        assert "csrfmiddlewaretoken" not in page
        assert " style=" not in page
        assert "<style" not in page

    def test_a_member_finds_her_own_pages_in_the_header(self, loaded_hub, learner_client):
        page = learner_client.get("/en/").content.decode()

        assert f'href="{reverse("my_learning")}"' in page
        assert reverse("account_login") not in page

    @pytest.mark.parametrize(("who", "sees"), STAFF_OR_NOT)
    def test_who_has_staff_pages_finds_them_in_the_header(self, loaded_hub, request, sign_in, who, sees):
        page = sign_in(request.getfixturevalue(who)).get("/en/").content.decode()

        assert (f'href="{reverse("staff_home")}"' in page) is sees


@pytest.mark.parametrize(
    ("who", "language", "address"),
    [
        ("editor_el", "el", "/editor/translate/page/"),
        ("editor_en", "en", "/editor/pages/"),
        ("editor_el", "hu", None),
        ("learner", "el", None),
        (None, "el", None),
    ],
)
def test_an_editor_of_the_language_finds_the_way_to_change_a_lesson(
    loaded_hub, request, sign_in, visitor, who, language, address
):
    client = sign_in(request.getfixturevalue(who)) if who else visitor

    page = client.get(f"/{language}/kits/learner/start-where-you-are/your-kit-your-pace/").content.decode()

    assert ("/editor/" in page) is bool(address)
    assert not address or f'href="{address}' in page


def test_the_hub_bears_the_name_and_keeper_its_operator_gave(loaded_hub, visitor):
    SiteSettings.objects.update_or_create(
        site=Site.objects.get(),
        defaults={"hub_name": "Kör & Kreis", "operator_name": "A library", "operator_email": "hello@library.example"},
    )

    page = visitor.get("/en/about/").content.decode()

    assert "· Kör &amp; Kreis</title>" in page
    assert "This hub is run by A library." in page
    assert "mailto:hello@library.example" in page


def test_with_debug_off_lost_readers_never_see_django(db):
    with override_settings(DEBUG=False):
        page = Client(raise_request_exception=False).get("/en/nowhere/").content.decode()

    assert "Using the URLconf" not in page
