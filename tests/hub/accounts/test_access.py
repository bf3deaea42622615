"""Members only, and nothing she wrote is lost at the door."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from hub.accounts.access import member_required
from tests.conftest import PASSPHRASE

LONG = "What I wrote about my week. " * 30


def test_visitor_who_reads_is_sent_to_sign_in_and_back(visitor, db):
    response = visitor.get("/sv/my/data/?a=1")
    assert response.headers["Location"] == "/sv/accounts/login/?next=/sv/my/data/%3Fa%3D1"


def test_visitor_on_her_way_to_a_forum_is_told_why_she_is_asked_to_sign_in(visitor, db):
    why = "Only members can read here"
    assert why in visitor.get("/en/forums/learner/", follow=True).content.decode()
    assert why not in visitor.get("/en/accounts/login/?next=/en/kits/learner/").content.decode()


def test_visitor_who_writes_finds_all_her_words_again(visitor, db):
    words = {"title": "Two & <three>", "body": LONG, "tags": ["a", "b"], "password": "secret words here"}
    response = visitor.post("/sv/my/data/erase/?x=1", words)
    page = response.content.decode()
    assert response.status_code == 403
    assert 'value="Two &amp; &lt;three&gt;"' in page
    assert LONG in page
    assert page.count('name="tags"') == 2
    assert "secret words" not in page
    assert 'action="/sv/my/data/erase/?x=1"' in page
    assert "no-store" in response.headers["Cache-Control"]


def test_what_no_hand_wrote_is_sent_again_without_being_shown(visitor, db):
    client_id = "d8f4cd1e-e8b2-482b-afb9-891f6d61e0a1"
    page = visitor.post("/en/my/data/erase/", {"client_id": client_id, "to": "", "language": "el", "title": "Mine"})
    page = page.content.decode()
    assert f'<input type="hidden" name="client_id" value="{client_id}">' in page
    assert page.count("<label for=") == 1
    assert 'name="title" value="Mine"' in page


@pytest.mark.parametrize("name", ["body", "text"])
def test_a_short_text_is_given_back_as_a_text(visitor, db, name):
    page = visitor.post("/en/my/data/erase/", {name: "Short"}).content.decode()
    assert "Your text</label>" in page
    assert "\nShort</textarea>" in page


def test_leading_newlines_of_a_text_survive(visitor, db):
    page = visitor.post("/sv/my/data/erase/", {"body": "\n\nfirst"}).content.decode()
    assert "\n\n\nfirst</textarea>" in page  # a browser drops the first newline after the tag


def test_send_again_is_offered_only_for_our_own_forms(visitor, db):
    own = visitor.post("/en/my/data/erase/", {"body": "x"}, headers={"origin": "http://testserver"})
    foreign = visitor.post("/en/my/data/erase/", {"body": "x"}, headers={"origin": "https://evil.example"})
    unknown = visitor.post("/en/my/data/erase/", {"body": "x"})
    offered = ["Send again" in response.content.decode() for response in (own, foreign, unknown)]
    assert offered == [True, False, False]


def test_script_is_told_in_json(visitor, db):
    response = visitor.post("/en/my/data/erase/", {"body": "x"}, headers={"accept": "application/json"})
    assert (response.status_code, response.json()) == (401, {"error": "signed_out"})


def test_stale_form_of_a_member_is_kept(learner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    response = client.post(
        "/en/accounts/", {"language": "sv", "time_zone": "UTC"}, headers={"origin": "http://testserver"}
    )
    page = response.content.decode()
    assert response.status_code == 403
    assert 'name="language" value="sv"' in page
    assert 'name="csrfmiddlewaretoken"' in page
    learner.refresh_from_db()
    assert learner.language == "el"
    answer = client.post("/en/accounts/", {}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (403, {"error": "expired"})


def test_kept_page_can_be_sent_with_its_own_token(learner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    page = client.post("/en/accounts/", {"language": "sv", "time_zone": "UTC"}, headers={"origin": "http://testserver"})
    token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    client.post("/en/accounts/", {"language": "sv", "time_zone": "UTC", "csrfmiddlewaretoken": token})
    learner.refresh_from_db()
    assert learner.language == "sv"


def test_a_form_with_a_passphrase_is_never_sent_again_for_her(db):
    client = Client(enforce_csrf_checks=True)
    words = {"login": "anna", "password": PASSPHRASE}
    page = client.post("/en/accounts/login/", words, headers={"origin": "http://testserver"}).content.decode()
    assert PASSPHRASE not in page
    assert "Send again" not in page
    assert "Open the page anew" in page


def test_view_of_a_member_is_called(learner):
    request = RequestFactory().get("/")
    request.user = learner
    assert member_required(lambda request: HttpResponse("hers"))(request).content == b"hers"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "recovery-card/",
        "recovery-card/text/",
        "recovery-card/new/",
        "password/change/",
        "email/",
        "sessions/",
        "2fa/",
    ],
)
def test_account_pages_are_for_members(visitor, path, db):
    response = visitor.get(f"/en/accounts/{path}")
    assert response.headers["Location"].startswith("/en/accounts/")


@pytest.mark.parametrize("code", ["en", "it", "el", "hu", "sv"])
@pytest.mark.parametrize(
    "path",
    [
        "accounts/",
        "accounts/recovery-card/",
        "accounts/password/change/",
        "accounts/email/",
        "accounts/sessions/",
        "accounts/2fa/",
        "accounts/logout/",
        "my/data/",
        "my/data/erase/",
    ],
)
def test_pages_of_her_account_have_one_heading_and_no_name_in_the_title(learner_client, code, path):
    page = learner_client.get(f"/{code}/{path}").content.decode()
    title = page.split("<title>")[1].split("</title>")[0]
    assert page.count("<h1") == 1
    assert "learner" not in title
    assert 'content="noindex"' in page
    assert "style=" not in page
    assert "onclick" not in page


def test_preferences_are_kept_and_an_unknown_zone_is_refused(learner_client, learner):
    response = learner_client.post("/en/accounts/", {"language": "hu", "time_zone": "Mars/Olympus"})
    assert response.status_code == 422
    assert learner_client.post("/en/accounts/", {"language": "xx", "time_zone": "UTC"}).status_code == 422
    learner_client.post("/en/accounts/", {"language": "hu", "time_zone": "Europe/Budapest"})
    learner.refresh_from_db()
    assert (learner.language, learner.time_zone) == ("hu", "Europe/Budapest")


def test_changed_passphrase_keeps_this_session_and_ends_the_others(client, learner):
    other = Client()
    for browser in (client, other):
        browser.post("/en/accounts/login/", {"login": "learner", "password": PASSPHRASE})
    words = {"oldpassword": PASSPHRASE, "password1": "new words for the door"}
    assert client.post("/en/accounts/password/change/", words | {"oldpassword": "wrong"}).status_code == 422
    assert client.post("/en/accounts/password/change/", words).headers["Location"] == "/en/accounts/"
    assert client.get("/en/accounts/").status_code == 200
    assert other.get("/en/accounts/").status_code == 302


def test_sessions_elsewhere_are_ended(client, learner):
    other = Client()
    for browser in (client, other):
        browser.post("/en/accounts/login/", {"login": "learner", "password": PASSPHRASE})
    assert len(client.get("/en/accounts/sessions/").context["sessions"]) == 2
    client.post("/en/accounts/sessions/")
    assert client.get("/en/accounts/").status_code == 200
    assert other.get("/en/accounts/").status_code == 302


def test_health_touches_no_session_even_with_a_cookie(learner_client, django_assert_num_queries):
    with django_assert_num_queries(0):
        learner_client.get("/health/live")


def test_reading_costs_a_member_no_statement_of_ours(client, learner, django_assert_num_queries):
    client.post("/en/accounts/login/", {"login": "learner", "password": PASSPHRASE})
    client.get("/en/accounts/logout/")
    with django_assert_num_queries(2):  # session, user
        client.get("/en/accounts/logout/")
