"""Translation by the operator's own server: off by default, asked over the loopback here, and gone with the words it was made from."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured

from forums import actions
from forums.models import Act, Post, PostTranslation
from forums.moderation import moderate_post
from forums.privacy import erase_person
from forums.translations import keep_translation, with_names, without_names
from hub.lib import translator
from hub.settings import translation_server
from tests.forums.conftest import HOME

ITALIAN = "<p>Buongiorno <em>a tutte</em></p>"


class Server(BaseHTTPRequestHandler):
    """Speaks LibreTranslate's protocol; `server.says` is its next answer: (status, headers, body)."""

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.server.asked.append((self.path, dict(self.headers), json.loads(self.rfile.read(length) or "{}")))
        status, headers, body = self.server.says
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST

    def log_message(self, *args):
        pass


@pytest.fixture
def server(settings):
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    httpd.asked, httpd.says = [], answer(ITALIAN)
    threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings.TRANSLATE_URL = f"http://127.0.0.1:{httpd.server_port}"
    yield httpd
    httpd.shutdown()
    httpd.server_close()


def answer(html, status=200, **headers):
    return status, {"Content-Type": "application/json"} | headers, json.dumps({"translatedText": html}).encode()


@pytest.fixture
def hers(stranger_alias, write):
    return write(stranger_alias, "Good morning *to all*", language="en")


@pytest.fixture
def button(hers):
    """The address of "Translate into Italian"."""
    return f"/it/forums/posts/{hers.pk}/translate/"


def test_without_a_server_there_is_neither_button_nor_page(learner_client, hers, button):
    assert "/translate/" not in learner_client.get(f"/it{hers.thread.get_absolute_url()[3:]}").text
    assert learner_client.post(button).status_code == 404


def test_the_button_stands_on_posts_in_another_language(learner_client, server, hers):
    path = hers.thread.get_absolute_url()
    assert "/translate/" not in learner_client.get(path).text
    assert f'formaction="/it/forums/posts/{hers.pk}/translate/"' in learner_client.get(f"/it{path[3:]}").text


def test_the_form_says_so_only_when_it_is_on(learner_client, alias, hers, settings):
    path = f"{hers.thread.get_absolute_url()}reply/"
    assert "translated by a server" not in learner_client.get(path).text
    settings.TRANSLATE_URL = "http://127.0.0.1:9"
    assert "translated by a server" in learner_client.get(path).text


def test_a_post_is_translated_once_and_marked(learner_client, stranger, stranger_alias, server, hers, button):
    for _ in range(2):
        page = learner_client.post(button)
        assert page.status_code == 200
        assert ITALIAN in page.text
        assert "data-translation" in page.text
        assert "Good morning <em>to all</em>" in page.text
    assert len(server.asked) == 1
    path, headers, asked = server.asked[0]
    assert path == "/translate"
    assert asked == {"q": hers.html, "source": "en", "target": "it", "format": "html"}
    sent = json.dumps([headers, asked])
    assert not [name for name in (stranger.username, stranger_alias.name, "learner", "Cookie") if name in sent]


def test_the_script_gets_the_same(learner_client, server, button):
    answer = learner_client.post(button, headers={"accept": "application/json"})
    assert ITALIAN in answer.json()["html"]


def test_the_key_is_sent_when_there_is_one(learner_client, server, button, settings):
    settings.TRANSLATE_KEY = "a key"
    learner_client.post(button)
    assert server.asked[0][2]["api_key"] == "a key"


def test_names_of_those_who_are_mentioned_stay_here(learner_client, server, hers, button):
    Post.objects.filter(pk=hers.pk).update(html='<p><span class="mention">@Heron 27</span> good morning</p>')
    server.says = answer('<p>Buongiorno <span class="mention">@0</span></p>')
    page = learner_client.post(button)
    assert "Heron" not in json.dumps(server.asked)
    assert '<p>Buongiorno <span class="mention">@Heron 27</span></p>' in page.text


@pytest.mark.parametrize("number", ["@1", "@x", "@", "@99999999999", "@²"])
def test_a_number_that_was_not_given_stays_as_it_is(number):
    _html, names = without_names('<span class="mention">@Heron</span>')
    assert with_names(f'<span class="mention">{number}</span>', names) == number


def test_what_the_server_says_is_cleaned(learner_client, server, button):
    server.says = answer(
        '<p onclick="x()">Ciao</p><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:x()">a</a>'
    )
    page = learner_client.post(button).text
    assert "<p>Ciao</p>" in page
    assert not [bad for bad in ("<script>alert", "onclick", "<img src=x", "javascript:x") if bad in page]


FAILURES = {
    "refused": (403, {}, b'{"error": "Invalid API key"}'),
    "broken": (500, {}, b"oops"),
    "no JSON": (200, {}, b"<html>"),
    "no text": (200, {}, b"{}"),
    "a list": (200, {}, b"[]"),
    "a number": (200, {}, b'{"translatedText": 7}'),
    "nothing": (200, {}, b'{"translatedText": " "}'),
    "endless": (200, {}, b'{"translatedText": "' + b"x" * 300_000 + b'"}'),
    "leads elsewhere": (302, {"Location": "/elsewhere"}, b""),
    "leads elsewhere, again": (307, {"Location": "/elsewhere"}, b""),
}


