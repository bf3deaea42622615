"""Where she is signed in: seen and ended, and at once so for every web process."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as hub_settings
from django.db import connection
from django.test import Client

from tests.conftest import PASSPHRASE
from tests.settings import ROOT

SESSIONS = "/en/accounts/sessions/"
SERVER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
from wsgiref.simple_server import make_server
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[2]
settings.SECRET_KEY = sys.argv[3]
if len(sys.argv) > 4:
    redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": sys.argv[4]}
    settings.CACHES = {"default": redis, "pages": redis}
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
settings.ALLOWED_HOSTS.append("127.0.0.1")
from django.core.wsgi import get_wsgi_application
make_server("127.0.0.1", int(sys.argv[1]), get_wsgi_application()).serve_forever()
"""


def sign_in(client=None, **extra):
    client = client or Client()
    client.post("/en/accounts/login/", {"login": "learner", "password": PASSPHRASE}, **extra)
    return client


def is_in(client):
    return client.get("/en/accounts/").status_code == 200


def row_of(client):
    return UserSession.objects.get(session_key=client.session.session_key)


def test_one_session_is_ended_and_the_others_stay(learner):
    here, there, elsewhere = sign_in(), sign_in(), sign_in()
    assert here.post(SESSIONS, {"session": row_of(there).pk}).headers["Location"] == SESSIONS
    assert [is_in(client) for client in (here, there, elsewhere)] == [True, False, True]


def test_all_others_are_ended(learner):
    here, there, elsewhere = sign_in(), sign_in(), sign_in()
    here.post(SESSIONS)
    assert [is_in(client) for client in (here, there, elsewhere)] == [True, False, False]


def test_ending_this_one_signs_out_and_wipes(learner):
    here = sign_in()
    response = here.post(SESSIONS, {"session": row_of(here).pk})
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not UserSession.objects.exists()


@pytest.mark.parametrize("session", ["foreign", "0", "x", "9" * 5_000, "\0"])
def test_a_foreign_or_odd_session_cannot_be_ended(learner, stranger, session):
    other = Client()
    other.post("/en/accounts/login/", {"login": "stranger", "password": PASSPHRASE})
    here = sign_in()
    answer = here.post(SESSIONS, {"session": row_of(other).pk if session == "foreign" else session})
    assert answer.status_code == 422
    assert is_in(other)


def test_the_list_says_browser_and_time_and_no_address(learner):
    page = sign_in(HTTP_USER_AGENT="Mozilla/5.0 (Android 14) Firefox/140.0").get(SESSIONS).content.decode()
    assert "Firefox, Android" in page
    assert "here, now" in page
    assert "127.0.0.1" not in page


# Two processes ---------------------------------------------------------------------------------


@contextmanager
def web_processes(number, *cache):
    """Servers of their own on the database of this test; their ports."""
    ports = [free_port() for _ in range(number)]
    arguments = [str(connection.settings_dict["NAME"]), hub_settings.SECRET_KEY, *cache]
    environment = {**os.environ, "HUB_VAR": str(hub_settings.VAR / "processes"), "PYTEST_XDIST_WORKER": "process"}
    environment.pop("HUB_TEST_BASE", None)
    started = [
        subprocess.Popen([sys.executable, "-c", SERVER, str(port), *arguments], cwd=ROOT, env=environment, stderr=-3)
        for port in ports
    ]
    try:
        for port in ports:
            wait_for(port)
        yield ports
    finally:
        for process in started:
            process.kill()
            process.wait()


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def wait_for(port, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live")
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(port)


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def ask(port, client, path="/en/accounts/", **data):
    """The status that one process gives to the browser `client`; with data, a POST."""
    token = "a" * 32
    cookies = {name: morsel.value for name, morsel in client.cookies.items()} | {"csrftoken": token}
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    body = None
    if data:
        body = urllib.parse.urlencode(data | {"csrfmiddlewaretoken": token}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=body, headers=headers)
    try:
        return urllib.request.build_opener(NoRedirects).open(request).status
    except urllib.error.HTTPError as answer:
        return answer.code


@pytest.mark.django_db(transaction=True)
def test_what_ends_in_one_process_has_ended_in_the_other(learner):
    check_two_processes()


@pytest.mark.skipif(not shutil.which("redis-server"), reason="needs Debian's redis-server")
@pytest.mark.django_db(transaction=True)
def test_with_redis_what_ends_in_one_process_has_ended_in_the_other(learner, tmp_path):
    port = free_port()
    redis = subprocess.Popen(["redis-server", "--port", str(port), "--save", "", "--dir", str(tmp_path)], stdout=-3)
    try:
        check_two_processes(f"redis://127.0.0.1:{port}/0")
    finally:
        redis.kill()
        redis.wait()


def check_two_processes(*cache):
    signed_out, ended, changed, here = browsers = [sign_in() for _ in range(4)]
    row = row_of(ended).pk
    connection.close()
    with web_processes(2, *cache) as (one, two):
        assert [ask(port, browser) for port in (one, two) for browser in browsers] == [200] * 8
        assert ask(one, signed_out, "/en/accounts/logout/", sure="1") == 302
        assert ask(two, signed_out) == 302
        assert ask(one, here, SESSIONS, session=row) == 302
        assert ask(two, ended) == 302
        new = {"oldpassword": PASSPHRASE, "password1": "three green boats at noon"}
        assert ask(one, here, "/en/accounts/password/change/", **new) == 302
        assert ask(two, changed) == 302
