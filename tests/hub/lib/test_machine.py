"""DeepL and LibreTranslate, played by a server on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured

from hub.lib import machine
from hub.settings import page_translator

TEXTS = ["With <b>two</b> words.", "Then rest."]


class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers.get("Authorization"), body))
        status, answer = self.server.says(body)
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass


@pytest.fixture
def server(settings):
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    httpd.asked, httpd.says = [], lambda body: (200, {"translations": [{"text": f"hu {t}"} for t in body["text"]]})
    threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings.PAGE_TRANSLATOR = page_translator(f"deepl://a-key@127.0.0.1:{httpd.server_port}")
    yield httpd
    httpd.shutdown()
    httpd.server_close()


def test_nothing_is_asked_or_shown_while_no_service_is_named():
    assert (machine.service_name(), machine.proposals(TEXTS, "hu")) == ("", {})


def test_deepl_is_asked_for_all_texts_at_once_with_its_key_in_the_head(server):
    found = machine.ask_for(TEXTS, "hu")
    assert found == ({text: f"hu {text}" for text in TEXTS}, None)
    body = {"text": TEXTS, "source_lang": "EN", "target_lang": "HU", "tag_handling": "html"}
    assert server.asked == [("/v2/translate", "DeepL-Auth-Key a-key", body)]


def test_libretranslate_speaks_another_protocol(server, settings):
    settings.PAGE_TRANSLATOR = page_translator(f"libretranslate://a-key@127.0.0.1:{server.server_port}")
    server.says = lambda body: (200, {"translatedText": [f"hu {text}" for text in body["q"]]})
    assert machine.ask_for(TEXTS, "hu")[0] == {text: f"hu {text}" for text in TEXTS}
    body = {"q": TEXTS, "source": "en", "target": "hu", "format": "html", "api_key": "a-key"}
    assert server.asked == [("/translate", None, body)]


def test_what_was_proposed_is_kept_for_that_language(server):
    machine.ask_for(TEXTS[:1], "hu")
    assert machine.proposals(TEXTS, "hu") == {TEXTS[0]: f"hu {TEXTS[0]}"}
    assert machine.proposals(TEXTS, "el") == {}


def test_many_texts_go_in_several_requests_and_what_came_before_a_failure_stays(server):
    texts = [f"Text {n}." for n in range(machine.AT_ONCE + 3)]
    server.says = lambda body: (
        (456, {}) if len(server.asked) > 1 else (200, {"translations": [{"text": t} for t in body["text"]]})
    )
    found, reason = machine.ask_for(texts, "hu")
    assert (len(found), reason) == (machine.AT_ONCE, 456)
    assert len(machine.proposals(texts, "hu")) == machine.AT_ONCE


@pytest.mark.parametrize(
    ("status", "answer", "reason"),
    [
        (403, {}, 403),
        (429, {}, 429),
        (500, {}, 500),
        (200, b"<html>", "not understood"),
        (200, {"translations": [{"text": "one for two"}]}, "not understood"),
        (200, {"translations": [{"text": 1}, {"text": None}]}, "not understood"),
        (200, b'{"translations": "' + b"a" * 300_000, "too long"),
    ],
)
def test_an_answer_that_is_none_is_named(server, status, answer, reason):
    server.says = lambda body: (status, answer)
    assert machine.ask_for(TEXTS, "hu") == ({}, reason)


def test_who_asks_while_another_waits_is_told_so(server):
    with machine.one_at_a_time:
        assert machine.ask_for(TEXTS, "hu") == ({}, "busy")


def test_time_is_up_for_all_requests_together(server, monkeypatch):
    monkeypatch.setattr(machine, "SECONDS", 0)
    assert machine.ask_for(TEXTS, "hu") == ({}, "slow")
    assert server.asked == []


@pytest.mark.parametrize(
    "url", ["https://deepl.com", "deepl://api-free.deepl.com", "deepl://key@host/path", "libretranslate://"]
)
def test_a_bad_address_stops_the_hub_with_an_example(url):
    with pytest.raises(ImproperlyConfigured, match=r"deepl://KEY@api-free\.deepl\.com"):
        page_translator(url)


def test_a_service_elsewhere_is_asked_over_https():
    found = {"kind": "deepl", "address": "https://api-free.deepl.com", "key": "a:fx"}
    assert page_translator("deepl://a%3Afx@api-free.deepl.com") == found