@pytest.mark.parametrize("says", FAILURES.values(), ids=FAILURES)
def test_whatever_the_server_does_she_reads_the_original(learner_client, server, button, says):
    server.says = says
    page = learner_client.post(button)
    assert page.status_code == 503
    assert "Good morning <em>to all</em>" in page.text
    assert len(server.asked) == 1
    assert not PostTranslation.objects.exists()


def test_a_server_that_is_gone_or_slow_is_not_waited_for(learner_client, server, button, settings, monkeypatch):
    monkeypatch.setattr(translator, "SECONDS", 0.2)
    server.shutdown()  # it takes the line and never answers
    assert learner_client.post(button).status_code == 503
    settings.TRANSLATE_URL = "http://127.0.0.1:9"
    assert learner_client.post(button).status_code == 503


def test_one_question_at_a_time_in_each_process(learner_client, server, button):
    with translator.one_at_a_time:
        assert learner_client.post(button).status_code == 503
    assert server.asked == []
    assert learner_client.post(button).status_code == 200


def test_a_very_long_post_is_not_sent(learner_client, server, hers, button):
    Post.objects.filter(pk=hers.pk).update(html=f"<p>{'word ' * 4_000}</p>")
    assert learner_client.post(button).status_code == 503
    assert server.asked == []


def test_too_many_in_a_short_time_are_refused_and_kept_ones_are_not(learner_client, server, hers, button, monkeypatch):
    learner_client.post(button)
    monkeypatch.setattr("forums.translation_views.allow", lambda *args, **limit: False)
    assert learner_client.post(button).status_code == 200
    assert learner_client.post(button.replace("/it/", "/hu/")).status_code == 429


@pytest.mark.parametrize(
    "change", [{"hidden": True}, {"held": "first"}, {"source": "", "html": ""}], ids=["hidden", "held", "withdrawn"]
)
def test_what_she_may_not_read_is_not_translated(learner_client, moderator_client, server, hers, button, change):
    learner_client.post(button)
    Post.objects.filter(pk=hers.pk).update(**change)
    for client in (learner_client, moderator_client):
        assert client.post(button).status_code == 404
    assert len(server.asked) == 1


def test_its_own_language_is_not_asked_for(learner_client, server, hers):
    answer = learner_client.post(f"{HOME}posts/{hers.pk}/translate/")
    assert answer["Location"] == hers.get_absolute_url()
    assert server.asked == []


# Gone with the words ---------------------------------------------------------------------------


def change(post, **_):
    actions.edit_post(post=post, source="Other", html="<p>Other</p>", language="en")


def withdraw(post, **_):
    actions.withdraw_post(post=post)


def hide(post, moderator):
    moderate_post(post=post, moderator=moderator, alias=None, act=Act.HIDE)


def erase(post, **_):
    erase_person(post.author)


@pytest.mark.parametrize("act", [change, withdraw, hide, erase], ids=lambda act: act.__name__)
def test_a_translation_goes_with_its_words(hers, moderator, act):
    keep_translation(post=hers, language="it", html=ITALIAN)
    act(hers, moderator=moderator)
    assert not PostTranslation.objects.exists()


def test_reports_that_hide_a_post_take_it_too(hers, make_user, settings):
    settings.FORUM_REPORTS, settings.FORUM_REPORTER_DAYS = 1, -1
    keep_translation(post=hers, language="it", html=ITALIAN)
    actions.report_post(post=hers, reporter=make_user("reporter"), reason="spam", note="")
    assert not PostTranslation.objects.exists()


def test_a_quote_that_goes_takes_the_translation_of_the_post_around_it(alias, write, hers):
    from forums.quotes import quote_of

    around = write(alias, f"{quote_of(hers)}\n\nYes", thread=hers.thread)
    keep_translation(post=around, language="it", html=ITALIAN)
    actions.withdraw_post(post=hers)
    assert not PostTranslation.objects.exists()


def test_words_that_changed_while_the_server_was_asked_are_not_kept(hers):
    before = Post.objects.get(pk=hers.pk)
    change(hers)
    keep_translation(post=before, language="it", html=ITALIAN)
    assert not PostTranslation.objects.exists()


# Settings --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://translate.example.org",
        "http://localhost:5000",
        "http://libretranslate:5000",
        "http://192.168.1.9:5000/x",
    ],
)
def test_servers_over_https_or_near_by_are_taken(url):
    assert translation_server(url) == url


@pytest.mark.parametrize(
    "url",
    ["http://translate.example.org", "translate.example.org", "ftp://localhost", "file:///etc/passwd", "https://"],
)
def test_posts_never_travel_in_the_open(url):
    with pytest.raises(ImproperlyConfigured):
        translation_server(url)
