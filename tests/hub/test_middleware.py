import gzip
from itertools import count

import brotli
import pytest
from django.contrib.auth import get_user
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path

from hub.lib.stamp import touch
from hub.middleware import EDITOR, STRICT, UPLOADS, policy_for

rendered = count(1)


def page(request):
    """Looks at the person, as every page's header does, and says how often it was rendered."""
    who = get_user(request).username or "a visitor"
    return HttpResponse(f"<p>{next(rendered)} for {who}</p>" + "a circle of women " * 200)


def with_form(request):
    return HttpResponse(f"{next(rendered)} {get_token(request)}")


def with_status(request, status):
    return HttpResponse(str(next(rendered)), status=status)


def unkept(request):
    return HttpResponse(str(next(rendered)), headers={"Cache-Control": "no-store"})


def data(request):
    return JsonResponse({"who": get_user(request).username})


urlpatterns = [
    path("en/page/", page),
    path("editor/page/", page),
    path("en/form/", with_form),
    path("en/unkept/", unkept),
    path("en/status/<int:status>/", with_status),
    path("en/data/", data),
]
pytestmark = pytest.mark.urls(__name__)


def same(client, address, **extra):
    """Whether two calls give one rendering."""
    return client.get(address, **extra).content == client.get(address, **extra).content


def test_visitors_share_one_rendering_without_a_statement(client):
    # No database mark: a statement would fail the test.
    first = client.get("/en/page/")
    assert client.get("/en/page/").content == first.content
    assert first["Cache-Control"] == "no-cache"
    assert {"Cookie", "Accept-Encoding"} <= set(first["Vary"].split(", "))


def test_the_stamp_ends_the_life_of_a_kept_page(client):
    before = client.get("/en/page/").content
    touch()
    assert client.get("/en/page/").content != before


@pytest.mark.parametrize(
    "address", ["/en/form/", "/en/unkept/", "/en/status/404/", "/en/status/301/", "/editor/page/", "/en/page/?q=1"]
)
def test_never_shared(client, address):
    assert not same(client, address)


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
@pytest.mark.django_db
def test_somebody_with_a_session_or_a_message_gets_her_own_page(client, cookie):
    client.cookies[cookie] = "x" * 32
    assert not same(client, "/en/page/")


def test_another_host_and_another_scheme_are_other_pages(client):
    bodies = {
        client.get("/en/page/", **extra).content
        for extra in ({}, {"HTTP_HOST": "127.0.0.1"}, {"wsgi.url_scheme": "https"})
    }
    assert len(bodies) == 3


def test_a_head_request_is_answered_from_what_a_get_has_kept(client):
    assert client.head("/en/page/").status_code == 200
    kept = client.get("/en/page/")
    assert client.head("/en/page/")["ETag"] == kept["ETag"]


@pytest.mark.parametrize(
    ("accepted", "encoding", "decode"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("", None, bytes),
    ],
)
def test_the_kept_page_comes_in_the_encoding_asked_for(client, accepted, encoding, decode):
    plain = client.get("/en/page/").content
    response = client.get("/en/page/", headers={"accept-encoding": accepted})
    assert response.get("Content-Encoding") == encoding
    assert decode(response.content) == plain
    assert response["Content-Length"] == str(len(response.content))


def test_a_page_she_has_is_not_sent_again(client):
    tag = client.get("/en/page/")["ETag"]
    response = client.get("/en/page/", headers={"if-none-match": tag, "accept-encoding": "gzip"})
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag)


@pytest.mark.django_db
def test_a_members_page_is_not_kept_on_a_device_that_others_use(client, learner):
    client.get("/en/page/")  # a kept page must not reach her, nor hers a visitor
    client.force_login(learner)
    hers = client.get("/en/page/")
    assert b"for learner" in hers.content
    assert hers["Cache-Control"] == "private, no-store"
    assert client.get("/en/data/")["Cache-Control"] == "private, no-store"
    client.logout()
    assert b"for a visitor" in client.get("/en/page/").content


@pytest.mark.django_db
def test_on_her_own_device_a_members_page_is_kept_but_asked_about(client, learner):
    client.force_login(learner)
    session = client.session
    session["own_device"] = True
    session.save()
    assert client.get("/en/page/")["Cache-Control"] == "private, no-cache"


@pytest.mark.django_db
def test_members_pages_are_compressed(client, learner):
    client.force_login(learner)
    response = client.get("/en/page/", headers={"accept-encoding": "gzip, br"})
    assert response["Content-Encoding"] == "gzip"
    assert b"for learner" in gzip.decompress(response.content)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/en/", STRICT),
        ("/en/editor/", STRICT),
        ("/editor/pages/3/", EDITOR),
        ("/media/a.svg", UPLOADS),
        ("/documents/1/a.svg", UPLOADS),
    ],
)
def test_policy_by_place(address, expected):
    assert policy_for(address) == expected


def test_the_public_policy_allows_nothing_inline_and_nothing_foreign(client):
    header = client.get("/en/page/")["Content-Security-Policy"]
    assert "unsafe" not in header
    assert "http" not in header
    assert client.get("/en/page/")["X-Content-Type-Options"] == "nosniff"
